-- Everything that runs, and who asked for it. Timestamps are ISO 8601 UTC text, JSON is TEXT, booleans are 0 or 1.

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'canceled')),
  -- A person waiting is 1, batch work is 0: higher first, then oldest first.
  priority INTEGER NOT NULL,
  input TEXT NOT NULL,
  subject TEXT NOT NULL,
  result TEXT,
  error TEXT,
  progress TEXT,
  recovered INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT
) STRICT;
CREATE INDEX jobs_by_status ON jobs (status, priority DESC, id);

-- Events that a client may ask for again; progress lives in memory only, and takes its ids from the same sequence.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  at TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE TABLE event_sequence (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  reserved_to INTEGER NOT NULL
) STRICT;
INSERT INTO event_sequence (one, reserved_to) VALUES (1, 0);

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'trader', 'admin')),
  token_sha TEXT UNIQUE,
  created_at TEXT NOT NULL,
  last_active TEXT
) STRICT;

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at TEXT NOT NULL,
  user_id INTEGER REFERENCES users (id),
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER NOT NULL,
  pack_id TEXT,
  model_id TEXT,
  details TEXT
) STRICT;
CREATE INDEX audit_log_by_time ON audit_log (created_at);

CREATE TABLE idempotency_keys (
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  request_sha TEXT NOT NULL,
  -- Null while the first request with the key is still being answered.
  status INTEGER,
  reply TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (operation, key)
) STRICT;

CREATE TABLE quotas (
  key TEXT PRIMARY KEY,
  value INTEGER NOT NULL CHECK (value >= 0),
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE flags (
  key TEXT PRIMARY KEY,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  updated_at TEXT NOT NULL
) STRICT;

-- Every version of every budget: `risk_sha` in old lineages must stay explainable.
CREATE TABLE risk_profiles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pack_id TEXT NOT NULL,
  profile TEXT NOT NULL CHECK (profile IN ('conservative', 'balanced', 'aggressive')),
  version INTEGER NOT NULL,
  risk_budget TEXT NOT NULL,
  risk_sha TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (pack_id, profile, version)
) STRICT;
