package org.vaescape.report.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  @TempDir private Path folder;

  @Test
  void givesWholeLinesOnceAsTheyCome() throws IOException {
    Path file = folder.resolve("log");
    LogTail tail = new LogTail(file);
    assertEquals(new LogTail.Lines(false, List.of(), false), tail.next());
    append(file, "one\ntw");
    assertEquals(List.of("one"), tail.next().lines());
    append(file, "o · ü\nthree\n");
    assertEquals(new LogTail.Lines(false, List.of("two · ü", "three"), false), tail.next());
    assertEquals(List.of(), tail.next().lines());
  }

  /// Another file of the same length, or a longer one, is told by its first line.
  @Test
  void beginsAgainWhereTheFileIsAnother() throws IOException {
    Path file = folder.resolve("log");
    LogTail tail = new LogTail(file);
    append(file, "run 1\nabc\nde");
    assertEquals(List.of("run 1", "abc"), tail.next().lines());
    Files.delete(file);
    append(file, "run 2\nabc\ndef\nghi\n");
    assertEquals(
        new LogTail.Lines(true, List.of("run 2", "abc", "def", "ghi"), false), tail.next());
    Files.delete(file);
    assertEquals(new LogTail.Lines(true, List.of(), false), tail.next());
    append(file, "run 2\n");
    assertEquals(List.of("run 2"), tail.next().lines());
  }

  @Test
  void readsALongFileInParts() throws IOException {
    Path file = folder.resolve("log");
    String line = "x".repeat(99) + "\n";
    append(file, line.repeat(30_000));
    LogTail tail = new LogTail(file);
    int count = 0;
    LogTail.Lines next = tail.next();
    while (next.more()) {
      count += next.lines().size();
      next = tail.next();
    }
    assertEquals(30_000, count + next.lines().size());
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
