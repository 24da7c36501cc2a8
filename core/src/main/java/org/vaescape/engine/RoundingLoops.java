package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What [Products#bfloat16] says, of many numbers in native memory, to the same bits.
///
/// Numbers are taken as their bits, so that a NaN passes as it is.
final class RoundingLoops {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int ALL_BUT_SIGN = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;

  private RoundingLoops() {}

  /// Rounds so many numbers from a byte of one memory to a byte of another.
  static void toBfloat16(
      MemorySegment from, long fromByte, MemorySegment to, long toByte, long count) {
    long bytes = count * Float.BYTES;
    long whole = count / LANES * LANES * Float.BYTES;
    vectors(from, fromByte, to, toByte, whole);
    for (long i = whole; i < bytes; i += Float.BYTES) {
      float value = from.get(ValueLayout.JAVA_FLOAT, fromByte + i);
      to.set(ValueLayout.JAVA_FLOAT, toByte + i, Products.bfloat16(value));
    }
  }

  private static void vectors(
      MemorySegment from, long fromByte, MemorySegment to, long toByte, long bytes) {
    for (long i = 0; i < bytes; i += SPECIES.vectorByteSize()) {
      IntVector bits = IntVector.fromMemorySegment(SPECIES, from, fromByte + i, ORDER);
      VectorMask<Integer> isNaN = bits.and(ALL_BUT_SIGN).compare(VectorOperators.GT, INFINITY);
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      bits.add(odd)
          .add(0x7fff)
          .and(0xffff0000)
          .blend(bits, isNaN)
          .intoMemorySegment(to, toByte + i, ORDER);
    }
  }
}
