package org.vaescape.model;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// How networks start: linear layers as a distribution says, normalisations as the identity.
///
/// @param distribution of linear layers
/// @param hiddenOnly whether heads and output start as PyTorch has it, and only the hidden layers
///   of encoder and decoder as `distribution` says (as Eltager et al. 2023 did,
///   doi:10.1371/journal.pone.0292126)
public record Initialization(WeightDistribution distribution, boolean hiddenOnly) {
  private static final WeightDistribution PYTORCHS =
      Initializers.CATALOGUE.member("pytorch").create(Map.of());

  public Initialization {
    hiddenOnly = hiddenOnly && !distribution.equals(PYTORCHS);
  }

  /// PyTorch's default.
  public static final Initialization PYTORCH = new Initialization(PYTORCHS, false);

  /// First values from seeds.
  ///
  /// @param seeds seed for a parameter's name and size, so that a parameter's values do not depend
  ///   on what stands beside it
  public Initializer seeded(ToLongFunction<String> seeds) {
    return (name, inputs, count) -> {
      if (name.endsWith("norm.weight") || name.endsWith("running_var")) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
      }
      if (name.endsWith("norm.bias") || name.endsWith("running_mean")) {
        return new double[count];
      }
      RandomGenerator random =
          new SplittableRandom(seeds.applyAsLong(name + ":" + inputs + ":" + count));
      boolean hidden = name.startsWith("encoder.") || name.startsWith("decoder.");
      WeightDistribution drawn = hiddenOnly && !hidden ? PYTORCHS : distribution;
      if (name.endsWith("weight")) {
        return drawn.weight(count / inputs, inputs, random);
      }
      // Codes and pseudo-inputs must start apart, also where all biases are 0.
      return (name.endsWith("bias") ? drawn : PYTORCHS).bias(count, inputs, random);
    };
  }
}
