package org.vaescape.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.UserError;

/// Writes a table as RFC 4180 has it, but for lines that end in `\n`.
final class CsvFile {
  private CsvFile() {}

  /// Replaces `file` by this table, whole or not at all.
  ///
  /// @throws UserError if it cannot be written
  static void write(Path file, List<String> header, Stream<List<String>> rows) {
    // Beside the file, since only then is renaming one step.
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        writer.write(line(header));
        for (List<String> row : (Iterable<List<String>>) rows::iterator) {
          writer.write(line(row));
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written (%s); free some space or make its folder writable, then run the same command again"
              .formatted(file, UserError.reason(e)),
          e);
    }
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvFile::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
