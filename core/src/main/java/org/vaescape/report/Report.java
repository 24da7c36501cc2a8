package org.vaescape.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vaescape.UserError;

/// Draws the report of a study, or of a table of anybody's runs: `report.html`, of a study
/// `methods.txt` and `methods.bib`, and in `figures/` an SVG and a PNG of each figure with the
/// captions in `captions.txt`.
///
/// Equal input gives equal bytes. Each file appears whole or not at all.
public final class Report {

  /// Writes everything below `folder`, replacing an earlier report.
  ///
  /// @throws UserError if a file cannot be written
  public static void write(Path folder, ReportInput input) {
    StudyCells study = StudyCells.of(input);
    List<Figure> figures = Figures.of(input, study);
    Path figureFolder = folder.resolve("figures");
    try {
      Files.createDirectories(figureFolder);
      Path captionFile = figureFolder.resolve("captions.txt");
      Set<String> before = linesOf(captionFile);
      Set<String> written = new HashSet<>();
      StringBuilder captions = new StringBuilder();
      PngCanvas.Pixels pixels = new PngCanvas.Pixels();
      for (Figure figure : figures) {
        WholeFile.replace(figureFolder.resolve(figure.name() + ".svg"), utf8(figure.svg()));
        WholeFile.replace(figureFolder.resolve(figure.name() + ".png"), figure.png(pixels));
        written.add(figure.name() + ".svg");
        written.add(figure.name() + ".png");
        captions.append(figure.name()).append("\n").append(figure.caption()).append("\n\n");
      }
      // While the captions still name them, should this be interrupted.
      removeOutdated(figureFolder, before, written);
      WholeFile.replace(captionFile, utf8(captions.toString()));
      if (input.table().isEmpty()) {
        Methods methods = new Methods(input, study);
        WholeFile.replace(folder.resolve("methods.txt"), utf8(methods.text()));
        WholeFile.replace(folder.resolve("methods.bib"), utf8(methods.bib()));
      }
      WholeFile.replace(
          folder.resolve("report.html"), utf8(new Page(input, study, figures).html()));
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

  /// The landscape in letters; nothing where there is no grid to show.
  ///
  /// @param width of the terminal, in characters
  public static List<String> terminalPlot(ReportInput input, int width) {
    return new TerminalPlot(StudyCells.of(input), width).lines();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Set<String> linesOf(Path file) throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
            .lines()
            .collect(Collectors.toSet())
        : Set.of();
  }

  /// Removes figures that an earlier report made and that this one no longer has; they would be
  /// taken for current ones. What its captions do not name is somebody else's.
  private static void removeOutdated(Path folder, Set<String> captions, Set<String> written)
      throws IOException {
    try (DirectoryStream<Path> drawn =
        Files.newDirectoryStream(
            folder, "{dots,curves,shares,failures,interactions,regions,noise,costs}-*.{svg,png}")) {
      for (Path file : drawn) {
        String name = file.getFileName().toString();
        if (captions.contains(name.substring(0, name.length() - 4)) && !written.contains(name)) {
          Files.delete(file);
        }
      }
    }
  }

  private Report() {}
}
