package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small files that unpack to more than there is memory, or to no end.
class BombsTest {
  private static final String END =
      ", which no real data reach; it is damaged, or made to fill memory";

  @TempDir private Path folder;

  /// Rows that nobody keeps: what stops the reader is not that memory is full.
  private static final class NoRows implements Rows {
    @Override
    public void add(float[] row) {}

    @Override
    public GeneValues rows() {
      throw new IllegalStateException("read to the end");
    }

    @Override
    public GeneValues columns(int width) {
      throw new IllegalStateException("read to the end");
    }
  }

  private String message(Path file) {
    return Written.message(folder, () -> MatrixFile.read(file, Orientation.AUTO, "", new NoRows()));
  }

  @Test
  void refusesEmptyLinesWithoutEnd() throws IOException {
    Path file = folder.resolve("x.tsv.gz");
    byte[] lines = Written.gzip(String.valueOf('\n').repeat(1 << 20));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(Written.gzip("gene\tS1\nA1BG\t1\n"));
      for (int i = 0; i < 300; i++) {
        out.write(lines);
      }
    }
    String message = message(file);
    assertTrue(
        message.startsWith("x.tsv.gz: its " + Files.size(file) + " bytes unpack to 268"), message);
    assertTrue(message.endsWith(END), message);
  }

  @Test
  void refusesALineWithoutEnd() throws IOException {
    Path file = folder.resolve("x.tsv.zst");
    byte[] names = "a\t".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 300; i++) {
        out.write(names);
      }
    }
    assertEquals(
        "x.tsv.zst cannot be read after 0 complete rows: line 1 is longer than 256 MiB, which no line of a matrix is",
        message(file));
  }

  @Test
  void refusesATableOfLabelsThatIsNoSmallTable() throws IOException {
    Path file =
        Files.writeString(folder.resolve("labels.tsv"), "sample\tlabel\n" + "S\tx\n".repeat(200));
    try (FileChannel end = FileChannel.open(file, StandardOpenOption.WRITE)) {
      end.write(ByteBuffer.allocate(1), 1 << 28);
    }
    assertEquals(
        "labels.tsv has more than 256 MiB, which a table about samples or runs never has; is it the matrix?",
        Written.message(folder, () -> LabelsFile.read(file)));
  }

  @Test
  void refusesAnArrayOfZerosWithoutEnd() throws IOException {
    Path file = folder.resolve("x.npz");
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(Written.npy("<f4", false, "200000000, 100000", _ -> {}));
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("X.npy"));
      out.write(header.toByteArray());
      for (int i = 0; i < 300; i++) {
        out.write(zeros);
      }
    }
    String message = message(file);
    assertTrue(
        message.startsWith("x.npz: its " + Files.size(file) + " bytes unpack to 26"), message);
    assertTrue(message.endsWith(END), message);
  }

  @Test
  void saysHowToCompressWhatTakesTooMuchMemory() throws IOException {
    // As `zstd --long=30` begins a file, which asks whoever unpacks it for 1 GiB.
    byte[] text = "gene\tS1\nA1BG\t1\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0xfd2fb528).put((byte) 0); // magic, no size of the content
    frame.put((byte) ((30 - 10) << 3)); // a window of 2^30 bytes
    frame.put((byte) (text.length << 3 | 1)).putShort((short) 0); // the last block, as it is
    frame.put(text);
    Path file = Written.bytes(folder, "x.tsv.zst", Arrays.copyOf(frame.array(), frame.position()));
    assertEquals(
        "x.tsv.zst cannot be read: it needs more than 128 MiB to be unpacked; compress it without --long",
        message(file));
  }
}
