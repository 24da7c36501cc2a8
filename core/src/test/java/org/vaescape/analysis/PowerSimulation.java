package org.vaescape.analysis;

import java.util.SplittableRandom;

/// Shares of simulated two-sided t-tests at level .05 that find a difference of normal runs.
///
/// `main` prints the table of docs/method.md.
///
/// @param studies of each call
/// @param seed of all of them
record PowerSimulation(int studies, long seed) {
  private static final double LEVEL = 0.05;

  /// Welch's test of two settings that each tell their own noise.
  double welch(double one, double other, int repeats, double difference) {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    for (int study = 0; study < studies; study++) {
      Sample first = Sample.draw(repeats, 0, one, random);
      Sample second = Sample.draw(repeats, difference, other, random);
      DifferenceNoise noise =
          new DifferenceNoise.Separate(
              RunNoise.pooled(first.deviation, 1), RunNoise.pooled(second.deviation, 1));
      found += significant(second.mean - first.mean, noise, repeats) ? 1 : 0;
    }
    return (double) found / studies;
  }

  /// Student's test of the differences of correlated pairs.
  double paired(double one, double other, double correlation, int repeats, double difference) {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    for (int study = 0; study < studies; study++) {
      double[] differences = new double[repeats];
      for (int r = 0; r < repeats; r++) {
        double a = random.nextGaussian();
        double b =
            correlation * a + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        differences[r] = difference + other * b - one * a;
      }
      Observations pairs = new Observations(differences);
      DifferenceNoise noise =
          new DifferenceNoise.Paired(RunNoise.pooled(pairs.standardDeviation(), 1));
      found += significant(pairs.mean(), noise, repeats) ? 1 : 0;
    }
    return (double) found / studies;
  }

  /// Student's test of two of many cells of unit noise, which is pooled over all of them.
  double pooled(int cells, int repeats, double difference) {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    for (int study = 0; study < studies; study++) {
      double variance = 0;
      double gap = difference;
      for (int cell = 0; cell < cells; cell++) {
        Sample sample = Sample.draw(repeats, 0, 1, random);
        variance += sample.deviation * sample.deviation / cells;
        gap += cell == 0 ? -sample.mean : cell == 1 ? sample.mean : 0;
      }
      DifferenceNoise noise =
          new DifferenceNoise.Shared(RunNoise.pooled(Math.sqrt(variance), cells));
      found += significant(gap, noise, repeats) ? 1 : 0;
    }
    return (double) found / studies;
  }

  private static boolean significant(double difference, DifferenceNoise noise, int repeats) {
    double t = difference / noise.standardError(repeats, repeats);
    return Tails.tBothSides(t, noise.degrees(repeats, repeats)) < LEVEL;
  }

  private record Sample(double mean, double deviation) {
    static Sample draw(int count, double mean, double deviation, SplittableRandom random) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = mean + deviation * random.nextGaussian();
      }
      Observations found = new Observations(values);
      return new Sample(found.mean(), found.standardDeviation());
    }
  }

  /// Arguments: studies of each row, seed.
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    for (double other : new double[] {1, 3, 20}) {
      for (int repeats : new int[] {2, 3, 5, 10}) {
        Detectable test =
            new Detectable(
                new DifferenceNoise.Separate(RunNoise.pooled(1, 1), RunNoise.pooled(other, 1)),
                LEVEL,
                0.8);
        double difference = test.smallest(repeats).difference();
        PowerSimulation simulation = new PowerSimulation(studies, seed++);
        System.out.printf(
            "noise 1 and %2.0f, %2d repeats: finds %.3f standard errors in %.3f, none in %.3f (%.3f)%n",
            other,
            repeats,
            difference / test.noise().standardError(repeats, repeats),
            simulation.welch(1, other, repeats, difference),
            simulation.welch(1, other, repeats, 0),
            test.powerOf(0, repeats));
      }
    }
  }
}
