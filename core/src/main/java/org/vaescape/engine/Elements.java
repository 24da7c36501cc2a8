package org.vaescape.engine;

/// Numbers that a rule changes element by element, whatever they lie in: the language that
/// optimizers are written in, so that one text serves both ways to compute it.
///
/// A [Tensor] does each operation at once, over all its elements. An [ElementBlocks.Part] does all
/// of a step on one block of elements after the other, so that each number comes from memory once.
///
/// @param <E> what operations take as their operands
public interface Elements<E extends Elements<E>> {
  /// As many zeros, that stay from step to step.
  E state();

  /// Room for as many numbers, which are forgotten at the end of a step.
  E scratch();

  void fillInPlace(double value);

  void copyInPlace(E other);

  void timesInPlace(double value);

  /// this += factor x other.
  void plusInPlace(E other, double factor);

  /// this += value.
  void plusInPlace(double value);

  void timesInPlace(E other);

  void overInPlace(E other);

  void sqrtInPlace();

  void absInPlace();

  /// -1, 0 or 1; 0 of NaN.
  void signInPlace();

  /// The nearest number from `min` to `max`.
  void clampInPlace(double min, double max);

  /// Elements of this become `value` where those of `other` are `number`.
  void fillWhereInPlace(E other, double number, double value);

  /// this = the larger of this and other; NaN where one of them is.
  void maximumInPlace(E other);

  /// this += weight x (other - this).
  void lerpInPlace(E other, double weight);

  /// this = keep x this + (1 - keep) x other^2: a mean of squares that forgets.
  void mixSquareInPlace(E other, double keep);

  /// this = factor x sqrt(other) + value.
  void rootInPlace(E other, double factor, double value);

  /// this += factor x a x b.
  void plusProductInPlace(E a, E b, double factor);

  /// this += factor x a / b.
  void plusQuotientInPlace(E a, E b, double factor);
}
