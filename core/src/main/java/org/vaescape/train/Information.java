package org.vaescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Categorical;
import org.vaescape.model.Latent;
import org.vaescape.model.Posterior;

/// How much the code of a sample tells of which sample it is, at most: an upper bound of the mutual
/// information of sample and code, unit by unit, whatever the prior.
///
/// The information is the mean over samples of KL(q(z|x) || q(z)), where q(z) is the mean of all
/// q(z|x). Any other density in its place makes the mean KL larger. For a Gaussian unit that is the
/// Gaussian with the mean and variance of q(z); for a categorical variable it is q(z) itself; the
/// sum over units leaves out that they depend on each other. So it is 0 exactly where the encoder
/// says the same of every sample, and never above the KL from a prior of such units.
///
/// @param nats of each unit, at least 0; of a deterministic encoder 0 for a number that is the same
///   for all samples and infinite for others, whose every digit tells something
record Information(double[] nats) {
  /// A unit that tells more than this is in use.
  static final double IN_USE = LatentUnits.KL_IN_USE;

  /// A number whose standard deviation is below the square root of this, relative to its size, is
  /// constant but for rounding.
  private static final double CONSTANT = 1e-10;

  double total() {
    return Arrays.stream(nats).sum();
  }

  /// NaN counts as in use.
  int unitsInUse() {
    return (int) Arrays.stream(nats).filter(unit -> !(unit <= IN_USE)).count();
  }

  /// What encoders say that comes batch by batch.
  static final class Gathering {
    private final boolean deterministic;
    private final List<Kind> kinds = new ArrayList<>();

    /// @param deterministic the encoder gives no distribution, whatever it looks like
    Gathering(boolean deterministic) {
      this.deterministic = deterministic;
    }

    void add(Latent q) {
      List<Latent> parts = deterministic ? List.of(q) : q.kinds();
      for (int i = 0; i < parts.size(); i++) {
        if (i == kinds.size()) {
          kinds.add(kind(parts.get(i)));
        }
        kinds.get(i).add(parts.get(i));
      }
    }

    private Kind kind(Latent part) {
      if (deterministic) {
        return new Points();
      }
      return switch (part) {
        case Posterior _ -> new Gaussians();
        case Categorical _ -> new Variables();
        case Latent.OfUnits _ -> new Others();
        default -> new Points();
      };
    }

    Information information() {
      return new Information(
          kinds.stream().flatMapToDouble(kind -> Arrays.stream(kind.nats())).toArray());
    }
  }

  /// Units of one kind, seen row by row.
  private abstract static class Kind {
    int rows;

    abstract void add(Latent q);

    abstract double[] nats();
  }

  /// Sums over rows of numbers, for each column.
  private static final class Columns {
    private double[] first = new double[0];
    private double[] sums = new double[0];
    private double[] squares = new double[0];

    /// The number of rows.
    int add(Tensor rows) {
      int width = Math.toIntExact(rows.size(1));
      double[] values = rows.doubles();
      if (first.length == 0) {
        first = Arrays.copyOf(values, width);
        sums = new double[width];
        squares = new double[width];
      }
      for (int i = 0; i < values.length; i++) {
        // From the first row on, or the variance of numbers far from 0 were rounding.
        double away = values[i] - first[i % width];
        sums[i % width] += away;
        squares[i % width] += away * away;
      }
      return values.length / Math.max(1, width);
    }

    int width() {
      return first.length;
    }

    double mean(int column, int rows) {
      return first[column] + sums[column] / rows;
    }

    double variance(int column, int rows) {
      double mean = sums[column] / rows;
      return Math.max(0, squares[column] / rows - mean * mean);
    }
  }

  private static final class Gaussians extends Kind {
    private final Columns means = new Columns();
    private final Columns variances = new Columns();
    private final Columns logVariances = new Columns();

    @Override
    void add(Latent q) {
      Posterior posterior = (Posterior) q;
      rows += means.add(posterior.mu());
      variances.add(posterior.logvar().exp());
      logVariances.add(posterior.logvar());
    }

    /// Entropy of the Gaussian of the same mean and variance less the mean entropy.
    @Override
    double[] nats() {
      double[] nats = new double[means.width()];
      Arrays.setAll(
          nats,
          unit -> {
            double all = means.variance(unit, rows) + variances.mean(unit, rows);
            double own = logVariances.mean(unit, rows);
            return Math.max(0, 0.5 * (StrictMath.log(all) - own));
          });
      return nats;
    }
  }

  private static final class Variables extends Kind {
    private final Columns probabilities = new Columns();
    private final Columns divergences = new Columns();
    private int categories = 1;

    @Override
    void add(Latent q) {
      Categorical variables = (Categorical) q;
      categories = Math.toIntExact(variables.logits().size(2));
      rows += probabilities.add(variables.mean());
      divergences.add(variables.klByUnit());
    }

    /// Entropy of the mean probabilities less the mean entropy; both as KL from the uniform.
    @Override
    double[] nats() {
      double[] nats = new double[divergences.width()];
      Arrays.setAll(
          nats,
          variable -> {
            double ofMean = StrictMath.log((double) categories);
            for (int i = 0; i < categories; i++) {
              double p = probabilities.mean(variable * categories + i, rows);
              ofMean += p > 0 ? p * StrictMath.log(p) : 0;
            }
            return Math.max(0, divergences.mean(variable, rows) - ofMean);
          });
      return nats;
    }
  }

  /// Units of which nothing is known but their KL from the prior, which is a bound too.
  private static final class Others extends Kind {
    private final Columns divergences = new Columns();

    @Override
    void add(Latent q) {
      rows += divergences.add(((Latent.OfUnits) q).klByUnit());
    }

    @Override
    double[] nats() {
      double[] nats = new double[divergences.width()];
      Arrays.setAll(nats, unit -> divergences.mean(unit, rows));
      return nats;
    }
  }

  private static final class Points extends Kind {
    private final Columns numbers = new Columns();

    @Override
    void add(Latent q) {
      rows += numbers.add(q.mean());
    }

    @Override
    double[] nats() {
      double[] nats = new double[numbers.width()];
      Arrays.setAll(
          nats,
          unit -> {
            double mean = numbers.mean(unit, rows);
            boolean constant = numbers.variance(unit, rows) <= CONSTANT * (1 + mean * mean);
            return constant ? 0 : Double.POSITIVE_INFINITY;
          });
      return nats;
    }
  }
}
