package org.vaescape.engine;

import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;
import static org.vaescape.engine.VectorMath.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// How far an output is from a target, number by number, in the form that [WideOutput] computes.
///
/// Each loop is a small method of its own, for the reason that [OutputFunction] gives.
public sealed interface ElementError {

  /// The error of each number, and its derivative by the output.
  ///
  /// @param count a multiple of the vector's length; what the arrays hold beyond it is left alone
  void apply(float[] output, float[] target, float[] error, float[] derivative, int count);

  /// factor (y - x)^2 + constant.
  record Squared(float factor, float constant) implements ElementError {
    @Override
    public void apply(
        float[] output, float[] target, float[] error, float[] derivative, int count) {
      for (int i = 0; i < count; i += LANES) {
        FloatVector difference = difference(output, target, i);
        FloatVector scaled = difference.mul(factor);
        scaled.fma(difference, broadcast(constant)).intoArray(error, i);
        scaled.add(scaled).intoArray(derivative, i);
      }
    }
  }

  /// |y - x| / scale + constant, whose derivative is taken as 0 at 0.
  record Absolute(float scale, float constant) implements ElementError {
    @Override
    public void apply(
        float[] output, float[] target, float[] error, float[] derivative, int count) {
      FloatVector slope = broadcast(1 / scale);
      for (int i = 0; i < count; i += LANES) {
        FloatVector difference = difference(output, target, i);
        difference.abs().fma(slope, broadcast(constant)).intoArray(error, i);
        difference
            .mul(0f) // NaN stays NaN
            .blend(slope, difference.compare(VectorOperators.GT, 0f))
            .blend(slope.neg(), difference.compare(VectorOperators.LT, 0f))
            .intoArray(derivative, i);
      }
    }
  }

  /// (1/alpha) log cosh(alpha (y - x)). With q = exp(-2 |t|) it is |t| + log(1 + q) - log 2, and
  /// its derivative (1 - q) / (1 + q) with the sign of t, for t = alpha (y - x).
  record LogCosh(float alpha) implements ElementError {
    private static final float LOG_2 = (float) StrictMath.log(2);

    @Override
    public void apply(
        float[] output, float[] target, float[] error, float[] derivative, int count) {
      FloatVector inverse = broadcast(1 / alpha);
      for (int i = 0; i < count; i += LANES) {
        FloatVector t = difference(output, target, i).mul(alpha);
        FloatVector q = VectorMath.exp(t.abs().mul(-2f));
        t.abs().add(VectorMath.log1p(q)).sub(LOG_2).mul(inverse).intoArray(error, i);
        FloatVector size = broadcast(1f).sub(q).div(q.add(1f));
        size.blend(size.neg(), t.compare(VectorOperators.LT, 0f)).intoArray(derivative, i);
      }
    }
  }

  /// The cross-entropy of probabilities x with those of logits y: softplus(y) - x y.
  record Bernoulli() implements ElementError {
    @Override
    public void apply(
        float[] output, float[] target, float[] error, float[] derivative, int count) {
      for (int i = 0; i < count; i += LANES) {
        FloatVector y = FloatVector.fromArray(SPECIES, output, i);
        FloatVector x = FloatVector.fromArray(SPECIES, target, i);
        VectorMath.softplus(y).sub(x.mul(y)).intoArray(error, i);
        VectorMath.sigmoid(y).sub(x).intoArray(derivative, i);
      }
    }
  }

  private static FloatVector difference(float[] output, float[] target, int i) {
    return FloatVector.fromArray(SPECIES, output, i).sub(FloatVector.fromArray(SPECIES, target, i));
  }
}
