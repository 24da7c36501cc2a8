package org.vaescape.data.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vaescape.UserError;
import org.vaescape.data.Labels;
import org.vaescape.data.LabelsFile;

/// Labels as studies read them, taken out of a table that calls its columns otherwise.
public final class LabelsBeside {
  private LabelsBeside() {}

  /// Writes `NAME.labels.tsv` beside the table, unless it is there; nothing for files that are no
  /// such table.
  ///
  /// @param table what was fetched
  public static Optional<Path> write(PublicFile file, Path table) {
    if (file.labels().isEmpty()) {
      return Optional.empty();
    }
    Path path = table.resolveSibling(file.name() + ".labels.tsv");
    if (Files.exists(path)) {
      return Optional.of(path);
    }
    Labels labels = LabelsFile.read(table, file.labels().get(0), file.labels().get(1));
    StringBuilder text = new StringBuilder("sample\tlabel\n");
    labels
        .bySample()
        .forEach((sample, label) -> text.append(sample).append('\t').append(label).append('\n'));
    try {
      Path part = path.resolveSibling(path.getFileName() + ".part");
      Files.writeString(part, text, StandardCharsets.UTF_8);
      Files.move(part, path);
      return Optional.of(path);
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written (%s); make its folder writable, then run the same command again"
              .formatted(path, UserError.reason(e)),
          e);
    }
  }
}
