package org.vaescape.engine;

/// What a layer does to each of its numbers last, as [WideOutput] knows it.
public enum OutputFunction {
  IDENTITY,

  /// 1 / (1 + exp(-x)).
  SIGMOID,

  /// log(1 + exp(x)).
  SOFTPLUS
}
