-- Trained models, what was chosen to train, and the signals that come of it.

CREATE TABLE selections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  items TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE train_jobs (
  -- Status, times and error are those of the job: one truth.
  job_id INTEGER PRIMARY KEY REFERENCES jobs (id),
  key_sha TEXT NOT NULL,
  model_id TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  config TEXT NOT NULL,
  lineage TEXT NOT NULL,
  risk_profile TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  seed INTEGER NOT NULL,
  tag TEXT,
  override INTEGER NOT NULL,
  artifact TEXT,
  metrics TEXT NOT NULL
) STRICT;
CREATE INDEX train_jobs_by_key ON train_jobs (key_sha, job_id);
CREATE INDEX train_jobs_by_model ON train_jobs (model_id, job_id);

CREATE TABLE training_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pack_id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  risk_profile TEXT NOT NULL,
  tag TEXT,
  model_out_uri TEXT NOT NULL,
  features TEXT NOT NULL,
  params TEXT NOT NULL,
  metrics TEXT NOT NULL,
  lineage TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX training_runs_by_model ON training_runs (model_id, risk_profile, id);

CREATE TABLE artifacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  training_run_id INTEGER REFERENCES training_runs (id),
  model_id TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  risk_profile TEXT NOT NULL,
  uri TEXT NOT NULL,
  content_sha TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  meta TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX artifacts_by_model ON artifacts (model_id, risk_profile, id);

CREATE TABLE signals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ts TEXT NOT NULL,
  date TEXT NOT NULL,
  hour_et INTEGER,
  model_id TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  risk_profile TEXT NOT NULL,
  ticker TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
  score_total REAL NOT NULL,
  threshold REAL NOT NULL,
  size_r REAL NOT NULL,
  entry_ref_px REAL NOT NULL,
  close REAL NOT NULL,
  stop_px REAL NOT NULL,
  target_px REAL NOT NULL,
  time_stop_minutes INTEGER NOT NULL,
  status TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  artifact TEXT NOT NULL,
  tag TEXT,
  rr REAL,
  fill_px REAL,
  slippage REAL,
  pnl REAL,
  created_at TEXT NOT NULL,
  UNIQUE (model_id, risk_profile, ticker, ts)
) STRICT;
CREATE INDEX signals_by_time ON signals (ts, id);

CREATE TABLE option_signals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  signal_id INTEGER NOT NULL UNIQUE REFERENCES signals (id) ON DELETE CASCADE,
  occ_symbol TEXT NOT NULL,
  expiry TEXT NOT NULL,
  strike REAL NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('call', 'put')),
  delta REAL,
  iv REAL,
  spread_pct REAL,
  oi INTEGER,
  volume INTEGER,
  entry_px REAL,
  stop_px REAL,
  target_px REAL,
  detail TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
