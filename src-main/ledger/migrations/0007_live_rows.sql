-- Every row that a trained model decided on, whether or not a signal came of it: what drift is measured on.
CREATE TABLE live_rows (
  model_id TEXT NOT NULL,
  risk_profile TEXT NOT NULL,
  ticker TEXT NOT NULL,
  ts TEXT NOT NULL,
  -- New York date.
  date TEXT NOT NULL,
  -- Names the features, in their order.
  artifact_id INTEGER NOT NULL REFERENCES artifacts (id),
  -- Directional probability; null where the row has none.
  score REAL,
  -- Doubles, NaN for a missing value.
  features BLOB NOT NULL,
  PRIMARY KEY (model_id, risk_profile, ticker, ts)
) STRICT, WITHOUT ROWID;
