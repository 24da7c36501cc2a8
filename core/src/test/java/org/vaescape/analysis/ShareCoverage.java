package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// How often intervals of shares contain the true share, in simulated studies of known components.
///
/// `main` prints the tables of docs/method.md: see there.
final class ShareCoverage {
  static final double CONFIDENCE = 0.95;

  /// The grid of the study.
  static final List<Factor> STUDY = grid(5, 6, 3);

  /// One that is soon trained.
  static final List<Factor> SMALL = grid(3, 2, 3);

  /// True variances; every other effect is 0. They and [#NOISE] sum to 1.
  private static final SequencedMap<String, Double> EFFECTS = effects();

  static final double NOISE = 0.097;

  /// Variance of the shift that a split gives to all runs on it.
  private static final double BLOCK = 0.05;

  private static final double[] EQUAL = {1, 1, 1};
  private static final double[] UNEQUAL = {1, 20, 20};

  /// Runs of a cell that stand for all it may have.
  private static final int VERY_MANY = 200;

  private ShareCoverage() {}

  /// The values that are taken apart.
  enum Outcome {
    /// Of normal noise.
    NORMAL,
    /// Of noise that multiplies: exp of the normal ones.
    RAW,
    /// Ranks of these.
    RANKS
  }

  /// @param repeats in each cell; of one, interactions of all three factors stand for noise
  /// @param noisy deviation of a run within each optimizer, relative to each other
  /// @param crossed whether a repeat is a split of its own
  /// @param apart variance of what a split does to all runs of one optimizer alike and not to
  ///   others, over that of noise
  record Case(
      List<Factor> factors,
      int repeats,
      double[] noisy,
      boolean crossed,
      double apart,
      Outcome outcome) {
    Case(int repeats, double[] noisy, boolean crossed) {
      this(STUDY, repeats, noisy, crossed, 0, Outcome.NORMAL);
    }

    Case on(List<Factor> others) {
      return new Case(others, repeats, noisy, crossed, apart, outcome);
    }

    Case apart(double more) {
      return new Case(factors, repeats, noisy, crossed, more, outcome);
    }

    Case as(Outcome other) {
      return new Case(factors, repeats, noisy, crossed, apart, other);
    }

    String words() {
      return "%s%s, %s noise, %s%s%s"
          .formatted(
              factors.equals(SMALL) ? "small grid, " : "",
              repeats == 1 ? "1 run" : repeats + " repeats",
              Arrays.equals(noisy, EQUAL) ? "equal" : "unequal",
              crossed ? "crossed splits" : "one split",
              apart > 0 ? ", apart by " + apart : "",
              outcome == Outcome.NORMAL ? "" : ", multiplied, " + outcome);
    }

    double total() {
      return 1 + apart * NOISE + (crossed ? BLOCK : 0);
    }
  }

  /// Share of studies whose interval contains the true share, by component.
  static SequencedMap<String, Double> of(Case that, int studies, int simulations, long seed) {
    SequencedMap<String, Double> covered = new LinkedHashMap<>();
    measured(that, studies, simulations, seed)
        .forEach((component, found) -> covered.put(component, found.covered / studies));
    return covered;
  }

  /// Sums over studies: of intervals that contain the truth, and of estimates less the truth.
  private static final class Found {
    double covered;
    double bias;
  }

  private static SequencedMap<String, Found> measured(
      Case that, int studies, int simulations, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SequencedMap<String, Found> all = new LinkedHashMap<>();
    for (int study = 0; study < studies; study++) {
      Study made = made(that, random.split());
      RepeatedGrid grid = made.grid;
      ShareIntervals intervals =
          that.repeats == 1
              ? ShareIntervals.ofOneRun(grid.grid(), simulations, random.nextLong()).orElseThrow()
              : ShareIntervals.of(grid, simulations, random.nextLong());
      VarianceComponents found =
          that.repeats == 1
              ? VarianceComponents.ofOneRun(grid.grid()).orElseThrow()
              : VarianceComponents.of(grid);
      for (int effect = 0; effect < found.effects().size(); effect++) {
        String name = String.join(":", found.effects().get(effect).factors());
        count(
            all,
            name,
            intervals.effect(effect, CONFIDENCE),
            found.effects().get(effect).variance() / found.total(),
            made.truth.getOrDefault(name, 0.0));
      }
      intervals
          .block(CONFIDENCE)
          .ifPresent(block ->
              count(
                  all,
                  "block",
                  block,
                  found.block() / found.total(),
                  made.truth.getOrDefault("block", 0.0)));
      count(
          all,
          "noise",
          intervals.noise(CONFIDENCE),
          found.noise() / found.total(),
          made.truth.getOrDefault("noise", 0.0));
    }
    return all;
  }

  private static void count(
      Map<String, Found> all, String name, Interval interval, double estimate, double truth) {
    Found found = all.computeIfAbsent(name, _ -> new Found());
    found.covered += interval.contains(truth) ? 1 : 0;
    found.bias += estimate - truth;
  }

  /// @param truth shares by component
  private record Study(RepeatedGrid grid, Map<String, Double> truth) {}

  /// A study with contrasts of random directions and exactly the true variances.
  static RepeatedGrid simulated(Case that, SplittableRandom random) {
    return made(that, random).grid;
  }

  private static Study made(Case that, SplittableRandom random) {
    double[] means = new double[LossGrid.cells(that.factors)];
    EFFECTS.forEach((name, variance) -> add(that.factors, means, name, variance, random));
    double squares = Arrays.stream(that.noisy).map(s -> s * s).average().orElseThrow();
    double[] shifts = new double[that.repeats];
    for (int r = 0; r < that.repeats && that.crossed; r++) {
      shifts[r] = Math.sqrt(BLOCK) * random.nextGaussian();
    }
    int optimizers = that.noisy.length;
    double[] moved = new double[optimizers * that.repeats];
    for (int i = 0; i < moved.length && that.apart > 0; i++) {
      moved[i] = Math.sqrt(that.apart * NOISE) * random.nextGaussian();
    }
    double[] deviations =
        Arrays.stream(that.noisy).map(noisy -> noisy * Math.sqrt(NOISE / squares)).toArray();
    double[] values = new double[means.length * that.repeats];
    for (int i = 0; i < values.length; i++) {
      int cell = i / that.repeats;
      int repeat = i % that.repeats;
      int optimizer = cell % optimizers;
      values[i] =
          means[cell]
              + shifts[repeat]
              + moved[optimizer * that.repeats + repeat]
              + deviations[optimizer] * random.nextGaussian();
    }
    Map<String, Double> truth =
        that.outcome == Outcome.NORMAL ? truth(that) : ofVeryMany(that, means, deviations);
    return new Study(design(that, that.repeats, on(that.outcome, values)), truth);
  }

  private static RepeatedGrid design(Case that, int repeats, double[] values) {
    return new RepeatedGrid(
        new BalancedGrid(that.factors, repeats, values), that.crossed, Optional.of("optimizer"));
  }

  private static double[] on(Outcome outcome, double[] values) {
    return switch (outcome) {
      case NORMAL -> values;
      case RAW -> Arrays.stream(values).map(Math::exp).toArray();
      case RANKS -> Ranks.of(values);
    };
  }

  /// What a split moves apart is noise of a run, but for what it does to all optimizers on average.
  private static Map<String, Double> truth(Case that) {
    Map<String, Double> truth = new LinkedHashMap<>();
    EFFECTS.forEach((name, variance) -> truth.put(name, variance / that.total()));
    double common = that.apart * NOISE / that.noisy.length;
    truth.put("block", ((that.crossed ? BLOCK : 0) + common) / that.total());
    truth.put("noise", (NOISE + that.apart * NOISE - common) / that.total());
    return truth;
  }

  /// The components of very many repeats of the same cells, their noise at its quantiles.
  private static Map<String, Double> ofVeryMany(Case that, double[] means, double[] deviations) {
    double[] values = new double[means.length * VERY_MANY];
    for (int i = 0; i < values.length; i++) {
      int cell = i / VERY_MANY;
      values[i] = means[cell] + deviations[cell % deviations.length] * NORMAL[i % VERY_MANY];
    }
    VarianceComponents found =
        VarianceComponents.of(design(that, VERY_MANY, on(that.outcome, values)));
    Map<String, Double> truth = new LinkedHashMap<>();
    // Means over quantiles carry no noise: what was taken off for it is put back.
    double perDegree = found.noise() / values.length;
    for (VarianceComponents.Component effect : found.effects()) {
      truth.put(
          String.join(":", effect.factors()),
          (effect.variance() + effect.degreesOfFreedom() * perDegree) / found.total());
    }
    truth.put("noise", found.noise() / found.total());
    return truth;
  }

  /// Quantiles of the normal distribution, scaled to variance 1.
  private static final double[] NORMAL = normal();

  private static double[] normal() {
    double[] quantiles = new double[VERY_MANY];
    Arrays.setAll(quantiles, i -> Tails.NORMAL.inverseCumulativeProbability((i + 0.5) / VERY_MANY));
    double deviation = new Observations(quantiles).standardDeviation();
    return Arrays.stream(quantiles).map(quantile -> quantile / deviation).toArray();
  }

  private static List<Factor> grid(int rates, int latents, int optimizers) {
    return List.of(
        new Factor("learning-rate", rates),
        new Factor("latent", latents),
        new Factor("optimizer", optimizers));
  }

  private static SequencedMap<String, Double> effects() {
    SequencedMap<String, Double> effects = new LinkedHashMap<>();
    effects.put("learning-rate", 0.3);
    effects.put("latent", 0.003);
    effects.put("optimizer", 0.5);
    effects.put("learning-rate:optimizer", 0.1);
    return Collections.unmodifiableSequencedMap(effects);
  }

  private static void add(
      List<Factor> factors, double[] means, String name, double variance, SplittableRandom random) {
    double[] drawn = new double[means.length];
    Arrays.setAll(drawn, _ -> random.nextGaussian());
    Effect effect =
        VarianceDecomposition.of(new BalancedGrid(factors, 1, drawn)).effect(name.split(":"));
    double[] contrasts = effect.contrasts();
    double scale = Math.sqrt(variance / (effect.sumOfSquares() / means.length));
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < factors.size(); axis++) {
      if (effect.factors().contains(factors.get(axis).name())) {
        axes.add(axis);
      }
    }
    for (int cell = 0; cell < means.length; cell++) {
      means[cell] += scale * contrasts[place(factors, means.length, cell, axes)];
    }
  }

  /// Row-major place of a cell's levels of these axes.
  private static int place(List<Factor> factors, int cells, int cell, List<Integer> axes) {
    int place = 0;
    int stride = cells;
    for (int axis = 0; axis < factors.size(); axis++) {
      int levels = factors.get(axis).levels();
      stride /= levels;
      if (axes.contains(axis)) {
        place = place * levels + cell / stride % levels;
      }
    }
    return place;
  }

  /// Arguments: studies, simulations in each, seed, the table (`study`, `apart`, `small` or
  /// `multiplied`), and the most repeats if not all are asked for.
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    int simulations = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    int most = arguments.length > 4 ? Integer.parseInt(arguments[4]) : Integer.MAX_VALUE;
    for (Case that : cases(arguments[3])) {
      if (that.repeats > most) {
        continue;
      }
      System.out.print("| " + that.words());
      measured(that, studies, simulations, seed)
          .values()
          .forEach(found ->
              System.out.printf(
                  Locale.ROOT, " | %.3f (%+.3f)", found.covered / studies, found.bias / studies));
      System.out.println(" |");
    }
  }

  private static List<Case> cases(String table) {
    List<Case> cases = new ArrayList<>();
    switch (table) {
      case "study" -> {
        for (boolean crossed : new boolean[] {false, true}) {
          for (double[] noisy : new double[][] {EQUAL, UNEQUAL}) {
            for (int repeats : new int[] {1, 2, 3, 5, 10, 20}) {
              if (repeats > 1 || !crossed) {
                cases.add(new Case(repeats, noisy, crossed));
              }
            }
          }
        }
      }
      case "apart" -> {
        for (double apart : new double[] {0.5, 2}) {
          for (int repeats : new int[] {2, 3, 5, 10}) {
            cases.add(new Case(repeats, EQUAL, true).apart(apart));
          }
        }
      }
      case "small" -> {
        for (boolean crossed : new boolean[] {false, true}) {
          for (double[] noisy : new double[][] {EQUAL, UNEQUAL}) {
            for (int repeats : new int[] {2, 3, 5}) {
              cases.add(new Case(repeats, noisy, crossed).on(SMALL));
            }
          }
        }
      }
      case "multiplied" -> {
        for (Outcome outcome : new Outcome[] {Outcome.RAW, Outcome.RANKS}) {
          for (int repeats : new int[] {2, 3, 5}) {
            cases.add(new Case(repeats, EQUAL, false).as(outcome));
          }
        }
      }
      default -> throw new IllegalArgumentException("no table " + table);
    }
    return cases;
  }
}
