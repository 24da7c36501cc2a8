package org.vaescape.engine;

import static org.vaescape.engine.NativeFloats.load;
import static org.vaescape.engine.NativeFloats.store;
import static org.vaescape.engine.VectorMath.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The loops of [OutputFunction] and [ElementError], apart from these so that they can be named
/// where the JVM has no vector module.
///
/// Each loop is a small method of its own, of one exponential or logarithm at the most: in larger
/// ones the compiler gives up and puts every vector on the heap. Numbers lie in native memory from
/// these addresses on: so many bytes of them, a whole number of vectors.
final class ElementKernels {
  private static final int BYTES = VectorMath.SPECIES.vectorByteSize();
  private static final float LOG_2 = (float) StrictMath.log(2);

  private ElementKernels() {}

  /// out = f(in).
  static void apply(OutputFunction function, long in, long out, long bytes) {
    switch (function) {
      case IDENTITY -> ElementLoops.copy(out, in, bytes);
      case SIGMOID -> sigmoid(in, out, bytes);
      case SOFTPLUS -> softplus(in, out, bytes);
    }
  }

  /// gradient = gradient x f'(in).
  ///
  /// @param out f(in)
  static void timesDerivative(
      OutputFunction function, long in, long out, long gradient, long bytes) {
    switch (function) {
      case IDENTITY -> {}
      case SIGMOID -> timesSigmoidsDerivative(out, gradient, bytes);
      case SOFTPLUS -> timesSoftplusDerivative(in, gradient, bytes);
    }
  }

  /// The error of each number, and its derivative by the output.
  static void apply(
      ElementError error, long output, long target, long errors, long derivatives, long bytes) {
    switch (error) {
      case ElementError.Squared(float factor, float constant) ->
          squared(factor, constant, output, target, errors, derivatives, bytes);
      case ElementError.Absolute(float scale, float constant) ->
          absolute(1 / scale, constant, output, target, errors, derivatives, bytes);
      case ElementError.LogCosh(float alpha) ->
          logCosh(alpha, output, target, errors, derivatives, bytes);
      case ElementError.Bernoulli() -> bernoulli(output, target, errors, derivatives, bytes);
    }
  }

  private static void sigmoid(long in, long out, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(VectorMath.sigmoid(load(in + i)), out + i);
    }
  }

  private static void timesSigmoidsDerivative(long out, long gradient, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector y = load(out + i);
      FloatVector slope = y.mul(broadcast(1f).sub(y));
      store(load(gradient + i).mul(slope), gradient + i);
    }
  }

  /// max(x, 0) + log(1 + exp(-|x|)), without overflow.
  private static void softplus(long in, long out, long bytes) {
    decays(in, out, bytes);
    softplusOfDecays(in, out, bytes);
  }

  private static void decays(long in, long out, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(VectorMath.exp(load(in + i).abs().neg()), out + i);
    }
  }

  private static void softplusOfDecays(long in, long out, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(in + i).max(0f).add(VectorMath.log1p(load(out + i))), out + i);
    }
  }

  private static void timesSoftplusDerivative(long in, long gradient, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector slope = VectorMath.sigmoid(load(in + i));
      store(load(gradient + i).mul(slope), gradient + i);
    }
  }

  private static FloatVector difference(long output, long target, long i) {
    return load(output + i).sub(load(target + i));
  }

  private static void squared(
      float factor,
      float constant,
      long output,
      long target,
      long errors,
      long derivatives,
      long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector difference = difference(output, target, i);
      FloatVector scaled = difference.mul(factor);
      store(scaled.fma(difference, broadcast(constant)), errors + i);
      store(scaled.add(scaled), derivatives + i);
    }
  }

  private static void absolute(
      float steepness,
      float constant,
      long output,
      long target,
      long errors,
      long derivatives,
      long bytes) {
    FloatVector slope = broadcast(steepness);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector difference = difference(output, target, i);
      store(difference.abs().fma(slope, broadcast(constant)), errors + i);
      store(
          difference
              .mul(0f) // NaN stays NaN
              .blend(slope, difference.compare(VectorOperators.GT, 0f))
              .blend(slope.neg(), difference.compare(VectorOperators.LT, 0f)),
          derivatives + i);
    }
  }

  /// With t = alpha (y - x) and q = exp(-2 |t|) the error is (|t| + log(1 + q) - log 2) / alpha,
  /// and its derivative (1 - q) / (1 + q) with the sign of t.
  private static void logCosh(
      float alpha, long output, long target, long errors, long derivatives, long bytes) {
    logCoshDecays(alpha, output, target, derivatives, bytes);
    logCoshErrors(alpha, output, target, derivatives, errors, bytes);
    logCoshDerivatives(output, target, derivatives, bytes);
  }

  private static void logCoshDecays(float alpha, long output, long target, long q, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector t = difference(output, target, i).mul(alpha);
      store(VectorMath.exp(t.abs().mul(-2f)), q + i);
    }
  }

  private static void logCoshErrors(
      float alpha, long output, long target, long q, long errors, long bytes) {
    FloatVector inverse = broadcast(1 / alpha);
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector t = difference(output, target, i).mul(alpha);
      store(t.abs().add(VectorMath.log1p(load(q + i))).sub(LOG_2).mul(inverse), errors + i);
    }
  }

  /// @param derivatives has q, and is overwritten
  private static void logCoshDerivatives(long output, long target, long derivatives, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector q = load(derivatives + i);
      FloatVector size = broadcast(1f).sub(q).div(q.add(1f));
      FloatVector difference = difference(output, target, i);
      store(size.blend(size.neg(), difference.compare(VectorOperators.LT, 0f)), derivatives + i);
    }
  }

  private static void bernoulli(
      long output, long target, long errors, long derivatives, long bytes) {
    softplus(output, errors, bytes);
    ElementLoops.plusProduct(errors, output, target, -1, bytes);
    sigmoid(output, derivatives, bytes);
    ElementLoops.plus(derivatives, target, -1, bytes);
  }
}
