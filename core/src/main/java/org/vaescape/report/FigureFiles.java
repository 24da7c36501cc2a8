package org.vaescape.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The figures of a report as files for papers: each in every [Format] as SVG, PNG and PDF, with
/// the captions in `captions.txt`.
final class FigureFiles {
  private static final List<String> ENDINGS = List.of(".svg", ".png", ".pdf");

  /// Replaces those of an earlier report.
  ///
  /// @param figures the same ones in each format
  static void write(Path folder, Map<Format, List<Figure>> figures) throws IOException {
    Files.createDirectories(folder);
    Path captionFile = folder.resolve("captions.txt");
    Set<String> before = linesOf(captionFile);
    try {
      // Each with memory of its own for pictures, at the same time.
      figures.entrySet().parallelStream()
          .forEach(each -> draw(folder, each.getKey(), each.getValue()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Set<String> written = new HashSet<>();
    figures.forEach((format, all) ->
        all.forEach(figure ->
            ENDINGS.forEach(ending -> written.add(figure.name() + format.suffix() + ending))));
    // While the captions still name them, should this be interrupted.
    removeOutdated(folder, before, written);
    WholeFile.replace(captionFile, utf8(captions(figures)));
  }

  private static void draw(Path folder, Format format, List<Figure> figures) {
    PngCanvas.Pixels pixels = new PngCanvas.Pixels();
    try {
      for (Figure figure : figures) {
        String name = figure.name() + format.suffix();
        WholeFile.replace(folder.resolve(name + ".svg"), utf8(figure.outlinedSvg()));
        WholeFile.replace(folder.resolve(name + ".png"), figure.png(pixels));
        WholeFile.replace(folder.resolve(name + ".pdf"), figure.pdf());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String captions(Map<Format, List<Figure>> figures) {
    StringBuilder text = new StringBuilder();
    List<Figure> wide = figures.getOrDefault(Format.TWO_COLUMNS, List.of());
    List<Figure> narrow = figures.getOrDefault(Format.ONE_COLUMN, List.of());
    for (int i = 0; i < wide.size(); i++) {
      Figure figure = wide.get(i);
      text.append(figure.name()).append('\n');
      text.append(files(figure, Format.TWO_COLUMNS)).append("; ");
      text.append(files(narrow.get(i), Format.ONE_COLUMN)).append('\n');
      // A line by itself is a name.
      text.append(figure.caption().replaceAll("\\R", " ")).append("\n\n");
    }
    return text.toString();
  }

  /// `dots-vae.svg, .png, .pdf (176 x 90 mm)`.
  private static String files(Figure figure, Format format) {
    return "%s%s%s (%s x %s mm)"
        .formatted(
            figure.name(),
            format.suffix(),
            String.join(", ", ENDINGS),
            Math.round(Format.millimetres(figure.width())),
            Math.round(Format.millimetres(figure.height())));
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
    try (DirectoryStream<Path> drawn = Files.newDirectoryStream(folder, "*.{svg,png,pdf}")) {
      for (Path file : drawn) {
        String name = file.getFileName().toString();
        if (!written.contains(name) && figures(name).anyMatch(captions::contains)) {
          Files.delete(file);
        }
      }
    }
  }

  /// Names of figures that would have this file.
  private static Stream<String> figures(String file) {
    String name = file.substring(0, file.length() - ENDINGS.getFirst().length());
    return Stream.of(Format.values())
        .filter(format -> name.endsWith(format.suffix()))
        .map(format -> name.substring(0, name.length() - format.suffix().length()));
  }

  private FigureFiles() {}
}
