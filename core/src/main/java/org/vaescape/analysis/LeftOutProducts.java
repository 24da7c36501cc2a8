package org.vaescape.analysis;

/// What a rank correlation of pairs is made of, and that of the same pairs without any one of them.
interface LeftOutProducts {
  /// How many pairs.
  int count();

  RankProducts all();

  RankProducts without(int left);

  /// What to divide products of this many pairs by, so that several series count by about their
  /// lengths.
  double unit(int count);
}
