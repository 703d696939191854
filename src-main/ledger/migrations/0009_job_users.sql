-- Who asked for a job: limits hold for each user. null for scripts of this machine without a token.
ALTER TABLE jobs ADD COLUMN user_id INTEGER REFERENCES users (id);
