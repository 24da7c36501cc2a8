package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is refused beside the files of `bad`, which `BadFilesTest` tries.
class BadMatrixTest {
  @TempDir private Path folder;

  private String message(Path path) {
    return Written.message(folder, () -> MatrixFile.read(path, Orientation.AUTO));
  }

  static Stream<Arguments> badTexts() {
    return Stream.of(
        Arguments.of(
            "sample\tS1\tS2\nTP53\t1\t2\t\n",
            "x.tsv, line 2 (row TP53): has 4 columns where line 1 has 3"),
        Arguments.of(
            "S1\tS2\tS1\nTP53\t1\t2\t3\n",
            "x.tsv, line 1: columns 1 and 3 have the same name 'S1'"),
        Arguments.of(
            "sample\tS1\tS2\nTP53\t1\t2\n\nKRAS\t1\n",
            "x.tsv, line 4 (row KRAS): has 2 columns where line 1 has 3"),
        Arguments.of(
            "sample\tS1\nTP53\t" + "y".repeat(50) + "\n",
            "x.tsv, line 2, column 2 (row TP53, column S1): a value must be a finite number but was"
                + " '"
                + "y".repeat(40)
                + "...'"));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void refusesBadTextWithItsPlace(String content, String message) throws IOException {
    assertEquals(message, message(Written.text(folder, "x.tsv", content)));
  }

  @Test
  void refusesAMissingFile() {
    Path path = Path.of("nowhere", "x.tsv");
    assertEquals("nowhere/x.tsv does not exist (" + path.toAbsolutePath() + ")", message(path));
  }

  @Test
  void refusesADirectory() throws IOException {
    assertEquals(
        "d.tsv is a directory; name a file in it",
        message(Files.createDirectory(folder.resolve("d.tsv"))));
  }

  @Test
  void refusesTextNamedGz() throws IOException {
    assertEquals(
        "x.gz is named .gz but is not a gzip file: it begins with the bytes 73 61 6d 70, not 1f 8b",
        message(Written.text(folder, "x.gz", "sample\tS1\nTP53\t1\n")));
  }

  @Test
  void refusesAnEmptyGzip() throws IOException {
    assertEquals("x.gz is empty", message(Written.bytes(folder, "x.gz", Written.gzip(""))));
    assertEquals("y.gz is empty", message(Written.text(folder, "y.gz", "")));
  }

  @Test
  void refusesATruncatedGzipWithTheRowsThatAreThere() throws IOException {
    StringBuilder text = new StringBuilder("sample\tS1\tS2\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int g = 0; g < 20_000; g++) {
      text.append("G%d\t%s\t%s\n".formatted(g, random.nextDouble(), random.nextDouble()));
    }
    byte[] whole = Written.gzip(text.toString());
    Path path = Written.bytes(folder, "x.gz", Arrays.copyOf(whole, whole.length / 2));
    String message = message(path);
    String rows = message.replaceAll("\\D+", " ").strip();
    assertEquals(
        "x.gz is cut short after %s complete rows: the rest is missing; copy or download it again"
            .formatted(rows),
        message);
    assertEquals(10_000, Integer.parseInt(rows), 500);
    assertEquals(
        "y.gz is cut short: the rest is missing; copy or download it again",
        message(Written.bytes(folder, "y.gz", Arrays.copyOf(whole, 5))));
    assertEquals(
        "z.gz is cut short after 20000 complete rows: the rest is missing; copy or download it"
            + " again",
        message(Written.bytes(folder, "z.gz", Arrays.copyOf(whole, whole.length - 1))));
  }

  @Test
  void refusesADamagedGzip() throws IOException {
    byte[] bytes = Written.gzip("sample\tS1\nTP53\t1\n");
    bytes[bytes.length - 5] ^= 1; // in the checksum
    assertEquals(
        "x.gz is damaged after 1 complete rows: Corrupt GZIP trailer; copy or download it again",
        message(Written.bytes(folder, "x.gz", bytes)));
  }

  @Test
  void refusesBadNumPyFiles() throws IOException {
    assertEquals(
        "a.npy: must hold real numbers of at most 8 bytes but holds complex numbers (>c8); convert it with array.real",
        message(
            Written.bytes(folder, "a.npy", Written.npy(">c8", false, "1, 1", b -> b.putInt(0)))));
    assertEquals(
        "b.npy: must have 2 dimensions, samples x genes, but its shape is (3,)",
        message(Written.bytes(folder, "b.npy", Written.npy("<f4", false, "3,", b -> b.putInt(0)))));
    assertEquals(
        "c.npy is cut short after 1 of 2 samples: the rest is missing; copy or download it again",
        message(
            Written.bytes(
                folder, "c.npy", Written.npy("<f4", false, "2, 2", b -> b.putLong(0).putInt(0)))));
    assertEquals(
        "d.npy: goes on after the 1 x 1 values that its header announces",
        message(
            Written.bytes(folder, "d.npy", Written.npy("<f4", false, "1, 1", b -> b.putLong(0)))));
    assertEquals(
        "e.npy, sample s1, gene g2: a value must be a finite number but was -inf",
        message(
            Written.bytes(
                folder,
                "e.npy",
                Written.npy(
                    "<f8",
                    false,
                    "1, 2",
                    b -> b.putDouble(1).putDouble(Double.NEGATIVE_INFINITY)))));
    assertEquals(
        "f.npy: must have from 1 to 268435455 samples and genes but its shape says 0",
        message(Written.bytes(folder, "f.npy", Written.npy("<f4", false, "0, 2", _ -> {}))));
    byte[] magic = new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    assertEquals(
        "g.npy: must have a header of one plain array, with descr, fortran_order and shape, but has"
            + " ''",
        message(Written.bytes(folder, "g.npy", magic)));
  }

  @Test
  void quotesTheValueAsTheFileHasIt() throws IOException {
    byte[] latin1 = "sample\tS1\nTP53\t1\u00b5\n".getBytes(StandardCharsets.UTF_8);
    assertTrue(message(Written.bytes(folder, "x.tsv", latin1)).endsWith("'1µ'"));
  }
}
