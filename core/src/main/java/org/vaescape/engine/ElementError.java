package org.vaescape.engine;

/// How far an output y is from a target x, number by number, as [WideOutput] knows it.
public sealed interface ElementError {

  /// factor (y - x)^2 + constant.
  record Squared(float factor, float constant) implements ElementError {}

  /// |y - x| / scale + constant, whose derivative is taken as 0 at 0.
  record Absolute(float scale, float constant) implements ElementError {}

  /// (1/alpha) log cosh(alpha (y - x)).
  record LogCosh(float alpha) implements ElementError {}

  /// The cross-entropy of probabilities x with those of logits y: log(1 + exp(y)) - x y.
  record Bernoulli() implements ElementError {}
}
