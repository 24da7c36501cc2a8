package org.vaescape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders for what is of no use afterwards.
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /// Removes one with all that is in it, as far as that goes: what is left of it harms nobody.
  public static void delete(Path folder) {
    for (Path file : files(folder)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // the others can go all the same
      }
    }
  }

  /// What is in a folder before the folder.
  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }
}
