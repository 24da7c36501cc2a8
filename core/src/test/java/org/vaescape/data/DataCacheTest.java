package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.DataSettings.Scale;
import org.vaescape.data.DataSettings.Variability;

class DataCacheTest {
  private static final int GENES = 40;
  private static final int SAMPLES = 30;
  private static final long ENOUGH = 1L << 30;

  @TempDir private Path folder;
  private Path cached;
  private Path file;

  @BeforeEach
  void writeMatrix() throws IOException {
    cached = folder.resolve("cache");
    file = Written.text(folder, "m.tsv", text(1));
  }

  /// Names that say nothing, so that reading leaves a note; values are missing, and a gene
  /// constant.
  private static String text(long seed) {
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

  private static DataSettings settings(int keep) {
    DataSettings d = DataSettings.defaults();
    return settings(d.missing(), Fit.TRAIN, d.by(), keep, d.scale());
  }

  private static DataSettings settings(
      Missing missing, Fit fit, Variability by, int keep, Scale scale) {
    DataSettings d = DataSettings.defaults();
    return new DataSettings(
        Orientation.AUTO, missing, fit, by, keep, scale, 0.2, 0.1, d.group(), d.stratify());
  }

  private DataCache cache() {
    return DataCache.in(cached, ENOUGH);
  }

  private PreparedData prepared(DataCache cache, int keep) {
    return cache.prepare(cache.read(file, Orientation.AUTO), Optional.empty(), settings(keep), 7);
  }

  private PreparedData preparedAnew(int keep) {
    return Preparation.prepare(
        MatrixFile.read(file, Orientation.AUTO), Optional.empty(), settings(keep), 7);
  }

  private List<Path> files(String kind) throws IOException {
    if (!Files.exists(cached)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cached)) {
      return all.filter(path -> path.toString().endsWith(kind)).sorted().toList();
    }
  }

  private static void assertSame(Matrix expected, Matrix matrix) {
    assertEquals(expected.source(), matrix.source());
    assertEquals(expected.samples(), matrix.samples());
    assertEquals(expected.genes(), matrix.genes());
    assertArrayEquals(Written.byGene(expected), Written.byGene(matrix));
    assertEquals(expected.hash(), matrix.hash());
    assertEquals(expected.notes(), matrix.notes());
  }

  private static void assertSame(PreparedData expected, PreparedData data) {
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

  @Test
  void leavesAloneWhatIsNotItsOwn() throws IOException {
    Files.createDirectories(cached.resolve("results"));
    List<Path> others =
        List.of(
            cached.resolve("matrix.tsv"),
            cached.resolve("results/table.csv"),
            cached.resolve("a".repeat(64) + ".tsv"));
    for (Path other : others) {
      Files.writeString(other, "theirs");
      Files.setLastModifiedTime(other, FileTime.fromMillis(0));
    }
    try (DataCache cache = DataCache.in(cached, 1 << 10)) {
      for (int i = 0; i < 20; i++) {
        cache.recall("text " + i, () -> List.of("x".repeat(200)));
      }
      assertEquals(Optional.empty(), cache.trouble());
    }
    assertTrue(files(".texts").size() < 5);
    for (Path other : others) {
      assertEquals("theirs", Files.readString(other));
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

  @Test
  void worksWithoutAFolderThatCanBeWritten() throws IOException {
    Written.text(folder, "occupied", "");
    try (DataCache cache = DataCache.in(folder.resolve("occupied"), ENOUGH)) {
      assertSame(preparedAnew(10), prepared(cache, 10));
      assertEquals(List.of("x"), cache.recall("what", () -> List.of("x")));
      String trouble = cache.trouble().orElseThrow();
      assertTrue(
          trouble.startsWith(folder.resolve("occupied") + ": prepared data cannot be kept there ("),
          trouble);
    }
  }

  @Test
  void keepsNothingWhenItIsOff() throws IOException {
    try (DataCache cache =
        DataCache.of(Map.of("VAESCAPE_CACHE", "off", "XDG_CACHE_HOME", cached.toString()))) {
      assertSame(preparedAnew(10), prepared(cache, 10));
      assertEquals(Optional.empty(), cache.trouble());
    }
    assertEquals(List.of(), files(""));
  }

  @Test
  void keepsFilesWhereTheEnvironmentSays() throws IOException {
    try (DataCache cache = DataCache.of(Map.of("XDG_CACHE_HOME", folder.toString()))) {
      cache.read(file, Orientation.AUTO);
    }
    try (Stream<Path> files = Files.list(folder.resolve("vaescape"))) {
      assertEquals(1, files.count());
    }
    try (DataCache cache =
        DataCache.of(
            Map.of("XDG_CACHE_HOME", folder.toString(), "VAESCAPE_CACHE", cached.toString()))) {
      cache.read(file, Orientation.AUTO);
    }
    assertEquals(1, files(".matrix").size());
  }

  @Test
  void keepsFilesBelowTheHomeFolderIfThereIsOne() throws IOException {
    try (DataCache cache =
        DataCache.of(Map.of("HOME", folder.toString(), "XDG_CACHE_HOME", "relative"))) {
      cache.read(file, Orientation.AUTO);
    }
    try (Stream<Path> files = Files.list(folder.resolve(".cache/vaescape"))) {
      assertEquals(1, files.count());
    }
    try (DataCache cache = DataCache.of(Map.of())) {
      assertSame(preparedAnew(10), prepared(cache, 10));
      assertEquals(Optional.empty(), cache.trouble());
    }
  }

  @Test
  void letsTheFileUsedLongestAgoGo() throws IOException {
    try (DataCache cache = cache()) {
      prepared(cache, 10);
      prepared(cache, 20);
    }
    List<Path> parts = files(".parts");
    Path matrix = files(".matrix").getFirst();
    Files.setLastModifiedTime(parts.get(0), FileTime.fromMillis(2000));
    Files.setLastModifiedTime(parts.get(1), FileTime.fromMillis(1000));
    long two = Files.size(matrix) + Files.size(parts.get(0)) + Files.size(parts.get(1)) / 2;
    try (DataCache cache = DataCache.in(cached, two)) {
      cache.read(file, Orientation.AUTO);
      cache.recall("what", () -> List.of("found")); // something new makes room
    }
    assertEquals(List.of(parts.get(0)), files(".parts"));
    assertEquals(List.of(matrix), files(".matrix"));
  }

  @Test
  void worksWithMatricesLargerThanItMayKeep() throws IOException {
    try (DataCache cache = DataCache.in(cached, 100)) {
      assertSame(preparedAnew(10), prepared(cache, 10));
      assertEquals(Optional.empty(), cache.trouble());
    }
    assertEquals(List.of(), files(""));
  }

  @Test
  void leavesNothingOfAFileThatIsNoMatrix() throws IOException {
    Written.text(folder, "m.tsv", text(1) + "v1\t7\n");
    try (DataCache cache = cache()) {
      assertThrows(UserError.class, () -> cache.read(file, Orientation.AUTO));
      file = folder.resolve("absent.tsv");
      assertThrows(UserError.class, () -> cache.read(file, Orientation.AUTO));
    }
    assertEquals(List.of(), files(""));
  }

  @Test
  void turnsColumnsAFewAtATime() throws IOException {
    CacheFolder at = new CacheFolder(cached, ENOUGH);
    for (int together : List.of(1, 10, 25, 1000)) {
      try (RowsInFile rows = new RowsInFile(at, together)) {
        for (int row = 0; row < 7; row++) {
          rows.add(new float[] {row, 10 + row, 20 + row, 30 + row, 40 + row});
        }
        StoredValues columns = rows.columns(5);
        for (int column = 0; column < 5; column++) {
          for (int row = 0; row < 7; row++) {
            assertEquals(10 * column + row, columns.of(column)[row]);
          }
        }
        columns.file().close();
      }
    }
    assertEquals(List.of(), files(""));
  }

  @Test
  void keepsDataFromOtherUsers() throws IOException {
    try (DataCache cache = cache()) {
      cache.read(file, Orientation.AUTO);
    }
    assertEquals(
        "rwx------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(cached)));
    assertNotEquals(List.of(), files(".matrix"));
  }
}
