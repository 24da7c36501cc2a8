package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// How often 95 % intervals contain the true share, over tables of runs at random settings of
/// functions with known effects. `main` prints the tables of docs/method.md.
final class ForestCoverage {
  private static final double CONFIDENCE = 0.95;

  private static final String[] KINDS = {"alone", "pair", "total", "Shapley"};

  private ForestCoverage() {}

  /// Arguments: number of tables, settings in each, share of noise, then names of functions; or
  /// "plain" in front of these for the bootstrap of [FunctionalAnova].
  public static void main(String[] arguments) {
    boolean plain = arguments[0].equals("plain");
    List<String> rest = List.of(arguments).subList(plain ? 1 : 0, arguments.length);
    int tables = Integer.parseInt(rest.get(0));
    int settings = Integer.parseInt(rest.get(1));
    double noise = Double.parseDouble(rest.get(2));
    for (KnownEffects known : functions()) {
      if (rest.subList(3, rest.size()).contains(known.name())) {
        if (plain) {
          plain(known, tables, settings, noise);
        } else {
          print(known, tables, settings, noise);
        }
      }
    }
  }

  static List<KnownEffects> functions() {
    return List.of(
        KnownEffects.ishigami(),
        KnownEffects.gFunction(0, 1, 4.5, 9),
        KnownEffects.additive(),
        KnownEffects.bowl());
  }

  private static void print(KnownEffects known, int tables, int settings, double noise) {
    EffectIndex index = new EffectIndex(known.axes().size());
    Tally[] tallies = new Tally[index.all()];
    Arrays.setAll(tallies, effect -> new Tally((1 - noise) * known.share(effect)));
    double explained = 0;
    for (int table = 0; table < tables; table++) {
      ForestEffects effects =
          ForestEffects.of(known.runs(settings, 1, noise, 20_000 + table), table);
      explained += effects.explained().estimate() / tables;
      for (int effect = 0; effect < tallies.length; effect++) {
        ShareEstimate estimate = effects.estimates().get(effect);
        tallies[effect].add(estimate.estimate(), estimate.interval(CONFIDENCE));
      }
    }
    System.out.printf("%s, %d settings, explained %.3f%n", known.name(), settings, explained);
    for (int effect = 0; effect < tallies.length; effect++) {
      System.out.printf("  %-8s %s%n", KINDS[kind(index, effect)], tallies[effect].words());
    }
    for (int kind = 0; kind < KINDS.length; kind++) {
      List<Tally> ofKind = new ArrayList<>();
      for (int effect = 0; effect < tallies.length; effect++) {
        if (kind(index, effect) == kind) {
          ofKind.add(tallies[effect]);
        }
      }
      double coverage = ofKind.stream().mapToDouble(Tally::coverage).average().orElseThrow();
      double least = ofKind.stream().mapToDouble(Tally::coverage).min().orElseThrow();
      System.out.printf("  %-8s covered %.3f, least %.2f%n", KINDS[kind], coverage, least);
    }
  }

  /// What resampling runs and taking apart the forest of each resample covers: percentiles, and
  /// those mirrored at the estimate. Shares are of the surface, so the truth has no noise.
  private static void plain(KnownEffects known, int tables, int settings, double noise) {
    int resamples = 39; // the smallest and the largest are the ends of 95 %
    int trees = 24;
    EffectIndex index = new EffectIndex(known.axes().size());
    int size = index.total(0);
    Tally[] percentile = new Tally[size];
    Tally[] basic = new Tally[size];
    Arrays.setAll(percentile, effect -> new Tally(known.share(effect)));
    Arrays.setAll(basic, effect -> new Tally(known.share(effect)));
    for (int table = 0; table < tables; table++) {
      Evaluations runs = known.runs(settings, 1, noise, 20_000 + table);
      SplittableRandom random = new SplittableRandom(table);
      double[] estimates = shares(runs, trees, random.nextLong(), index);
      double[] low = estimates.clone();
      double[] high = estimates.clone();
      Arrays.fill(low, 1);
      Arrays.fill(high, 0);
      for (int i = 0; i < resamples; i++) {
        double[] replicate = shares(resampled(runs, random), trees, random.nextLong(), index);
        for (int effect = 0; effect < size; effect++) {
          low[effect] = Math.min(low[effect], replicate[effect]);
          high[effect] = Math.max(high[effect], replicate[effect]);
        }
      }
      for (int effect = 0; effect < size; effect++) {
        double estimate = estimates[effect];
        percentile[effect].add(estimate, new Interval(low[effect], high[effect]));
        double mirrored = Math.clamp(2 * estimate - high[effect], 0.0, 1.0);
        basic[effect].add(
            estimate,
            new Interval(mirrored, Math.clamp(2 * estimate - low[effect], mirrored, 1.0)));
      }
    }
    System.out.printf("%s, %d settings, plain%n", known.name(), settings);
    for (int effect = 0; effect < size; effect++) {
      System.out.printf(
          "  %-8s %s | basic %.2f%n",
          KINDS[kind(index, effect)], percentile[effect].words(), basic[effect].coverage());
    }
  }

  private static double[] shares(Evaluations runs, int trees, long seed, EffectIndex index) {
    FunctionalAnova anova = FunctionalAnova.of(RandomForest.fit(runs, trees, seed));
    double[] shares = new double[index.total(0)];
    for (int i = 0; i < index.inputs(); i++) {
      shares[index.first(i)] = anova.main(i).mean();
      for (int j = i + 1; j < index.inputs(); j++) {
        shares[index.pair(i, j)] = anova.interaction(i, j).mean();
      }
    }
    return shares;
  }

  private static Evaluations resampled(Evaluations runs, SplittableRandom random) {
    double[] x = new double[runs.x().length];
    double[] y = new double[runs.runs()];
    int inputs = runs.inputs();
    for (int run = 0; run < y.length; run++) {
      int drawn = random.nextInt(y.length);
      System.arraycopy(runs.x(), drawn * inputs, x, run * inputs, inputs);
      y[run] = runs.y()[drawn];
    }
    return new Evaluations(runs.axes(), x, y);
  }

  private static int kind(EffectIndex index, int effect) {
    if (effect < index.inputs()) {
      return 0;
    }
    return effect < index.total(0) ? 1 : effect < index.shapley(0) ? 2 : 3;
  }

  /// Estimates of one share over tables.
  private static final class Tally {
    private final double truth;
    private final List<Double> estimates = new ArrayList<>();
    private int covered;
    private double width;

    Tally(double truth) {
      this.truth = truth;
    }

    void add(double estimate, Interval interval) {
      estimates.add(estimate);
      covered += interval.contains(truth) ? 1 : 0;
      width += interval.high() - interval.low();
    }

    double coverage() {
      return (double) covered / estimates.size();
    }

    String words() {
      Observations found =
          new Observations(estimates.stream().mapToDouble(estimate -> estimate).toArray());
      return "true %.3f, mean %.3f, deviation %.3f, covered %.2f, width %.3f"
          .formatted(
              truth, found.mean(), found.standardDeviation(), coverage(), width / found.count());
    }
  }
}
