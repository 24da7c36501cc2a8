package org.vaescape.engine;

import static org.vaescape.engine.VectorMath.SPECIES;
import static org.vaescape.engine.VectorMath.broadcast;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// What [Elements] says of each operation, over the first numbers of arrays in native memory: so
/// many bytes of them, a whole number of vectors.
///
/// Factors are rounded to 32 bits first, and operations follow each other, as libtorch has them.
/// Each loop is a small method of its own, for the reason that [ElementKernels] gives.
final class ElementLoops {
  private static final int BYTES = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private ElementLoops() {}

  private static FloatVector load(MemorySegment numbers, long i) {
    return FloatVector.fromMemorySegment(SPECIES, numbers, i, ORDER);
  }

  static void fill(MemorySegment to, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      broadcast(value).intoMemorySegment(to, i, ORDER);
    }
  }

  static void copy(MemorySegment to, MemorySegment from, long bytes) {
    MemorySegment.copy(from, 0, to, 0, bytes);
  }

  static void times(MemorySegment to, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).mul(value).intoMemorySegment(to, i, ORDER);
    }
  }

  static void plus(MemorySegment to, MemorySegment other, float factor, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(other, i).fma(broadcast(factor), load(to, i)).intoMemorySegment(to, i, ORDER);
    }
  }

  static void plus(MemorySegment to, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).add(value).intoMemorySegment(to, i, ORDER);
    }
  }

  static void times(MemorySegment to, MemorySegment other, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).mul(load(other, i)).intoMemorySegment(to, i, ORDER);
    }
  }

  static void over(MemorySegment to, MemorySegment other, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).div(load(other, i)).intoMemorySegment(to, i, ORDER);
    }
  }

  static void sqrt(MemorySegment to, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).sqrt().intoMemorySegment(to, i, ORDER);
    }
  }

  static void abs(MemorySegment to, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).abs().intoMemorySegment(to, i, ORDER);
    }
  }

  static void sign(MemorySegment to, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector x = load(to, i);
      FloatVector.zero(SPECIES)
          .blend(1f, x.compare(VectorOperators.GT, 0f))
          .blend(-1f, x.compare(VectorOperators.LT, 0f))
          .intoMemorySegment(to, i, ORDER);
    }
  }

  static void clamp(MemorySegment to, float min, float max, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).max(min).min(max).intoMemorySegment(to, i, ORDER);
    }
  }

  static void fillWhere(
      MemorySegment to, MemorySegment other, float number, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i)
          .blend(value, load(other, i).compare(VectorOperators.EQ, number))
          .intoMemorySegment(to, i, ORDER);
    }
  }

  static void maximum(MemorySegment to, MemorySegment other, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).max(load(other, i)).intoMemorySegment(to, i, ORDER);
    }
  }

  /// From the nearer end, so that a weight of 1 gives the other to the last bit.
  static void lerp(MemorySegment to, MemorySegment other, float weight, long bytes) {
    boolean near = weight < 0.5f;
    float factor = near ? weight : weight - 1;
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector from = load(to, i);
      FloatVector end = load(other, i);
      end.sub(from).fma(broadcast(factor), near ? from : end).intoMemorySegment(to, i, ORDER);
    }
  }

  static void mixSquare(
      MemorySegment to, MemorySegment other, float keep, float weight, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      FloatVector x = load(other, i);
      x.mul(weight).fma(x, load(to, i).mul(keep)).intoMemorySegment(to, i, ORDER);
    }
  }

  static void root(MemorySegment to, MemorySegment other, float factor, float value, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(other, i)
          .sqrt()
          .fma(broadcast(factor), broadcast(value))
          .intoMemorySegment(to, i, ORDER);
    }
  }

  static void plusProduct(
      MemorySegment to, MemorySegment a, MemorySegment b, float factor, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(a, i).mul(factor).fma(load(b, i), load(to, i)).intoMemorySegment(to, i, ORDER);
    }
  }

  static void plusQuotient(
      MemorySegment to, MemorySegment a, MemorySegment b, float factor, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      load(to, i).add(load(a, i).mul(factor).div(load(b, i))).intoMemorySegment(to, i, ORDER);
    }
  }
}
