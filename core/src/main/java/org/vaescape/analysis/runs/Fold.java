package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// One of several ways to part repeats: some choose a setting, the others judge it.
///
/// Unlike one [Parting], all folds together use every repeat to judge. Choices of different folds
/// share repeats, so what is averaged over folds has no exact interval.
///
/// @param choosing places of repeats, from 0, at least one
/// @param judging places of all others; with a single repeat the one that chose
public record Fold(int[] choosing, int[] judging) {
  private static final int HALVED_FROM = 4;

  /// More than this give too many halves: 8 give 70.
  private static final int HALVED_TO = 8;

  /// Each repeat judges once, and all others choose.
  public static List<Fold> leaveOneOut(int repeats) {
    List<Fold> folds = new ArrayList<>();
    for (int r = 0; r < repeats; r++) {
      int judging = r;
      folds.add(
          repeats == 1
              ? new Fold(new int[] {0}, new int[] {0})
              : choosing(repeats, place -> place != judging));
    }
    return folds;
  }

  /// Every half chooses, of an odd number the smaller one; with 2, 3 or more than 8 repeats all but
  /// one.
  public static List<Fold> halves(int repeats) {
    if (repeats < HALVED_FROM || repeats > HALVED_TO) {
      return leaveOneOut(repeats);
    }
    List<Fold> folds = new ArrayList<>();
    for (int bits = 0; bits < 1 << repeats; bits++) {
      int half = bits;
      if (Integer.bitCount(half) == repeats / 2) {
        folds.add(choosing(repeats, place -> (half >> place & 1) == 1));
      }
    }
    return folds;
  }

  /// [#halves], and each the other way round where those that choose are not as many as those that
  /// judge: of two sides that are alike none is the better known one.
  public static List<Fold> bothWays(int repeats) {
    List<Fold> folds = new ArrayList<>();
    for (Fold fold : halves(repeats)) {
      folds.add(fold);
      if (fold.choosing.length != fold.judging.length) {
        folds.add(fold.swapped());
      }
    }
    return folds;
  }

  private Fold swapped() {
    return new Fold(judging, choosing);
  }

  private static Fold choosing(int repeats, IntPredicate chooses) {
    return new Fold(
        IntStream.range(0, repeats).filter(chooses).toArray(),
        IntStream.range(0, repeats).filter(chooses.negate()).toArray());
  }

  /// `all but one repeat chose and the one left judged, each in turn`.
  public static String words(List<Fold> folds) {
    Fold first = folds.getFirst();
    return first.judging().length == 1
        ? "all but one repeat chose and the one left judged, each in turn"
        : "%s of %s repeats chose and the others judged, in all %s ways"
            .formatted(
                first.choosing().length,
                first.choosing().length + first.judging().length,
                folds.size());
  }
}
