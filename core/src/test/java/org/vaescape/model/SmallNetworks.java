package org.vaescape.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;

/// Networks and data small enough to look at every number.
final class SmallNetworks {
  static final NetworkShape SHAPE = new NetworkShape(6, List.of(5), 3, true);

  private SmallNetworks() {}

  /// PyTorch's initial values, from a seed.
  static Initializer initializer(long seed) {
    return Initialization.PYTORCH.seeded(name -> seed + name.hashCode());
  }

  /// Networks of the VAE.
  static Networks of(NetworkShape shape, Precision precision) {
    return of(new Vae(), shape, precision);
  }

  static Networks of(VaeModel model, NetworkShape shape, Precision precision) {
    return new Networks(shape, parts(model, shape), initializer(1), precision, Device.CPU);
  }

  static NetworkParts parts(VaeModel model, NetworkShape shape) {
    return NetworkParts.of(model, new SquaredError(), shape);
  }

  /// The loss of the fourth training batch, where what changes from step to step has begun to,
  /// under nothing but a KL weight.
  static Terms loss(VaeModel model, Tensor x, Networks networks, Noise noise, double klWeight) {
    return model.loss(
        new Batch(x, noise, 3, true),
        networks,
        new Objective(klWeight, 0, false, Math.toIntExact(10 * x.size(0))));
  }

  /// The same networks with all parameters of some layers 0.
  ///
  /// @param prefixes beginnings of the layers' names
  static Networks withZeros(
      VaeModel model, NetworkShape shape, Precision precision, String... prefixes) {
    Initializer initializer = initializer(1);
    return new Networks(
        shape,
        parts(model, shape),
        (name, inputs, count) ->
            Arrays.stream(prefixes).anyMatch(name::startsWith)
                ? new double[count]
                : initializer.values(name, inputs, count),
        precision,
        Device.CPU);
  }

  /// Numbers in (0, 1), row by row.
  static double[] uniform(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    Arrays.setAll(values, _ -> random.nextDouble());
    return values;
  }

  /// A batch in (0, 1).
  static Tensor batch(Precision precision, int rows, int genes) {
    return Tensor.of(precision.storage(), uniform(7, rows * genes), rows, genes);
  }
}
