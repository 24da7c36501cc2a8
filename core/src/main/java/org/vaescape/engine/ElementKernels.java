package org.vaescape.engine;

import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;
import static org.vaescape.engine.VectorMath.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The loops of [OutputFunction] and [ElementError], apart from these so that they can be named
/// where the JVM has no vector module.
///
/// Each loop is a small method of its own: in large ones the compiler gives up and puts every
/// vector on the heap. Counts are multiples of a vector's length; what arrays hold beyond them is
/// left alone.
final class ElementKernels {
  private static final float LOG_2 = (float) StrictMath.log(2);

  private ElementKernels() {}

  /// out = f(in).
  static void apply(OutputFunction function, float[] in, float[] out, int count) {
    switch (function) {
      case IDENTITY -> System.arraycopy(in, 0, out, 0, count);
      case SIGMOID -> sigmoid(in, out, count);
      case SOFTPLUS -> softplus(in, out, count);
    }
  }

  /// gradient = gradient x f'(in).
  ///
  /// @param out f(in)
  static void timesDerivative(
      OutputFunction function, float[] in, float[] out, float[] gradient, int count) {
    switch (function) {
      case IDENTITY -> {}
      case SIGMOID -> timesSigmoidsDerivative(out, gradient, count);
      case SOFTPLUS -> timesSoftplusDerivative(in, gradient, count);
    }
  }

  /// The error of each number, and its derivative by the output.
  static void apply(
      ElementError error,
      float[] output,
      float[] target,
      float[] errors,
      float[] derivatives,
      int count) {
    switch (error) {
      case ElementError.Squared(float factor, float constant) ->
          squared(factor, constant, output, target, errors, derivatives, count);
      case ElementError.Absolute(float scale, float constant) ->
          absolute(1 / scale, constant, output, target, errors, derivatives, count);
      case ElementError.LogCosh(float alpha) ->
          logCosh(alpha, output, target, errors, derivatives, count);
      case ElementError.Bernoulli() -> bernoulli(output, target, errors, derivatives, count);
    }
  }

  private static void sigmoid(float[] in, float[] out, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.sigmoid(FloatVector.fromArray(SPECIES, in, i)).intoArray(out, i);
    }
  }

  private static void timesSigmoidsDerivative(float[] out, float[] gradient, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, out, i);
      FloatVector slope = y.mul(broadcast(1f).sub(y));
      FloatVector.fromArray(SPECIES, gradient, i).mul(slope).intoArray(gradient, i);
    }
  }

  private static void softplus(float[] in, float[] out, int count) {
    for (int i = 0; i < count; i += LANES) {
      VectorMath.softplus(FloatVector.fromArray(SPECIES, in, i)).intoArray(out, i);
    }
  }

  private static void timesSoftplusDerivative(float[] in, float[] gradient, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector slope = VectorMath.sigmoid(FloatVector.fromArray(SPECIES, in, i));
      FloatVector.fromArray(SPECIES, gradient, i).mul(slope).intoArray(gradient, i);
    }
  }

  private static FloatVector difference(float[] output, float[] target, int i) {
    return FloatVector.fromArray(SPECIES, output, i).sub(FloatVector.fromArray(SPECIES, target, i));
  }

  private static void squared(
      float factor,
      float constant,
      float[] output,
      float[] target,
      float[] errors,
      float[] derivatives,
      int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector difference = difference(output, target, i);
      FloatVector scaled = difference.mul(factor);
      scaled.fma(difference, broadcast(constant)).intoArray(errors, i);
      scaled.add(scaled).intoArray(derivatives, i);
    }
  }

  private static void absolute(
      float steepness,
      float constant,
      float[] output,
      float[] target,
      float[] errors,
      float[] derivatives,
      int count) {
    FloatVector slope = broadcast(steepness);
    for (int i = 0; i < count; i += LANES) {
      FloatVector difference = difference(output, target, i);
      difference.abs().fma(slope, broadcast(constant)).intoArray(errors, i);
      difference
          .mul(0f) // NaN stays NaN
          .blend(slope, difference.compare(VectorOperators.GT, 0f))
          .blend(slope.neg(), difference.compare(VectorOperators.LT, 0f))
          .intoArray(derivatives, i);
    }
  }

  /// With t = alpha (y - x) and q = exp(-2 |t|) the error is (|t| + log(1 + q) - log 2) / alpha,
  /// and its derivative (1 - q) / (1 + q) with the sign of t.
  private static void logCosh(
      float alpha, float[] output, float[] target, float[] errors, float[] derivatives, int count) {
    FloatVector inverse = broadcast(1 / alpha);
    for (int i = 0; i < count; i += LANES) {
      FloatVector t = difference(output, target, i).mul(alpha);
      FloatVector q = VectorMath.exp(t.abs().mul(-2f));
      t.abs().add(VectorMath.log1p(q)).sub(LOG_2).mul(inverse).intoArray(errors, i);
      FloatVector size = broadcast(1f).sub(q).div(q.add(1f));
      size.blend(size.neg(), t.compare(VectorOperators.LT, 0f)).intoArray(derivatives, i);
    }
  }

  private static void bernoulli(
      float[] output, float[] target, float[] errors, float[] derivatives, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, output, i);
      FloatVector x = FloatVector.fromArray(SPECIES, target, i);
      VectorMath.softplus(y).sub(x.mul(y)).intoArray(errors, i);
      VectorMath.sigmoid(y).sub(x).intoArray(derivatives, i);
    }
  }
}
