package org.vaescape.model;

/// What stands between the linear part of a hidden layer and its activation. Members are in
/// [Normalizations].
public enum Normalization {
  /// Over the rows of a batch in training, with running statistics else.
  BATCH,
  /// Over the units of a row.
  LAYER,
  NONE
}
