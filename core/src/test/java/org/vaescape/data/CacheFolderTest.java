package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaescape.UserError;

/// Where the cache lies, which of its files stay and which go.
class CacheFolderTest extends CachedMatrix {
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
