package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// How often intervals of shares contain the true share, in simulated studies of known components.
///
/// The grid is that of the study, 5 learning rates x 6 latent sizes x 3 optimizers. `main` prints
/// the table of docs/method.md: see there.
final class ShareCoverage {
  static final double CONFIDENCE = 0.95;

  private static final List<Factor> FACTORS =
      List.of(new Factor("learning-rate", 5), new Factor("latent", 6), new Factor("optimizer", 3));

  /// True variances; every other effect is 0. They and [#NOISE] sum to 1.
  private static final Map<String, Double> EFFECTS =
      Map.of(
          "learning-rate", 0.3, "latent", 0.003, "optimizer", 0.5, "learning-rate:optimizer", 0.1);

  private static final double NOISE = 0.097;

  /// Variance of the shift that a split gives to all runs on it.
  private static final double BLOCK = 0.05;

  private ShareCoverage() {}

  /// @param repeats in each cell; of one, interactions of all three factors stand for noise
  /// @param noisy deviation of a run within each optimizer, relative to each other
  /// @param crossed whether a repeat is a split of its own
  record Case(int repeats, double[] noisy, boolean crossed) {
    String words() {
      return "%s, %s noise, %s"
          .formatted(
              repeats == 1 ? "1 run" : repeats + " repeats",
              Arrays.stream(noisy).distinct().count() == 1 ? "equal" : "unequal",
              crossed ? "crossed splits" : "one split");
    }
  }

  /// Share of studies whose interval contains the true share, by component.
  static SequencedMap<String, Double> of(Case that, int studies, int simulations, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SequencedMap<String, Double> covered = new LinkedHashMap<>();
    for (int study = 0; study < studies; study++) {
      RepeatedGrid grid = simulated(that, random.split());
      ShareIntervals intervals =
          that.repeats == 1
              ? ShareIntervals.ofOneRun(grid.grid(), simulations, random.nextLong()).orElseThrow()
              : ShareIntervals.of(grid, simulations, random.nextLong());
      double total = 1 + (that.crossed ? BLOCK : 0);
      List<VarianceComponents.Component> effects =
          (that.repeats == 1
                  ? VarianceComponents.ofOneRun(grid.grid()).orElseThrow()
                  : VarianceComponents.of(grid))
              .effects();
      for (int effect = 0; effect < effects.size(); effect++) {
        String name = String.join(":", effects.get(effect).factors());
        double truth = EFFECTS.getOrDefault(name, 0.0) / total;
        count(covered, name, intervals.effect(effect, CONFIDENCE), truth, studies);
      }
      intervals
          .block(CONFIDENCE)
          .ifPresent(block -> count(covered, "block", block, BLOCK / total, studies));
      count(covered, "noise", intervals.noise(CONFIDENCE), NOISE / total, studies);
    }
    return covered;
  }

  private static void count(
      Map<String, Double> covered, String name, Interval interval, double truth, int studies) {
    covered.merge(name, interval.contains(truth) ? 1.0 / studies : 0.0, Double::sum);
  }

  /// A study with contrasts of random directions and exactly the true variances.
  static RepeatedGrid simulated(Case that, SplittableRandom random) {
    int cells = FACTORS.stream().mapToInt(Factor::levels).reduce(1, (a, b) -> a * b);
    double[] means = new double[cells];
    EFFECTS.forEach((name, variance) -> add(means, name, variance, random));
    double squares = Arrays.stream(that.noisy).map(s -> s * s).average().orElseThrow();
    double[] shifts = random.doubles(that.repeats).map(_ -> 0).toArray();
    for (int r = 0; r < that.repeats && that.crossed; r++) {
      shifts[r] = Math.sqrt(BLOCK) * random.nextGaussian();
    }
    double[] values = new double[cells * that.repeats];
    for (int i = 0; i < values.length; i++) {
      int cell = i / that.repeats;
      double deviation = that.noisy[cell % that.noisy.length] * Math.sqrt(NOISE / squares);
      values[i] = means[cell] + shifts[i % that.repeats] + deviation * random.nextGaussian();
    }
    return new RepeatedGrid(
        new BalancedGrid(FACTORS, that.repeats, values), that.crossed, Optional.of("optimizer"));
  }

  private static void add(double[] means, String name, double variance, SplittableRandom random) {
    double[] drawn = new double[means.length];
    Arrays.setAll(drawn, _ -> random.nextGaussian());
    Effect effect =
        VarianceDecomposition.of(new BalancedGrid(FACTORS, 1, drawn)).effect(name.split(":"));
    double[] contrasts = effect.contrasts();
    double scale = Math.sqrt(variance / (effect.sumOfSquares() / means.length));
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < FACTORS.size(); axis++) {
      if (effect.factors().contains(FACTORS.get(axis).name())) {
        axes.add(axis);
      }
    }
    for (int cell = 0; cell < means.length; cell++) {
      means[cell] += scale * contrasts[place(cell, axes)];
    }
  }

  /// Row-major place of a cell's levels of these axes.
  private static int place(int cell, List<Integer> axes) {
    int place = 0;
    int stride = 90;
    for (int axis = 0; axis < FACTORS.size(); axis++) {
      int levels = FACTORS.get(axis).levels();
      stride /= levels;
      if (axes.contains(axis)) {
        place = place * levels + cell / stride % levels;
      }
    }
    return place;
  }

  /// Arguments: studies, simulations in each, seed.
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    int simulations = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    for (boolean crossed : new boolean[] {false, true}) {
      for (double[] noisy : new double[][] {{1, 1, 1}, {1, 20, 20}}) {
        for (int repeats : new int[] {1, 2, 3, 5, 10, 20}) {
          if (repeats > 1 || !crossed) {
            Case that = new Case(repeats, noisy, crossed);
            System.out.println(that.words() + " " + of(that, studies, simulations, seed));
          }
        }
      }
    }
  }
}
