package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Vectors round to the bits that one number does.
class RoundingLoopsTest {
  /// Zeros, the largest and smallest numbers, infinities, and NaNs of either sign and kind.
  private static final int[] SPECIAL = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x7f7fffff, 0xff7fffff,
    0x7f7f7fff, 0x7f7f8000, 0x7f800000, 0xff800000, 0x7f800001, 0xff800001, 0x7fc00000, 0xffc00000,
    0x7fffffff, 0xffffffff, 0x3f800000, 0x3f808000, 0x3f818000, 0x3f808001, 0x3f807fff, 0xbf808000
  };

  @Test
  void roundSpecialValuesAsOneNumberIs() {
    assertRoundAlike(SPECIAL);
  }

  @Test
  void roundAnyBitsAsOneNumberIs() {
    assertRoundAlike(new Random(5).ints(1 << 20).toArray());
  }

  @Test
  void roundEveryUpperHalfAtItsTies() {
    assertRoundAlike(
        IntStream.range(0, 1 << 16)
            .flatMap(upper -> IntStream.of(0x7fff, 0x8000, 0x8001).map(low -> upper << 16 | low))
            .toArray());
  }

  @Test
  void roundWhatIsNoWholeNumberOfVectorsAndNothingBeside() {
    for (int count = 0; count <= 40; count++) {
      try (Arena arena = Arena.ofConfined()) {
        int[] bits = new Random(count).ints(count + 2).toArray();
        MemorySegment from = arena.allocateFrom(JAVA_INT, bits);
        MemorySegment to = arena.allocate(JAVA_INT, count + 2L);
        RoundingLoops.toBfloat16(from, Float.BYTES, to, Float.BYTES, count);
        assertEquals(0, to.getAtIndex(JAVA_INT, 0));
        for (int i = 1; i <= count; i++) {
          assertEquals(rounded(bits[i]), to.getAtIndex(JAVA_INT, i));
        }
        assertEquals(0, to.getAtIndex(JAVA_INT, count + 1L));
        MemorySegment halves = arena.allocate(JAVA_SHORT, count + 2L);
        RoundingLoops.toHalves(from, Float.BYTES, halves, Short.BYTES, count);
        assertEquals(0, halves.getAtIndex(JAVA_SHORT, 0));
        for (int i = 1; i <= count; i++) {
          assertEquals(half(bits[i]), halves.getAtIndex(JAVA_SHORT, i));
        }
        assertEquals(0, halves.getAtIndex(JAVA_SHORT, count + 1L));
      }
    }
  }

  private static void assertRoundAlike(int[] bits) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocateFrom(JAVA_INT, bits);
      MemorySegment to = arena.allocate(JAVA_INT, bits.length);
      MemorySegment halves = arena.allocate(JAVA_SHORT, bits.length);
      RoundingLoops.toBfloat16(from, 0, to, 0, bits.length);
      RoundingLoops.toHalves(from, 0, halves, 0, bits.length);
      for (int i = 0; i < bits.length; i++) {
        int each = bits[i];
        assertEquals(rounded(each), to.getAtIndex(JAVA_INT, i), () -> "bits %08x".formatted(each));
        short half = halves.getAtIndex(JAVA_SHORT, i);
        assertEquals(half(each), half, () -> "bits %08x".formatted(each));
      }
    }
  }

  private static short half(int bits) {
    return (short) (rounded(bits) >>> 16);
  }

  private static int rounded(int bits) {
    return Float.floatToRawIntBits(Rounding.bfloat16(Float.intBitsToFloat(bits)));
  }
}
