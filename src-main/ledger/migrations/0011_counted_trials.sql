-- Runs that were judged among fewer trials than there are by now, and the trials that came since: found without looking at the rest.
CREATE INDEX backtest_runs_by_trials ON backtest_runs (model_id, coalesce(json_extract(metrics, '$.trials'), 0));
CREATE INDEX trials_by_model ON trials (model_id, id);
