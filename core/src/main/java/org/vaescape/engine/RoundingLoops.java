package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// What [Rounding#bfloat16] says, of many numbers in native memory, to the same bits.
///
/// Numbers are taken as their bits, so that a NaN passes as it is; in 16 bits, if what makes it one
/// is among its upper bits, as arithmetic makes them.
final class RoundingLoops {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

  /// Of as many numbers of half the size.
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  private static final int LANES = SPECIES.length();
  private static final int BYTES = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int ALL_BUT_SIGN = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;
  private static final int HALF_BITS = 16;

  private RoundingLoops() {}

  /// Rounds so many numbers from a byte of one memory to a byte of another.
  static void toBfloat16(
      MemorySegment from, long fromByte, MemorySegment to, long toByte, long count) {
    long whole = wholeVectors(count);
    toWide(from, fromByte, to, toByte, whole);
    for (long i = whole; i < count * Float.BYTES; i += Float.BYTES) {
      float value = from.get(ValueLayout.JAVA_FLOAT, fromByte + i);
      to.set(ValueLayout.JAVA_FLOAT, toByte + i, Rounding.bfloat16(value));
    }
  }

  /// The same to numbers of 16 bits.
  static void toHalves(
      MemorySegment from, long fromByte, MemorySegment to, long toByte, long count) {
    long whole = wholeVectors(count);
    toNarrow(from, fromByte, to, toByte, whole);
    for (long i = whole; i < count * Float.BYTES; i += Float.BYTES) {
      float value = from.get(ValueLayout.JAVA_FLOAT, fromByte + i);
      int bits = Float.floatToRawIntBits(Rounding.bfloat16(value));
      to.set(ValueLayout.JAVA_SHORT, toByte + i / 2, (short) (bits >>> HALF_BITS));
    }
  }

  /// Bytes of so many numbers that fill vectors.
  private static long wholeVectors(long count) {
    return count / LANES * BYTES;
  }

  private static void toWide(
      MemorySegment from, long fromByte, MemorySegment to, long toByte, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      rounded(IntVector.fromMemorySegment(SPECIES, from, fromByte + i, ORDER))
          .intoMemorySegment(to, toByte + i, ORDER);
    }
  }

  private static void toNarrow(
      MemorySegment from, long fromByte, MemorySegment to, long toByte, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      rounded(IntVector.fromMemorySegment(SPECIES, from, fromByte + i, ORDER))
          .lanewise(VectorOperators.LSHR, HALF_BITS)
          .convertShape(VectorOperators.I2S, HALVES, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(to, toByte + i / 2, ORDER);
    }
  }

  private static IntVector rounded(IntVector bits) {
    VectorMask<Integer> isNaN = bits.and(ALL_BUT_SIGN).compare(VectorOperators.GT, INFINITY);
    IntVector odd = bits.lanewise(VectorOperators.LSHR, HALF_BITS).and(1);
    return bits.add(odd).add(0x7fff).and(0xffff0000).blend(bits, isNaN);
  }
}
