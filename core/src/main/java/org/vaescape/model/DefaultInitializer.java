package org.vaescape.model;

import java.util.Arrays;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// PyTorch's default: weight and bias of a linear layer uniform in (-k, k) with k = 1 /
/// sqrt(inputs) (`torch.nn.Linear.reset_parameters`), batch normalisation as the identity.
///
/// @param seeds seed for a parameter's name, so that equal names and shapes get equal values
///   whatever stands beside them
public record DefaultInitializer(ToLongFunction<String> seeds) implements Initializer {
  @Override
  public double[] values(String name, int inputs, int count) {
    double[] values = new double[count];
    if (name.endsWith("norm.weight") || name.endsWith("running_var")) {
      Arrays.fill(values, 1);
    } else if (!name.endsWith("norm.bias") && !name.endsWith("running_mean")) {
      RandomGenerator random =
          new java.util.SplittableRandom(seeds.applyAsLong(name + ":" + inputs + ":" + count));
      double bound = 1 / Math.sqrt(inputs);
      Arrays.setAll(values, _ -> random.nextDouble(-bound, bound));
    }
    return values;
  }
}
