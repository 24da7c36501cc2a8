-- The first version that a PostgreSQL server keeps: what schema-1.sql to schema-3.sql make of a
-- file. Every study has a schema of its own.

CREATE TABLE version (number INTEGER NOT NULL);

CREATE TABLE trial (
  id            TEXT COLLATE "C" PRIMARY KEY,
  repeat        INTEGER NOT NULL,
  status        TEXT NOT NULL,
  verdict       TEXT NOT NULL,
  epochs        INTEGER NOT NULL,
  seconds       DOUBLE PRECISION NOT NULL,
  epoch_seconds DOUBLE PRECISION NOT NULL,
  path          TEXT NOT NULL,
  precision     TEXT NOT NULL,
  data_hash     TEXT NOT NULL,
  message       TEXT NOT NULL,
  digest        TEXT NOT NULL
);

CREATE TABLE setting (
  trial TEXT COLLATE "C" NOT NULL REFERENCES trial ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (trial, place)
);

CREATE TABLE provenance (
  trial TEXT COLLATE "C" NOT NULL REFERENCES trial ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (trial, place)
);

CREATE TABLE metric (
  trial TEXT COLLATE "C" NOT NULL REFERENCES trial ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (trial, place)
);

CREATE TABLE epoch_term (
  trial TEXT COLLATE "C" NOT NULL REFERENCES trial ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name  TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (trial, epoch, place)
);

CREATE TABLE checkpoint (
  trial   TEXT COLLATE "C" NOT NULL REFERENCES trial ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  name    TEXT NOT NULL,
  epoch   INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  PRIMARY KEY (trial, place)
);

CREATE TABLE checkpoint_metric (
  trial      TEXT COLLATE "C" NOT NULL,
  checkpoint INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  name       TEXT NOT NULL,
  value      DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (trial, checkpoint, place),
  FOREIGN KEY (trial, checkpoint) REFERENCES checkpoint (trial, place) ON DELETE CASCADE
);

CREATE TABLE note (
  name TEXT COLLATE "C" PRIMARY KEY,
  text TEXT NOT NULL
);
