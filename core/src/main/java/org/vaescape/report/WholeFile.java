package org.vaescape.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.vaescape.UserError;

/// Writes files that appear whole or not at all.
public final class WholeFile {
  private WholeFile() {}

  /// Replaces `file` by this text, and makes its folder.
  ///
  /// @throws UserError if it cannot be written
  public static void write(Path file, String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written (%s); free some space or make its folder writable, then run the same command again"
              .formatted(file, UserError.reason(e)),
          e);
    }
  }

  /// Removes `file`, if it is there.
  ///
  /// @throws UserError if it cannot be removed
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError(
          "%s is out of date and cannot be removed (%s); make its folder writable, then run the same command again"
              .formatted(file, UserError.reason(e)),
          e);
    }
  }

  static void replace(Path file, byte[] bytes) throws IOException {
    // Beside the file, since only then is renaming one step.
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
