package org.vaescape.engine;

import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;

/// What a layer does to each of its numbers last, in the form that [WideOutput] computes.
///
/// Each loop is a small method of its own: in large ones the compiler gives up and puts every
/// vector on the heap.
public enum OutputFunction {
  IDENTITY {
    @Override
    void apply(float[] in, float[] out, int count) {
      System.arraycopy(in, 0, out, 0, count);
    }

    @Override
    void timesDerivative(float[] in, float[] out, float[] gradient, int count) {}
  },

  /// 1 / (1 + exp(-x)).
  SIGMOID {
    @Override
    void apply(float[] in, float[] out, int count) {
      for (int i = 0; i < count; i += LANES) {
        VectorMath.sigmoid(FloatVector.fromArray(SPECIES, in, i)).intoArray(out, i);
      }
    }

    @Override
    void timesDerivative(float[] in, float[] out, float[] gradient, int count) {
      for (int i = 0; i < count; i += LANES) {
        FloatVector y = FloatVector.fromArray(SPECIES, out, i);
        FloatVector slope = y.mul(VectorMath.broadcast(1f).sub(y));
        FloatVector.fromArray(SPECIES, gradient, i).mul(slope).intoArray(gradient, i);
      }
    }
  },

  /// log(1 + exp(x)).
  SOFTPLUS {
    @Override
    void apply(float[] in, float[] out, int count) {
      for (int i = 0; i < count; i += LANES) {
        VectorMath.softplus(FloatVector.fromArray(SPECIES, in, i)).intoArray(out, i);
      }
    }

    @Override
    void timesDerivative(float[] in, float[] out, float[] gradient, int count) {
      for (int i = 0; i < count; i += LANES) {
        FloatVector slope = VectorMath.sigmoid(FloatVector.fromArray(SPECIES, in, i));
        FloatVector.fromArray(SPECIES, gradient, i).mul(slope).intoArray(gradient, i);
      }
    }
  };

  /// out = f(in), of the first numbers of each.
  ///
  /// @param count a multiple of the vector's length, as below
  abstract void apply(float[] in, float[] out, int count);

  /// gradient = gradient x f'(in).
  ///
  /// @param out f(in)
  abstract void timesDerivative(float[] in, float[] out, float[] gradient, int count);
}
