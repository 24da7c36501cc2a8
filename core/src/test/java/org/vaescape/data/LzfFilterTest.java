package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LzfFilterTest {
  private static byte[] decode(int size, int... packed) {
    byte[] bytes = new byte[packed.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) packed[i];
    }
    return new LzfFilter().decode(bytes, new int[] {4, 0, size});
  }

  /// As h5py writes about one in ten thousand chunks that hardly shrink.
  @Test
  void unpacksWhatIsAsLargePacked() {
    byte[] text = "abcabc".getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(text, decode(6, 2, 'a', 'b', 'c', 0x20, 2));
  }

  @Test
  void leavesWhatDidNotShrinkAsItIs() {
    assertArrayEquals(new byte[] {9, 1, 2, 3}, decode(4, 9, 1, 2, 3));
    assertArrayEquals(new byte[] {0, 1, 0, 2}, decode(4, 0, 1, 0, 2));
  }

  @Test
  void noticesDamage() {
    assertThrows(IndexOutOfBoundsException.class, () -> decode(40, 9, 1, 2, 3));
  }
}
