package org.vaescape.analysis;

import java.util.Arrays;

/// Means over settings of what the trees say, and how single settings contribute to them.
final class ForestMoments {
  /// Deviation from 1 that a scale is expected to have.
  private static final double SPREAD = 1;

  /// Scales beyond say that the surface has almost nothing to be scaled.
  private static final double MOST_SCALE = 3;

  private final EffectIndex index;
  private final double[] plain; // mean(s As)
  private final double[][] off; // used settings x effects, (y - s) As
  private final double[] unexplained; // of used settings, (y - s)^2
  private final double[] offMean;
  private final double variance; // of the outcome

  ForestMoments(ForestSums sums, int points) {
    DistinctSettings settings = sums.settings();
    AcrossTrees everywhere = sums.everywhere();
    AcrossTrees outOfBag = sums.outOfBag();
    index = new EffectIndex(settings.axes().size());
    int all = index.all();
    plain = new double[index.size()];
    double mean = 0;
    for (int i = 0; i < points; i++) {
      for (int e = 0; e <= all; e++) {
        plain[e] += everywhere.product(i, e) / points;
      }
      mean += everywhere.one(i, all) / points;
    }
    plain[all] -= mean * mean;
    int[] used =
        Arrays.stream(sums.chosen()).filter(setting -> outOfBag.trees(setting) >= 2).toArray();
    off = new double[used.length][index.size()];
    unexplained = new double[used.length];
    offMean = new double[index.size()];
    double center = 0;
    double squares = 0;
    double unexplainedMean = 0;
    for (int i = 0; i < used.length; i++) {
      int setting = used[i];
      double y = settings.mean(setting);
      double s = outOfBag.one(setting, all);
      for (int e = 0; e <= all; e++) {
        off[i][e] = y * outOfBag.one(setting, e) - outOfBag.product(setting, e);
      }
      unexplained[i] = settings.meanSquare(setting) - 2 * y * s + outOfBag.product(setting, all);
      off[i][all] -= mean * (y - s);
      for (int e = 0; e <= all; e++) {
        offMean[e] += off[i][e] / used.length;
      }
      unexplainedMean += unexplained[i] / used.length;
      center += y / used.length;
      squares += settings.meanSquare(setting) / used.length;
    }
    // A few settings can leave anything, even less than nothing; then their own spread has to do.
    double own = squares - center * center;
    variance = Math.max(plain[all] + 2 * offMean[all] + unexplainedMean, own / 4);
  }

  ForestShares shares() {
    double[] scales = new double[index.size()];
    double[] gains = new double[index.size()]; // of the variance, by scaling
    Arrays.fill(scales, 1);
    for (int e = 0; e < index.total(0); e++) {
      scales[e] = scale(e);
      double fitting = plain[e] + offMean[e];
      gains[e] = 2 * (scales[e] - 1) * fitting - (scales[e] * scales[e] - 1) * plain[e];
    }
    double[] estimates = new double[index.size()];
    double[] errors = new double[index.size()];
    for (int e = 0; e < estimates.length; e++) {
      double[] parts = parts(e);
      double sum = plain[e] + 2 * offMean[e];
      for (int part = 0; part < parts.length; part++) {
        sum += parts[part] * gains[part];
      }
      estimates[e] = sum / variance;
      errors[e] = error(e, parts, scales, estimates[e]);
    }
    return new ForestShares(estimates, errors, variance);
  }

  private double scale(int effect) {
    if (plain[effect] <= 0) {
      return 1;
    }
    double best = 1 + offMean[effect] / plain[effect];
    double[] ofSettings = new double[off.length];
    Arrays.setAll(ofSettings, i -> off[i][effect]);
    double error = errorOfMean(ofSettings) / plain[effect];
    double expected = SPREAD * SPREAD;
    return Math.clamp(
        (best * expected + error * error) / (expected + error * error), 0, MOST_SCALE);
  }

  /// How much of each single input and pair is in an effect.
  private double[] parts(int effect) {
    int inputs = index.inputs();
    double[] parts = new double[index.total(0)];
    if (effect < parts.length) {
      parts[effect] = 1;
    } else if (effect < index.all()) {
      int input = (effect - parts.length) % inputs;
      parts[input] = 1;
      for (int other = 0; other < inputs; other++) {
        if (other != input) {
          parts[index.pair(input, other)] = effect < index.shapley(0) ? 1 : 0.5;
        }
      }
    }
    return parts;
  }

  private double error(int effect, double[] parts, double[] scales, double share) {
    double[] ofSettings = new double[off.length];
    for (int i = 0; i < off.length; i++) {
      double sum = off[i][effect];
      for (int part = 0; part < parts.length; part++) {
        sum += parts[part] * (scales[part] - 1) * off[i][part];
      }
      // The variance of the outcome is off by what its own parts are.
      double ofVariance = 2 * off[i][index.all()] + unexplained[i];
      ofSettings[i] = (2 * sum - share * ofVariance) / variance;
    }
    return errorOfMean(ofSettings);
  }

  private static double errorOfMean(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares) / values.length;
  }
}
