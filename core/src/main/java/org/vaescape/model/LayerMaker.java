package org.vaescape.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;
import org.vaescape.engine.WideInput;

/// Makes the layers of [Networks] and keeps their tensors by PyTorch's names.
final class LayerMaker {
  private final Initializer initializer;
  private final Precision precision;
  private final Device device;
  private final BatchNormalization constants;
  private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> trained = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> opponent = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> statistics = new LinkedHashMap<>();

  LayerMaker(
      Initializer initializer, Precision precision, Device device, BatchNormalization constants) {
    this.initializer = initializer;
    this.precision = precision;
    this.device = device;
    this.constants = constants;
  }

  SequencedMap<String, Tensor> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  SequencedMap<String, Tensor> trained() {
    return Collections.unmodifiableSequencedMap(trained);
  }

  SequencedMap<String, Tensor> opponent() {
    return Collections.unmodifiableSequencedMap(opponent);
  }

  SequencedMap<String, Tensor> statistics() {
    return Collections.unmodifiableSequencedMap(statistics);
  }

  /// A linear layer `name.linear`, and a normalisation `name.norm` after it.
  ///
  /// @param wide whether it is a [WideInput]
  Layer hiddenLayer(
      String name, int inputs, int outputs, Normalization normalization, boolean wide) {
    return layer(name, name + ".linear.", inputs, outputs, normalization, wide);
  }

  /// A linear layer of this name, and a normalisation `name.norm` after it.
  ///
  /// @param wide whether it is a [WideInput]
  Layer head(String name, int inputs, int outputs, Normalization normalization, boolean wide) {
    return layer(name, name + ".", inputs, outputs, normalization, wide);
  }

  private Layer layer(
      String name,
      String linear,
      int inputs,
      int outputs,
      Normalization normalization,
      boolean wide) {
    boolean biasCancels = normalization == Normalization.BATCH;
    Tensor weight = parameter(linear + "weight", inputs, true, outputs, inputs);
    return new Layer(
        name,
        weight,
        parameter(linear + "bias", inputs, !biasCancels, outputs),
        norm(name + ".norm.", inputs, outputs, normalization),
        wide ? Optional.of(new WideInput(weight, precision == Precision.BF16)) : Optional.empty());
  }

  private Layer.Norm norm(String prefix, int inputs, int size, Normalization normalization) {
    return switch (normalization) {
      case NONE -> new Layer.Norm.None();
      case LAYER ->
          new Layer.Norm.Units(
              parameter(prefix + "weight", inputs, true, size),
              parameter(prefix + "bias", inputs, true, size));
      case BATCH ->
          new Layer.Norm.Batch(
              parameter(prefix + "weight", inputs, true, size),
              parameter(prefix + "bias", inputs, true, size),
              statistic(prefix + "running_mean", inputs, size),
              statistic(prefix + "running_var", inputs, size),
              constants);
    };
  }

  /// What a model or a reconstruction term brings.
  void extra(Extra extra) {
    switch (extra) {
      case Extra.Linear(String name, int inputs, int outputs) ->
          head(name, inputs, outputs, Normalization.NONE, false);
      case Extra.Values(String name, List<Integer> shape, int inputs, OptionalDouble constant) -> {
        int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
        Tensor parameter =
            constant.isPresent()
                ? filled(constant.getAsDouble(), lengths)
                : made(name, inputs, lengths);
        keep(name, parameter, true);
      }
    }
  }

  private Tensor parameter(String name, int inputs, boolean trains, int... shape) {
    return keep(name, made(name, inputs, shape), trains);
  }

  private Tensor keep(String name, Tensor parameter, boolean trains) {
    parameters.put(name, parameter);
    if (trains) {
      parameter.requireGradient();
      (name.startsWith(Extra.ADVERSARY) ? opponent : trained).put(name, parameter);
    }
    return parameter;
  }

  private Tensor statistic(String name, int inputs, int size) {
    Tensor statistic = made(name, inputs, size);
    statistics.put(name, statistic);
    return statistic;
  }

  private Tensor made(String name, int inputs, int... shape) {
    return tensor(initializer.values(name, inputs, count(shape)), shape);
  }

  private Tensor filled(double value, int... shape) {
    double[] values = new double[count(shape)];
    Arrays.fill(values, value);
    return tensor(values, shape);
  }

  private static int count(int... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private Tensor tensor(double[] values, int... shape) {
    long[] lengths = Arrays.stream(shape).asLongStream().toArray();
    return Tensor.of(precision.storage(), values, lengths).on(device);
  }
}
