package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

final class ZstandardStreamTest {
  private static byte[] unpack(byte[] packed) throws IOException {
    return new ZstandardStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  private static byte[] together(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  /// Sizes around those of the buffers, of what packs well and of what does not.
  @Test
  void givesBackWhatWasPacked() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    for (int size : new int[] {0, 1, 1 << 17, (1 << 17) + 1, 1 << 20, 5_000_000}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      byte[] zeros = new byte[size];
      assertArrayEquals(noise, unpack(Zstd.compress(noise)));
      assertArrayEquals(zeros, unpack(Zstd.compress(zeros)));
      assertArrayEquals(
          together(zeros, noise, zeros),
          unpack(together(Zstd.compress(zeros), Zstd.compress(noise), Zstd.compress(zeros))));
    }
  }

  @Test
  void saysOfEveryFrameThatItIsCut() throws IOException {
    byte[] content = new byte[1000];
    new SplittableRandom(1).nextBytes(content);
    byte[] one = Zstd.compress(content);
    byte[] two = together(one, one);
    for (int length = 0; length <= two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);
      if (length % one.length == 0) {
        assertEquals(length / one.length * content.length, unpack(cut).length);
      } else {
        assertThrows(EOFException.class, () -> unpack(cut));
      }
    }
  }

  /// As pzstd writes them, which tells the size of the next frame in one without content.
  @Test
  void passesOverFramesWithoutContent() throws IOException {
    byte[] content = {1, 2, 3};
    byte[] size = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 16, 0, 0, 0};
    assertEquals(Optional.of(Compression.ZSTANDARD), Compression.of(Arrays.copyOf(size, 4)));
    byte[] frame = Zstd.compress(content);
    assertArrayEquals(together(content, content), unpack(together(size, frame, size, frame)));
  }

  @Test
  void saysWhatIsDamaged() {
    byte[] packed = Zstd.compress(new byte[100]);
    packed[4] = (byte) (packed[4] | 8); // a bit that must be 0
    assertEquals(
        "Unsupported frame parameter",
        assertThrows(ZipException.class, () -> unpack(packed)).getMessage());
  }

  /// A stream may give less than is asked for.
  @Test
  void takesWhateverComes() throws IOException {
    byte[] content = new byte[300_000];
    new SplittableRandom(2).nextBytes(content);
    InputStream drops =
        new ByteArrayInputStream(together(Zstd.compress(content), Zstd.compress(content))) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 7));
          }
        };
    assertArrayEquals(together(content, content), new ZstandardStream(drops).readAllBytes());
  }
}
