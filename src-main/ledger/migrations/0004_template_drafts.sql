-- Model templates that are not published yet; published ones are files of their pack.

CREATE TABLE template_drafts (
  template_id TEXT PRIMARY KEY,
  pack_id TEXT NOT NULL,
  -- The file as it will be written.
  text TEXT NOT NULL,
  -- The published file that the draft was made from, null for a new template: an edit by hand since then must not be lost.
  base TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
