package org.vaescape.analysis;

import java.util.Arrays;

/// What the best cell is worth when the repeats that chose it do not judge it.
///
/// The lowest of many noisy means is low also by luck (the winner's curse). In every way to part
/// the repeats, the cell of the lowest mean on one part is judged by its mean on the other, as in
/// cross-fitting (Chernozhukov and others 2018, The Econometrics Journal 21:C1). The judgement is
/// unbiased for the true mean of a cell chosen by so many repeats, whatever the noise, as long as
/// repeats are independent of each other; within a repeat cells may share anything. There is no
/// interval: parts overlap, so that their spread is not that of independent judgements.
///
/// @param selecting repeats that choose, of each parting
/// @param partings how many ways there are
/// @param selected mean of the chosen cell on the repeats that chose it, averaged over partings
/// @param judged its mean on the other repeats, averaged over partings
/// @param chosen share of partings that choose each cell; cells that tie share theirs
public record BestOfRepeats(
    int selecting, int partings, double selected, double judged, double[] chosen) {
  /// More ways than this are refused: leave-one-out has as many as there are repeats.
  public static final int MOST_PARTINGS = 100_000;

  public BestOfRepeats {
    chosen = chosen.clone();
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] chosen() {
    return chosen.clone();
  }

  /// All repeats but one choose: as the whole study chooses, or nearly so.
  ///
  /// @param outcomes cells x repeats, lower is better; all finite, at least 2 repeats
  public static BestOfRepeats leaveOneOut(double[][] outcomes) {
    return of(outcomes, repeats(outcomes) - 1);
  }

  /// Every choice of so many repeats.
  ///
  /// @param outcomes cells x repeats, lower is better; all finite, at least 2 repeats
  /// @param selecting from 1 to one fewer than there are repeats
  static BestOfRepeats of(double[][] outcomes, int selecting) {
    int repeats = repeats(outcomes);
    Demand.that(
        selecting >= 1 && selecting < repeats,
        "of " + repeats + " repeats 1 to " + (repeats - 1) + " can choose but not " + selecting);
    double ways = 1;
    for (int i = 1; i <= selecting; i++) {
      ways = ways * (repeats - selecting + i) / i;
    }
    Demand.that(
        ways <= MOST_PARTINGS,
        "partings must be at most " + MOST_PARTINGS + " but are " + ways + ": leave one out");
    Sums sums = new Sums(outcomes);
    boolean[] chooses = new boolean[repeats];
    Arrays.fill(chooses, 0, selecting, true);
    do {
      sums.add(chooses);
    } while (next(chooses));
    return sums.over(selecting);
  }

  /// Turns a choice into the next one of as many, in lexicographic order.
  private static boolean next(boolean[] chooses) {
    int place = chooses.length - 1;
    int ones = 0; // at the very end, which move next to the one that is moved
    while (place >= 0 && chooses[place]) {
      chooses[place--] = false;
      ones++;
    }
    while (place >= 0 && !chooses[place]) {
      place--;
    }
    if (place < 0) {
      return false;
    }
    chooses[place] = false;
    Arrays.fill(chooses, place + 1, place + 2 + ones, true);
    return true;
  }

  private static int repeats(double[][] outcomes) {
    Demand.that(outcomes.length >= 1, "there must be at least one cell to choose from");
    int repeats = outcomes[0].length;
    Demand.that(repeats >= 2, "choosing and judging takes at least 2 repeats but got " + repeats);
    for (double[] cell : outcomes) {
      Demand.that(
          cell.length == repeats,
          "every cell must have " + repeats + " repeats but one has " + cell.length);
      Demand.finite(cell, "outcomes of a cell");
    }
    return repeats;
  }

  /// What has been added up over partings.
  private static final class Sums {
    private final double[][] outcomes;
    private final double[] chosen;
    private double selected;
    private double judged;
    private int partings;

    Sums(double[][] outcomes) {
      this.outcomes = outcomes;
      this.chosen = new double[outcomes.length];
    }

    void add(boolean[] chooses) {
      double[] means = new double[outcomes.length];
      double lowest = Double.POSITIVE_INFINITY;
      for (int cell = 0; cell < means.length; cell++) {
        means[cell] = mean(outcomes[cell], chooses, true);
        lowest = Math.min(lowest, means[cell]);
      }
      int ties = 0;
      double others = 0;
      for (int cell = 0; cell < means.length; cell++) {
        if (means[cell] == lowest) {
          ties++;
          others += mean(outcomes[cell], chooses, false);
        }
      }
      for (int cell = 0; cell < means.length; cell++) {
        chosen[cell] += means[cell] == lowest ? 1.0 / ties : 0;
      }
      selected += lowest;
      judged += others / ties;
      partings++;
    }

    private static double mean(double[] values, boolean[] chooses, boolean chosen) {
      double sum = 0;
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        if (chooses[i] == chosen) {
          sum += values[i];
          count++;
        }
      }
      return sum / count;
    }

    BestOfRepeats over(int selecting) {
      for (int cell = 0; cell < chosen.length; cell++) {
        chosen[cell] /= partings;
      }
      return new BestOfRepeats(selecting, partings, selected / partings, judged / partings, chosen);
    }
  }
}
