package org.vaescape.engine;

import static org.vaescape.engine.NativeFloats.load;
import static org.vaescape.engine.NativeFloats.store;
import static org.vaescape.engine.VectorMath.SPECIES;
import static org.vaescape.engine.VectorMath.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// What [Elements] says of each operation, over numbers in native memory from these addresses on:
/// so many bytes of them, a whole number of vectors.
///
/// Factors are rounded to 32 bits first, and operations follow each other, as libtorch has them.
/// Each loop is a small method of its own, for the reason that [ElementKernels] gives.
final class ElementLoops {
  private static final int BYTES = SPECIES.vectorByteSize();

  private ElementLoops() {}

  static void fill(long to, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(broadcast(value), to + i);
    }
  }

  static void copy(long to, long from, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(from + i), to + i);
    }
  }

  static void times(long to, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).mul(value), to + i);
    }
  }

  static void plus(long to, long other, float factor, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(other + i).fma(broadcast(factor), load(to + i)), to + i);
    }
  }

  static void plus(long to, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).add(value), to + i);
    }
  }

  static void times(long to, long other, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).mul(load(other + i)), to + i);
    }
  }

  static void over(long to, long other, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).div(load(other + i)), to + i);
    }
  }

  static void sqrt(long to, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).sqrt(), to + i);
    }
  }

  static void abs(long to, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).abs(), to + i);
    }
  }

  static void sign(long to, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector x = load(to + i);
      store(
          FloatVector.zero(SPECIES)
              .blend(1f, x.compare(VectorOperators.GT, 0f))
              .blend(-1f, x.compare(VectorOperators.LT, 0f)),
          to + i);
    }
  }

  static void clamp(long to, float min, float max, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).max(min).min(max), to + i);
    }
  }

  static void fillWhere(long to, long other, float number, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).blend(value, load(other + i).compare(VectorOperators.EQ, number)), to + i);
    }
  }

  static void maximum(long to, long other, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).max(load(other + i)), to + i);
    }
  }

  /// From the nearer end, so that a weight of 1 gives the other to the last bit.
  static void lerp(long to, long other, float weight, long bytes) {
    boolean near = weight < 0.5f;
    float factor = near ? weight : weight - 1;
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector from = load(to + i);
      FloatVector end = load(other + i);
      store(end.sub(from).fma(broadcast(factor), near ? from : end), to + i);
    }
  }

  static void mixSquare(long to, long other, float keep, float weight, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector x = load(other + i);
      store(x.mul(weight).fma(x, load(to + i).mul(keep)), to + i);
    }
  }

  static void root(long to, long other, float factor, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(other + i).sqrt().fma(broadcast(factor), broadcast(value)), to + i);
    }
  }

  static void plusProduct(long to, long a, long b, float factor, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(a + i).mul(factor).fma(load(b + i), load(to + i)), to + i);
    }
  }

  static void plusQuotient(long to, long a, long b, float factor, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      store(load(to + i).add(load(a + i).mul(factor).div(load(b + i))), to + i);
    }
  }
}
