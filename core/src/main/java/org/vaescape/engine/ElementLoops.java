package org.vaescape.engine;

import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;
import static org.vaescape.engine.VectorMath.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// What [Elements] says of each operation, over the first numbers of arrays: `count` of them, a
/// multiple of [VectorMath#LANES].
///
/// Factors are rounded to 32 bits first, and operations follow each other, as libtorch has them.
/// Each loop is a small method of its own, for the reason that [OutputFunction] gives.
final class ElementLoops {
  private ElementLoops() {}

  private static FloatVector load(float[] numbers, int i) {
    return FloatVector.fromArray(SPECIES, numbers, i);
  }

  static void fill(float[] to, float value, int count) {
    for (int i = 0; i < count; i += LANES) {
      broadcast(value).intoArray(to, i);
    }
  }

  static void copy(float[] to, float[] from, int count) {
    System.arraycopy(from, 0, to, 0, count);
  }

  static void times(float[] to, float value, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).mul(value).intoArray(to, i);
    }
  }

  static void plus(float[] to, float[] other, float factor, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(other, i).fma(broadcast(factor), load(to, i)).intoArray(to, i);
    }
  }

  static void plus(float[] to, float value, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).add(value).intoArray(to, i);
    }
  }

  static void times(float[] to, float[] other, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).mul(load(other, i)).intoArray(to, i);
    }
  }

  static void over(float[] to, float[] other, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).div(load(other, i)).intoArray(to, i);
    }
  }

  static void sqrt(float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).sqrt().intoArray(to, i);
    }
  }

  static void abs(float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).abs().intoArray(to, i);
    }
  }

  static void sign(float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector x = load(to, i);
      FloatVector.zero(SPECIES)
          .blend(1f, x.compare(VectorOperators.GT, 0f))
          .blend(-1f, x.compare(VectorOperators.LT, 0f))
          .intoArray(to, i);
    }
  }

  static void clamp(float[] to, float min, float max, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).max(min).min(max).intoArray(to, i);
    }
  }

  static void fillWhere(float[] to, float[] other, float number, float value, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i)
          .blend(value, load(other, i).compare(VectorOperators.EQ, number))
          .intoArray(to, i);
    }
  }

  static void maximum(float[] to, float[] other, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).max(load(other, i)).intoArray(to, i);
    }
  }

  /// From the nearer end, so that a weight of 1 gives the other to the last bit.
  static void lerp(float[] to, float[] other, float weight, int count) {
    boolean near = weight < 0.5f;
    float factor = near ? weight : weight - 1;
    for (int i = 0; i < count; i += LANES) {
      FloatVector from = load(to, i);
      FloatVector end = load(other, i);
      end.sub(from).fma(broadcast(factor), near ? from : end).intoArray(to, i);
    }
  }

  static void plusProduct(float[] to, float[] a, float[] b, float factor, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(a, i).mul(factor).fma(load(b, i), load(to, i)).intoArray(to, i);
    }
  }

  static void plusQuotient(float[] to, float[] a, float[] b, float factor, int count) {
    for (int i = 0; i < count; i += LANES) {
      load(to, i).add(load(a, i).mul(factor).div(load(b, i))).intoArray(to, i);
    }
  }
}
