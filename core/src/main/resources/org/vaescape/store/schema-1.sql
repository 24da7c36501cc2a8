-- Values of epoch_term and metric have no declared type: a finite number is a REAL, any other is
-- text that holds its bits (SQLite would store NaN as NULL and lose the sign of -0.0).
-- "place" keeps the order in which entries were given.

CREATE TABLE trial (
  id            TEXT PRIMARY KEY,
  repeat        INTEGER NOT NULL,
  status        TEXT NOT NULL,
  verdict       TEXT NOT NULL,
  epochs        INTEGER NOT NULL,
  seconds       NOT NULL,
  epoch_seconds NOT NULL,
  path          TEXT NOT NULL,
  precision     TEXT NOT NULL,
  data_hash     TEXT NOT NULL,
  message       TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE setting (
  trial TEXT NOT NULL REFERENCES trial ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (trial, place)
) WITHOUT ROWID;

CREATE TABLE provenance (
  trial TEXT NOT NULL REFERENCES trial ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (trial, place)
) WITHOUT ROWID;

CREATE TABLE metric (
  trial TEXT NOT NULL REFERENCES trial ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value NOT NULL,
  PRIMARY KEY (trial, place)
) WITHOUT ROWID;

CREATE TABLE epoch_term (
  trial TEXT NOT NULL REFERENCES trial ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value NOT NULL,
  PRIMARY KEY (trial, epoch, place)
) WITHOUT ROWID;

CREATE TABLE note (
  name TEXT PRIMARY KEY,
  text TEXT NOT NULL
) WITHOUT ROWID;
