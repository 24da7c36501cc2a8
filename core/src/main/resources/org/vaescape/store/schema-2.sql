-- Outcomes at other epochs than the recorded ones, of trials that were trained to a horizon.

CREATE TABLE checkpoint (
  trial   TEXT NOT NULL REFERENCES trial ON DELETE CASCADE,
  place   INTEGER NOT NULL,
  name    TEXT NOT NULL,
  epoch   INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  PRIMARY KEY (trial, place)
) WITHOUT ROWID;

CREATE TABLE checkpoint_metric (
  trial      TEXT NOT NULL,
  checkpoint INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  name       TEXT NOT NULL,
  value      NOT NULL,
  PRIMARY KEY (trial, checkpoint, place),
  FOREIGN KEY (trial, checkpoint) REFERENCES checkpoint (trial, place) ON DELETE CASCADE
) WITHOUT ROWID;
