-- SHA-256 of everything that a trial says, by which rows that were changed are found; empty for
-- trials that an earlier version saved.

ALTER TABLE trial ADD COLUMN digest TEXT NOT NULL DEFAULT '';
