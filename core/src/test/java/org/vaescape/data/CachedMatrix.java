package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.DataSettings.Scale;
import org.vaescape.data.DataSettings.Variability;

/// A matrix in a file, and a folder for what a cache keeps of it.
abstract class CachedMatrix {
  private static final int GENES = 40;
  private static final int SAMPLES = 30;
  static final long ENOUGH = 1L << 30;

  @TempDir Path folder;
  Path cached;
  Path file;

  @BeforeEach
  void writeMatrix() throws IOException {
    cached = folder.resolve("cache");
    file = Written.text(folder, "m.tsv", text(1));
  }

  /// Names that say nothing, so that reading leaves a note; values are missing, and a gene
  /// constant.
  static String text(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("x");
    for (int s = 0; s < SAMPLES; s++) {
      text.append("\tu").append(s);
    }
    for (int g = 0; g < GENES; g++) {
      text.append("\nv").append(g);
      for (int s = 0; s < SAMPLES; s++) {
        text.append('\t')
            .append(g == 0 ? 1 : g == 1 && s == 2 ? Double.NaN : random.nextInt(1000) / 64.0);
      }
    }
    return text.append('\n').toString();
  }

  static DataSettings settings(int keep) {
    DataSettings d = DataSettings.defaults();
    return settings(d.missing(), Fit.TRAIN, d.by(), keep, d.scale());
  }

  static DataSettings settings(Missing missing, Fit fit, Variability by, int keep, Scale scale) {
    DataSettings d = DataSettings.defaults();
    return new DataSettings(
        Orientation.AUTO,
        missing,
        d.counts(),
        fit,
        by,
        keep,
        scale,
        0.2,
        0.1,
        d.group(),
        d.stratify());
  }

  DataCache cache() {
    return DataCache.in(cached, ENOUGH);
  }

  PreparedData prepared(DataCache cache, int keep) {
    return cache.prepare(cache.read(file, Orientation.AUTO), Optional.empty(), settings(keep), 7);
  }

  PreparedData preparedAnew(int keep) {
    return Preparation.prepare(
        MatrixFile.read(file, Orientation.AUTO), Optional.empty(), settings(keep), 7);
  }

  List<Path> files(String kind) throws IOException {
    if (!Files.exists(cached)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cached)) {
      return all.filter(path -> path.toString().endsWith(kind)).sorted().toList();
    }
  }

  static void assertSame(Matrix expected, Matrix matrix) {
    assertEquals(expected.source(), matrix.source());
    assertEquals(expected.samples(), matrix.samples());
    assertEquals(expected.genes(), matrix.genes());
    assertArrayEquals(Written.byGene(expected), Written.byGene(matrix));
    assertEquals(expected.hash(), matrix.hash());
    assertEquals(expected.notes(), matrix.notes());
  }

  static void assertSame(PreparedData expected, PreparedData data) {
    assertEquals(expected.genes(), data.genes());
    assertArrayEquals(expected.training().values(), data.training().values());
    assertArrayEquals(expected.validation().values(), data.validation().values());
    assertArrayEquals(expected.test().values(), data.test().values());
    assertEquals(expected.training().samples(), data.training().samples());
    assertArrayEquals(expected.scaling().offset(), data.scaling().offset());
    assertArrayEquals(expected.scaling().scale(), data.scaling().scale());
    assertEquals(expected.clippedShare(), data.clippedShare());
    assertEquals(expected.hash(), data.hash());
    assertEquals(expected.notes(), data.notes());
  }
}
