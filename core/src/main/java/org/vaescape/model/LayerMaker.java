package org.vaescape.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;

/// Makes the layers of [Networks] and keeps their tensors by PyTorch's names.
final class LayerMaker {
  private final Initializer initializer;
  private final Precision precision;
  private final Device device;
  private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> trained = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> statistics = new LinkedHashMap<>();

  LayerMaker(Initializer initializer, Precision precision, Device device) {
    this.initializer = initializer;
    this.precision = precision;
    this.device = device;
  }

  SequencedMap<String, Tensor> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  SequencedMap<String, Tensor> trained() {
    return Collections.unmodifiableSequencedMap(trained);
  }

  SequencedMap<String, Tensor> statistics() {
    return Collections.unmodifiableSequencedMap(statistics);
  }

  /// A linear layer that batch normalisation follows.
  Layer hiddenLayer(String prefix, int inputs, int outputs) {
    return layer(prefix + "linear.", inputs, outputs, true);
  }

  /// A linear layer, and batch normalisation after it if `normalised`.
  Layer layer(String prefix, int inputs, int outputs, boolean normalised) {
    Tensor weight = parameter(prefix + "weight", inputs, true, outputs, inputs);
    Tensor bias = parameter(prefix + "bias", inputs, !normalised, outputs);
    return new Layer(weight, bias, normalised ? norm(prefix, inputs, outputs) : null);
  }

  private Layer.Norm norm(String linear, int inputs, int size) {
    String prefix = linear.replace("linear.", "norm.");
    return new Layer.Norm(
        parameter(prefix + "weight", inputs, true, size),
        parameter(prefix + "bias", inputs, true, size),
        statistic(prefix + "running_mean", inputs, size),
        statistic(prefix + "running_var", inputs, size));
  }

  private Tensor parameter(String name, int inputs, boolean trains, int... shape) {
    Tensor parameter = made(name, inputs, shape);
    parameters.put(name, parameter);
    if (trains) {
      parameter.requireGradient();
      trained.put(name, parameter);
    }
    return parameter;
  }

  private Tensor statistic(String name, int inputs, int size) {
    Tensor statistic = made(name, inputs, size);
    statistics.put(name, statistic);
    return statistic;
  }

  private Tensor made(String name, int inputs, int... shape) {
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    long[] lengths = Arrays.stream(shape).asLongStream().toArray();
    return Tensor.of(precision.storage(), initializer.values(name, inputs, count), lengths)
        .on(device);
  }
}
