package org.vaescape.analysis.runs;

import java.util.stream.IntStream;

/// Which repeats choose a best setting, and which judge it.
///
/// What is compared by a test must be judged by repeats that no choice has seen; so there is one
/// parting, not an average over many, whose judgements overlap.
///
/// @param choosing places of repeats, from 0
/// @param judging places of all others; none with a single repeat
public record Parting(int[] choosing, int[] judging) {
  /// The smaller half chooses.
  public static Parting of(int repeats) {
    int first = Math.max(1, repeats / 2);
    return new Parting(
        IntStream.range(0, first).toArray(), IntStream.range(first, repeats).toArray());
  }

  /// Fewest repeats of which this many judge.
  public static int repeatsFor(int judging) {
    return Math.max(judging + 1, 2 * judging - 1);
  }
}
