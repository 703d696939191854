-- Verdicts of one configuration under several profiles, answered from the index alone.
CREATE INDEX backtest_runs_by_configuration ON backtest_runs
  (model_id, matrix_sha, config_key, risk_profile, id, gate_pass);

-- Views of a screen that a person has named; the parameters are those of its link.
CREATE TABLE views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  screen TEXT NOT NULL,
  name TEXT NOT NULL,
  params TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (screen, name)
) STRICT;
