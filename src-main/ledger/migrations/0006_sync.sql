-- What was fetched from the market data vendor, so that nothing is fetched twice.

-- One row for each session of a series that is in the lake.
CREATE TABLE sync_sessions (
  ticker TEXT NOT NULL,
  -- bars:5m, bars:daily, index, options:7 (the distance from the previous close).
  series TEXT NOT NULL,
  -- New York date.
  date TEXT NOT NULL,
  rows INTEGER NOT NULL,
  -- Bars outside regular hours, which are left out.
  outside_hours INTEGER NOT NULL,
  fetched_at TEXT NOT NULL,
  PRIMARY KEY (ticker, series, date)
) STRICT;

-- Replies on their way to the lake: a sync that was cut short goes on from them.
CREATE TABLE sync_replies (
  ticker TEXT NOT NULL,
  series TEXT NOT NULL,
  request TEXT NOT NULL,
  body TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  PRIMARY KEY (ticker, series, request)
) STRICT;

CREATE TABLE corporate_actions (
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('split', 'dividend')),
  ticker TEXT NOT NULL,
  -- Execution date of a split, ex-dividend date of a dividend.
  date TEXT NOT NULL,
  split_from REAL,
  split_to REAL,
  cash_amount REAL,
  currency TEXT,
  source TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX corporate_actions_by_ticker ON corporate_actions (ticker, kind, date);
