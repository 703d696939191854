-- Files taken into the lake. What each changed, bar by bar, lies in lake/imports/<id>.parquet, so that it can be undone.

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  sha TEXT NOT NULL,
  kind TEXT NOT NULL,
  ticker TEXT NOT NULL,
  cadence TEXT NOT NULL,
  source TEXT NOT NULL,
  -- Source of the series before, null where there was none.
  source_before TEXT,
  status TEXT NOT NULL CHECK (status IN ('writing', 'committed', 'failed', 'undone')),
  -- The ImportReport as JSON.
  report TEXT NOT NULL,
  created_at TEXT NOT NULL,
  undone_at TEXT
) STRICT;

CREATE INDEX imports_job ON imports (job_id);
