package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.DataSettings.Log;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.DataSettings.Normalize;
import org.vaescape.data.DataSettings.Scale;
import org.vaescape.data.DataSettings.Variability;

/// What is read and prepared by way of the cache is what it would be without it.
class DataCacheTest extends CachedMatrix {
  @ParameterizedTest
  @ValueSource(strings = {"genes-in-rows", "genes-in-columns", "auto"})
  void readsOnceWhatMatrixFileReads(String word) throws IOException {
    Orientation orientation = Orientation.of(word);
    Matrix expected = MatrixFile.read(file, orientation);
    Set<Object> made = new HashSet<>();
    for (int start = 0; start < 3; start++) {
      try (DataCache cache = cache()) {
        assertSame(expected, cache.read(file, orientation));
        made.add(identity(files(".matrix")));
      }
    }
    assertEquals(1, made.size());
  }

  /// Of the one file: another one of the same name and content has another.
  private static Object identity(List<Path> files) throws IOException {
    assertEquals(1, files.size());
    return Objects.requireNonNull(
        Files.readAttributes(files.getFirst(), BasicFileAttributes.class).fileKey());
  }

  @Test
  void preparesOnceWhatPreparationPrepares() throws IOException {
    PreparedData expected = preparedAnew(10);
    assertEquals(3, expected.notes().size(), expected.notes().toString());
    try (DataCache cache = cache()) {
      assertSame(expected, prepared(cache, 10));
    }
    FileTime before = Files.getLastModifiedTime(files(".parts").getFirst());
    Object made = identity(files(".parts"));
    Files.setLastModifiedTime(files(".parts").getFirst(), FileTime.fromMillis(0));
    try (DataCache cache = cache()) {
      assertSame(expected, prepared(cache, 10));
    }
    assertEquals(made, identity(files(".parts")));
    assertTrue(Files.getLastModifiedTime(files(".parts").getFirst()).compareTo(before) >= 0);
    assertEquals(List.of(), files(".new"));
  }

  @Test
  void makesAnewWhatIsSetOtherwiseOrHasOtherContent() throws IOException {
    try (DataCache cache = cache()) {
      prepared(cache, 10);
      assertSame(preparedAnew(11), prepared(cache, 11));
      assertEquals(2, files(".parts").size());
      assertEquals(1, files(".matrix").size());
      Written.text(folder, "m.tsv", text(2));
      assertSame(preparedAnew(10), prepared(cache, 10));
      assertEquals(3, files(".parts").size());
      assertEquals(2, files(".matrix").size());
    }
  }

  /// What was done to counts comes back with the numbers that came of it.
  @ParameterizedTest
  @EnumSource(Normalize.class)
  void preparesCountsOnce(Normalize normalize) throws IOException {
    DataSettings d = settings(10);
    DataSettings settings = d.with(new Counts(normalize, Log.LOG2));
    Matrix matrix = MatrixFile.read(file, Orientation.AUTO);
    PreparedData expected = Preparation.prepare(matrix, Optional.empty(), settings, 7);
    assertEquals("log2", expected.scaling().counts().log());
    for (int start = 0; start < 2; start++) {
      try (DataCache cache = cache()) {
        PreparedData data =
            cache.prepare(cache.read(file, Orientation.AUTO), Optional.empty(), settings, 7);
        assertSame(expected, data);
        assertEquals(expected.scaling().counts(), data.scaling().counts());
        assertNotEquals(prepared(cache, 10).hash(), data.hash());
      }
    }
    assertEquals(2, files(".parts").size());
  }

  @Test
  void namesTheFileThatIsRead() throws IOException {
    try (DataCache cache = cache()) {
      prepared(cache, 10);
      file = Files.copy(file, folder.resolve("copy.tsv"));
      PreparedData copy = prepared(cache, 10);
      assertEquals(1, files(".matrix").size());
      assertEquals(1, files(".parts").size());
      assertSame(preparedAnew(10), copy);
      copy.notes().forEach(note -> assertTrue(note.startsWith(file + ": "), note));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.6, 0.9, 0.99, 1})
  void noticesDamage(double where) throws IOException {
    try (DataCache cache = cache()) {
      prepared(cache, 10);
      cache.recall("what", () -> List.of("found"));
    }
    for (String kind : List.of(".matrix", ".parts", ".texts")) {
      Path path = files(kind).getFirst();
      byte[] good = Files.readAllBytes(path);
      byte[] bad = good.clone();
      bad[(int) (where * (good.length - 1))] ^= 4;
      noticesDamage(path, bad);
      noticesDamage(path, java.util.Arrays.copyOf(good, (int) (where * (good.length - 1))));
      assertArrayEquals(good, Files.readAllBytes(path), kind);
    }
  }

  private void noticesDamage(Path path, byte[] bad) throws IOException {
    Files.write(path, bad);
    if (path.toString().endsWith(".matrix")) {
      for (Path parts : files(".parts")) {
        Files.delete(parts); // else nobody would look at the matrix
      }
    }
    try (DataCache cache = cache()) {
      assertSame(preparedAnew(10), prepared(cache, 10));
      assertEquals(List.of("found"), cache.recall("what", () -> List.of("found")));
      assertEquals(Optional.empty(), cache.trouble());
    }
  }

  @Test
  void refusesOtherValuesThanItBeganWith() throws IOException {
    try (DataCache cache = cache()) {
      cache.read(file, Orientation.AUTO);
      Matrix matrix = cache.read(file, Orientation.AUTO);
      Path path = files(".matrix").getFirst();
      byte[] bytes = Files.readAllBytes(path);
      bytes[5] ^= 1;
      Files.write(path, bytes);
      Written.text(folder, "m.tsv", text(2));
      assertEquals(
          "m.tsv has changed since it was read; start again",
          Written.message(folder, () -> matrix.values().of(0)));
    }
  }

  @Test
  void readsAnewWhatIsDamagedWhileItIsInUse() throws IOException {
    try (DataCache cache = cache()) {
      Matrix matrix = cache.read(file, Orientation.AUTO);
      Path path = files(".matrix").getFirst();
      byte[] bytes = Files.readAllBytes(path);
      bytes[5] ^= 1;
      Files.write(path, bytes);
      assertArrayEquals(
          Written.byGene(MatrixFile.read(file, Orientation.AUTO)), Written.byGene(matrix));
      assertEquals(Optional.empty(), cache.trouble());
    }
  }

  /// Otherwise what an older version prepared would be handed out as this one's.
  @Test
  void hasAnotherVersionWheneverPreparationGivesOtherBits() {
    ContentHash hash = new ContentHash("bits of every setting that parts depend on");
    Matrix matrix = MatrixFile.read(file, Orientation.AUTO);
    for (Missing missing : List.of(Missing.DROP_GENES, Missing.MEAN)) {
      for (Fit fit : Fit.values()) {
        for (Variability by : Variability.values()) {
          for (Scale scale : Scale.values()) {
            DataSettings settings = settings(missing, fit, by, 10, scale);
            PreparedData data = Preparation.prepare(matrix, Optional.empty(), settings, 7);
            for (Part part : List.of(data.training(), data.validation(), data.test())) {
              for (float value : part.values()) {
                hash.number(Float.floatToRawIntBits(value));
              }
            }
          }
        }
      }
    }
    assertEquals(
        "bc20bfd288ff3806",
        hash.hex().substring(0, 16),
        "raise DataCache.VERSION, and then write here what is prepared now");
  }

  @Test
  void recallsTextsByWhatTheyAreOf() {
    try (DataCache cache = cache()) {
      assertEquals(List.of("a\tb\n", ""), cache.recall("one", () -> List.of("a\tb\n", "")));
      assertEquals(List.of("a\tb\n", ""), cache.recall("one", () -> List.of("other")));
      assertEquals(List.of("other"), cache.recall("two", () -> List.of("other")));
    }
  }

  @Test
  void manyMayUseItAtOnce() throws Exception {
    PreparedData expected = preparedAnew(10);
    Callable<PreparedData> start =
        () -> {
          try (DataCache cache = cache()) {
            return prepared(cache, 10);
          }
        };
    List<Future<PreparedData>> starts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        starts.add(threads.submit(start));
      }
    }
    for (Future<PreparedData> each : starts) {
      assertSame(expected, each.get());
    }
    assertEquals(1, files(".matrix").size());
    assertEquals(1, files(".parts").size());
    assertEquals(List.of(), files(".new"));
  }
}
