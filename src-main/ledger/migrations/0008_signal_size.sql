-- Share of a full position, where trades are sized by confidence.
ALTER TABLE signals ADD COLUMN size REAL NOT NULL DEFAULT 1;
