package org.vaescape.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How the first values of a linear layer are drawn. Members are in [Initializers].
@FunctionalInterface
public interface WeightDistribution {

  /// The weight of a layer, row by row: outputs x inputs numbers.
  double[] weight(int outputs, int inputs, RandomGenerator random);

  /// The bias of a layer. As PyTorch draws it, since what initialises weights there
  /// (`torch.nn.init`) leaves the bias alone.
  default double[] bias(int outputs, int inputs, RandomGenerator random) {
    return uniform(outputs, 1 / Math.sqrt(inputs), random);
  }

  /// Independent numbers, uniform in [-bound, bound).
  static double[] uniform(int count, double bound, RandomGenerator random) {
    double[] values = new double[count];
    Arrays.setAll(values, _ -> random.nextDouble(-bound, bound));
    return values;
  }

  /// Independent normal numbers of mean 0.
  static double[] normal(int count, double deviation, RandomGenerator random) {
    double[] values = new double[count];
    Arrays.setAll(values, _ -> deviation * random.nextGaussian());
    return values;
  }
}
