package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// How often intervals of rank correlations contain the true one, in simulated pairs.
///
/// `main` prints the table of docs/method.md from which [RankInterval] was chosen: see there.
final class RankCoverage {
  static final double CONFIDENCE = 0.95;

  private RankCoverage() {}

  /// What the pairs look like.
  enum Shape {
    /// Bivariate normal.
    NORMAL,
    /// Normal, each number cut to one of five levels that are equally likely.
    TIES,
    /// One run in three does not learn: both its outcomes are far worse, and unrelated otherwise.
    CLUSTER,
    /// Half of the pairs correlate with the opposite sign: none in all, but far from independent.
    CROSS
  }

  record Case(Shape shape, int count, double correlation) {
    /// Writes pairs of this kind.
    void draw(double[] x, double[] y, SplittableRandom random) {
      for (int i = 0; i < x.length; i++) {
        boolean odd = random.nextDouble() < (shape == Shape.CROSS ? 0.5 : 1 / 3.0);
        boolean lost = odd && shape == Shape.CLUSTER;
        double r = lost ? 0 : odd && shape == Shape.CROSS ? -correlation : correlation;
        double common = random.nextGaussian();
        x[i] = common + (lost ? 20 : 0);
        y[i] = r * common + Math.sqrt(1 - r * r) * random.nextGaussian() + (lost ? 20 : 0);
        if (shape == Shape.TIES) {
          x[i] = level(x[i]);
          y[i] = level(y[i]);
        }
      }
    }

    private static int level(double z) {
      return (int) Math.min(4, 5 * Tails.NORMAL.cumulativeProbability(z));
    }
  }

  /// The true Spearman's rho and Kendall's tau-b.
  static double[] truth(Case that) {
    double rho = 6 / Math.PI * Math.asin(that.correlation / 2);
    double tau = 2 / Math.PI * Math.asin(that.correlation);
    return switch (that.shape) {
      case NORMAL -> new double[] {rho, tau};
      // Grades are uniform up to 2/3 and from there on: covariance between groups and within one,
      // over 1/12; and pairs of one run of either group are concordant.
      case CLUSTER -> new double[] {2 / 3.0 + 8 / 27.0 * rho, 4 / 9.0 + 4 / 9.0 * tau};
      case CROSS -> new double[] {0, 0};
      case TIES -> ofLevels(that.correlation);
    };
  }

  /// From the probabilities of the 25 pairs of levels, by many draws.
  private static double[] ofLevels(double correlation) {
    int draws = 500_000;
    double[] x = new double[draws];
    double[] y = new double[draws];
    new Case(Shape.TIES, draws, correlation).draw(x, y, new SplittableRandom(1));
    double[][] share = new double[5][5];
    double product = 0;
    for (int i = 0; i < draws; i++) {
      share[(int) x[i]][(int) y[i]] += 1.0 / draws;
      product += (x[i] - 2) * (y[i] - 2) / draws;
    }
    double surplus = 0;
    for (int i = 0; i < 25; i++) {
      for (int j = 0; j < 25; j++) {
        int sign = Integer.signum(i / 5 - j / 5) * Integer.signum(i % 5 - j % 5);
        surplus += sign * share[i / 5][i % 5] * share[j / 5][j % 5];
      }
    }
    return new double[] {product / 2, surplus / 0.8}; // variance of 0 .. 4; pairs untied
  }

  /// Shares of studies whose interval contains the truth: row 0 for rho, 1 for tau, by the method
  /// that was chosen, and where resamples are drawn by Fisher's z, the jackknife, and BCa; rows 2
  /// and 3 are mean widths.
  static double[][] of(Case that, int studies, int resamples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] truth = truth(that);
    double[][] found = new double[4][4];
    int defined = 0;
    double[] x = new double[that.count];
    double[] y = new double[that.count];
    for (int study = 0; study < studies; study++) {
      that.draw(x, y, random);
      if (Ranks.ties(x).length == 1 || Ranks.ties(y).length == 1) {
        continue; // no coefficient, and no interval
      }
      defined++;
      for (int kind = 0; kind < 2; kind++) {
        List<Interval> intervals = new ArrayList<>();
        RankCorrelation chosen =
            kind == 1
                ? RankCorrelation.kendall(x, y, CONFIDENCE)
                : RankCorrelation.spearman(x, y, CONFIDENCE);
        intervals.add(chosen.interval().orElseThrow());
        if (resamples > 0) {
          others(intervals, x, y, kind == 1, resamples, random.nextLong());
        }
        for (int method = 0; method < intervals.size(); method++) {
          Interval interval = intervals.get(method);
          found[kind][method] += interval.contains(truth[kind]) ? 1 : 0;
          found[2 + kind][method] += interval.high() - interval.low();
        }
      }
    }
    for (double[] row : found) {
      for (int i = 0; i < row.length; i++) {
        row[i] /= defined;
      }
    }
    return found;
  }

  private static void others(
      List<Interval> intervals, double[] x, double[] y, boolean kendall, int resamples, long seed) {
    double n = x.length;
    double[] places = new double[x.length];
    Arrays.setAll(places, i -> i);
    ToDoubleFunction<Observations> statistic = kendall ? kendall(x, y) : spearman(x, y);
    Bootstrap bootstrap = Bootstrap.seeded(new Observations(places), statistic, resamples, seed);
    double r = bootstrap.estimate();
    double step = kendall ? 4 / (n * (n - 1)) : 12 / (n * n * n - n);
    double variance = kendall ? 0.437 / (n - 4) : (1 + r * r / 2) / (n - 3);
    double jackknife = RankInterval.jackknife(List.of(bootstrap.jackknife().values()));
    intervals.add(RankInterval.of(r, step, variance, 0, n - 1, CONFIDENCE).orElseThrow());
    intervals.add(RankInterval.of(r, step, 0, jackknife, n - 1, CONFIDENCE).orElseThrow());
    intervals.add(bootstrap.bca(CONFIDENCE));
  }

  /// Correlation.spearman of drawn places, faster; 0 where it is `NaN`.
  private static ToDoubleFunction<Observations> spearman(double[] x, double[] y) {
    int[] sizesX = sizes(x);
    int[] sizesY = sizes(y);
    return drawn -> {
      double[] places = drawn.values();
      double[] ofX = drawnRanks(places, sizesX);
      double[] ofY = drawnRanks(places, sizesY);
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (int i = 0; i < places.length; i++) {
        xx += ofX[i] * ofX[i];
        yy += ofY[i] * ofY[i];
        xy += ofX[i] * ofY[i];
      }
      return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    };
  }

  /// Number from 0 of each size.
  private static int[] sizes(double[] values) {
    double[] sorted = Arrays.stream(values).distinct().sorted().toArray();
    return Arrays.stream(values).mapToInt(value -> Arrays.binarySearch(sorted, value)).toArray();
  }

  /// Ranks less their mean.
  private static double[] drawnRanks(double[] places, int[] sizes) {
    double[] middle = new double[sizes.length];
    for (double place : places) {
      middle[sizes[(int) place]]++;
    }
    double below = -places.length / 2.0;
    for (int size = 0; size < middle.length; size++) {
      double count = middle[size];
      middle[size] = below + count / 2;
      below += count;
    }
    double[] ranks = new double[places.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = middle[sizes[(int) places[i]]];
    }
    return ranks;
  }

  /// Correlation.kendall of drawn places without its p, the signs of all pairs known beforehand; 0
  /// where it is `NaN`.
  private static ToDoubleFunction<Observations> kendall(double[] x, double[] y) {
    int n = x.length;
    byte[][] inX = new byte[n][n];
    byte[][] inY = new byte[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inX[i][j] = (byte) Double.compare(x[i], x[j]);
        inY[i][j] = (byte) Double.compare(y[i], y[j]);
      }
    }
    return drawn -> {
      double[] places = drawn.values();
      int surplus = 0;
      int ofX = 0;
      int ofY = 0;
      for (int i = 1; i < places.length; i++) {
        byte[] rowX = inX[(int) places[i]];
        byte[] rowY = inY[(int) places[i]];
        for (int j = 0; j < i; j++) {
          int a = rowX[(int) places[j]];
          int b = rowY[(int) places[j]];
          surplus += a * b;
          ofX += a * a;
          ofY += b * b;
        }
      }
      return ofX == 0 || ofY == 0 ? 0 : surplus / Math.sqrt((double) ofX * ofY);
    };
  }

  /// Share of studies whose partial correlation is covered: of its value in many pairs, and of its
  /// expectation in strata of this size.
  ///
  /// @param correlations of the normal pairs of each stratum; strata lie far apart
  static double[] partial(double[] correlations, int each, int studies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int strata = correlations.length;
    double limit = 0;
    double expectation = 0;
    for (double correlation : correlations) {
      double rho = 6 / Math.PI * Math.asin(correlation / 2);
      double tau = 2 / Math.PI * Math.asin(correlation);
      limit += rho / strata;
      expectation += (3 * tau + (each - 2) * rho) / (each + 1) / strata;
    }
    double[] x = new double[strata * each];
    double[] y = new double[x.length];
    int[] numbers = new int[x.length];
    double[] covered = new double[2];
    for (int study = 0; study < studies; study++) {
      for (int i = 0; i < x.length; i++) {
        numbers[i] = i / each;
        double r = correlations[numbers[i]];
        double common = random.nextGaussian();
        x[i] = common + 20 * numbers[i];
        y[i] = r * common + Math.sqrt(1 - r * r) * random.nextGaussian() + 20 * numbers[i];
      }
      Interval interval =
          PartialRankCorrelation.of(x, y, numbers, CONFIDENCE)
              .correlation()
              .interval()
              .orElseThrow();
      covered[0] += interval.contains(limit) ? 1.0 / studies : 0;
      covered[1] += interval.contains(expectation) ? 1.0 / studies : 0;
    }
    return covered;
  }

  /// Arguments: studies, resamples in each (0 for the chosen method alone), seed.
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    int resamples = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    for (Shape shape : Shape.values()) {
      for (int count : new int[] {5, 6, 10, 30, 100}) {
        for (double correlation : new double[] {0, 0.5, 0.9}) {
          double[][] found = of(new Case(shape, count, correlation), studies, resamples, seed++);
          System.out.printf("%-8s n %3d r %.1f |", shape, count, correlation);
          for (double[] row : found) {
            System.out.printf(" %.3f %.3f %.3f %.3f |", row[0], row[1], row[2], row[3]);
          }
          System.out.println();
        }
      }
    }
    for (int each : new int[] {4, 6, 10, 30}) {
      for (double[] correlations :
          new double[][] {{0, 0, 0}, {0.5, 0.5, 0.5}, {0.9, 0.9, 0.9}, {0, 0.9, 0.9}}) {
        double[] covered = partial(correlations, each, studies, seed++);
        System.out.printf(
            "3 strata of %2d r %s | %.3f %.3f%n",
            each, Arrays.toString(correlations), covered[0], covered[1]);
      }
    }
  }
}
