-- Matrices, backtests, sweeps, and the trials that the deflated Sharpe ratio counts.

CREATE TABLE matrices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  matrix_sha TEXT NOT NULL UNIQUE,
  model_id TEXT,
  pack_id TEXT,
  ticker TEXT NOT NULL,
  meta TEXT NOT NULL,
  profile TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX matrices_by_model ON matrices (model_id, id);

CREATE TABLE build_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pack_id TEXT NOT NULL,
  model_id TEXT,
  tag TEXT,
  matrix_sha TEXT NOT NULL REFERENCES matrices (matrix_sha),
  out_csv_uri TEXT NOT NULL,
  params TEXT NOT NULL,
  metrics TEXT NOT NULL,
  lineage TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX build_runs_by_model ON build_runs (model_id, id);

CREATE TABLE sweeps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Status, times and error of a sweep are those of its job: one truth.
  job_id INTEGER REFERENCES jobs (id),
  identity_sha TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  tag TEXT,
  risk_profile TEXT NOT NULL,
  matrix_sha TEXT,
  total INTEGER NOT NULL,
  spec TEXT NOT NULL,
  pbo REAL,
  analysis TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX sweeps_by_identity ON sweeps (identity_sha, id);
CREATE INDEX sweeps_by_job ON sweeps (job_id);
CREATE INDEX sweeps_by_model ON sweeps (model_id, id);

CREATE TABLE backtest_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  ticker TEXT,
  sweep_id INTEGER REFERENCES sweeps (id),
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  tag TEXT,
  simulated INTEGER NOT NULL,
  -- Identity of the evaluated configuration on its matrix, finer than the model config's `config_sha`.
  config_key TEXT NOT NULL,
  config TEXT NOT NULL,
  params TEXT NOT NULL,
  metrics TEXT NOT NULL,
  gate_pass INTEGER NOT NULL,
  gate_reasons TEXT NOT NULL,
  checks TEXT NOT NULL,
  lineage TEXT NOT NULL,
  matrix_sha TEXT NOT NULL,
  config_sha TEXT,
  policy_sha TEXT,
  risk_profile TEXT NOT NULL,
  risk_sha TEXT NOT NULL,
  best_sharpe_hourly REAL,
  best_cum_ret REAL,
  -- The negated figure, +infinity where it is missing: ascending (order, id) is the ranking with missing figures last, a total
  -- order in which a page can be sought by key. Plain columns, because an index on generated ones does not cover a query.
  sharpe_order REAL NOT NULL,
  sharpe_hourly_order REAL NOT NULL,
  cum_ret_order REAL NOT NULL,
  score_order REAL NOT NULL,
  dsr_order REAL NOT NULL,
  spark TEXT NOT NULL,
  detail_uri TEXT,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
-- A unit that is repeated after a crash cannot make a second row (sweep_id null: single backtests may repeat).
CREATE UNIQUE INDEX backtest_runs_once_per_sweep ON backtest_runs (sweep_id, config_key);
-- Answers a model's leaderboard in any order: a model has few runs, so they are sorted on the way.
CREATE INDEX backtest_runs_by_model ON backtest_runs
  (model_id, id, sharpe_order, sharpe_hourly_order, cum_ret_order, score_order, dsr_order, created_at,
   pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);
CREATE INDEX backtest_runs_by_lineage ON backtest_runs (model_id, matrix_sha, risk_sha, risk_profile);
-- One covering index per order: filters are answered from it, and only the rows of the page are read.
CREATE INDEX leaderboard_by_sharpe ON backtest_runs
  (sharpe_order, id, model_id, pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);
CREATE INDEX leaderboard_by_sharpe_hourly ON backtest_runs
  (sharpe_hourly_order, id, model_id, pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);
CREATE INDEX leaderboard_by_cum_ret ON backtest_runs
  (cum_ret_order, id, model_id, pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);
CREATE INDEX leaderboard_by_score ON backtest_runs
  (score_order, id, model_id, pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);
CREATE INDEX leaderboard_by_dsr ON backtest_runs
  (dsr_order, id, model_id, pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);
CREATE INDEX leaderboard_by_created_at ON backtest_runs
  (created_at, id, model_id, pack_id, risk_profile, gate_pass, tag, sweep_id, started_at, status);

CREATE TABLE backtest_folds (
  run_id INTEGER NOT NULL REFERENCES backtest_runs (id) ON DELETE CASCADE,
  fold INTEGER NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (run_id, fold)
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep_results (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sweep_id INTEGER NOT NULL REFERENCES sweeps (id),
  -- Place of the configuration in the sweep, from 0.
  position INTEGER NOT NULL,
  config_key TEXT NOT NULL,
  backtest_run_id INTEGER REFERENCES backtest_runs (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  UNIQUE (sweep_id, config_key)
) STRICT;
CREATE INDEX sweep_results_in_order ON sweep_results (sweep_id, position, backtest_run_id);

-- Never deleted from: the count must hold every configuration ever tried.
CREATE TABLE trials (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id TEXT NOT NULL,
  matrix_sha TEXT NOT NULL,
  config_key TEXT NOT NULL,
  sharpe_daily REAL,
  daily_returns BLOB NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (model_id, matrix_sha, config_key)
) STRICT;
CREATE TRIGGER trials_are_never_deleted BEFORE DELETE ON trials
BEGIN
  SELECT RAISE(ABORT, 'trials are never deleted');
END;
