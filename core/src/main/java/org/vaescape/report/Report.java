package org.vaescape.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vaescape.UserError;

/// Draws the report of a study, or of a table of anybody's runs: `report.html`, of a study
/// `methods.txt` and `methods.bib`, and the files of [FigureFiles] in `figures/`.
///
/// Equal input gives equal bytes. Each file appears whole or not at all.
public final class Report {

  /// Writes everything below `folder`, replacing an earlier report.
  ///
  /// @throws UserError if a file cannot be written
  public static void write(Path folder, ReportInput input) {
    StudyCells study = StudyCells.of(input);
    Map<Format, List<Figure>> figures = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      figures.put(format, Figures.of(input, study, format));
    }
    try {
      FigureFiles.write(folder.resolve("figures"), figures);
      List<Figure> shown = figures.getOrDefault(Format.TWO_COLUMNS, List.of());
      if (input.table().isEmpty()) {
        Methods methods = new Methods(input, study);
        WholeFile.replace(folder.resolve("methods.txt"), utf8(methods.text()));
        WholeFile.replace(folder.resolve("methods.bib"), utf8(methods.bib()));
      }
      WholeFile.replace(folder.resolve("report.html"), utf8(new Page(input, study, shown).html()));
    } catch (IOException e) {
      throw new UserError(
          "%s: the report cannot be written (%s); free some space or make the folder writable, then run the same command again"
              .formatted(folder, UserError.reason(e)),
          e);
    }
  }

  /// What the study shows, in a few sentences: endings, verdicts, the best cell of each model
  /// beside PCA.
  public static List<String> summary(ReportInput input) {
    return new Summary(StudyCells.of(input)).sentences();
  }

  /// What a terminal shows at the end: the landscape in letters, where there is a grid, and the
  /// answer in three sentences.
  ///
  /// @param width of the terminal, in characters
  public static List<String> terminal(ReportInput input, int width) {
    List<String> lines = new ArrayList<>(new TerminalPlot(StudyCells.of(input), width).lines());
    Answer.of(input)
        .sentences()
        .forEach(sentence -> lines.addAll(Wrapped.lines(sentence, "", "  ")));
    return lines;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Report() {}
}
