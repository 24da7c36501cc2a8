package org.vaescape.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.analysis.compare.LandscapePair;

/// Draws what several studies have in common: `compare.html`, and in `figures/` the [FigureFiles]
/// of each pair of landscapes, `compare-*`.
///
/// Equal input gives equal bytes.
public final class CompareReport {

  /// Pairs of landscapes that are drawn.
  private static final int MOST = 24;

  /// What the conclusions are headed with that flip, among the sentences of an [AgreementText].
  private static final String FLIP = "Flip:";

  private CompareReport() {}

  /// Writes everything below `folder`, replacing an earlier comparison.
  ///
  /// @throws UserError if a file cannot be written
  public static void write(Path folder, AgreementText text, List<LandscapePair> pairs) {
    Map<Format, List<Figure>> figures = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      figures.put(format, figures(text.studies(), pairs, format));
    }
    try {
      FigureFiles.write(folder.resolve("figures"), figures);
      List<Figure> shown = figures.getOrDefault(Format.TWO_COLUMNS, List.of());
      WholeFile.replace(
          folder.resolve("compare.html"),
          html(text, shown, pairs.size()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          "%s: the comparison cannot be written (%s); free some space or make the folder writable, then run the same command again"
              .formatted(folder, UserError.reason(e)),
          e);
    }
  }

  private static List<Figure> figures(
      List<StudyFacts> studies, List<LandscapePair> pairs, Format format) {
    List<Figure> figures = new ArrayList<>();
    for (LandscapePair pair : pairs.subList(0, Math.min(MOST, pairs.size()))) {
      String plain = pair.scope().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
      String name =
          "compare-%s-%s"
              .formatted(figures.size() + 1, plain.substring(0, Math.min(80, plain.length())));
      List<StudyFacts> both =
          studies.stream()
              .filter(study -> List.of(pair.one(), pair.other()).contains(study.name()))
              .toList();
      figures.add(new ComparedMap(pair, StudyFacts.ofOneData(both)).figure(name, format));
    }
    return figures;
  }

  private static String html(AgreementText text, List<Figure> figures, int pairs) {
    String title = text.studies().stream().map(StudyFacts::name).collect(Collectors.joining(" · "));
    List<List<String>> blocks = blocks(text.sentences());
    List<List<String>> flips =
        blocks.stream().filter(block -> block.getFirst().equals(FLIP)).toList();
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<title>").append(Markup.escape(title)).append(" · vaescape</title>\n");
    out.append("<style>\n").append(PageStyle.css()).append("</style>\n");
    out.append("</head>\n<body>\n<header>\n<p class=\"kind\">vaescape comparison</p>\n");
    out.append("<h1 dir=\"auto\">").append(Markup.escape(title)).append("</h1>\n");
    out.append("</header>\n<main>\n");
    out.append("<section aria-labelledby=\"h-flips\">\n");
    out.append("<h2 id=\"h-flips\">Conclusions that flip</h2>\n");
    out.append(flips.isEmpty() ? "<p>None.</p>\n" : below(flips.getFirst()));
    out.append("</section>\n<section aria-labelledby=\"h-figures\">\n");
    out.append("<h2 id=\"h-figures\">Landscapes</h2>\n");
    if (pairs > figures.size()) {
      out.append("<p>The first %s of %s.</p>\n".formatted(figures.size(), pairs));
    }
    out.append("<div class=\"figures\">\n");
    figures.forEach(figure -> out.append(FigureHtml.of(figure, figure.name())));
    out.append("</div>\n</section>\n<section aria-labelledby=\"h-all\">\n");
    out.append("<h2 id=\"h-all\">What agrees</h2>\n");
    out.append(list(blocks.getFirst())); // the studies, which have no heading
    for (List<String> block : blocks.subList(1, blocks.size())) {
      if (!flips.contains(block)) {
        out.append(paragraph(block.getFirst())).append(below(block));
      }
    }
    return out.append("</section>\n</main>\n</body>\n</html>\n").toString();
  }

  /// What stands between empty lines.
  private static List<List<String>> blocks(List<String> lines) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : lines) {
      if (!line.isEmpty()) {
        block.add(line);
      } else if (!block.isEmpty()) {
        blocks.add(block);
        block = new ArrayList<>();
      }
    }
    blocks.add(block);
    return blocks.stream().filter(own -> !own.isEmpty()).toList();
  }

  /// Everything below the first line.
  private static String below(List<String> block) {
    return block.size() < 2 ? "" : list(block.subList(1, block.size()));
  }

  private static String list(List<String> lines) {
    return lines.stream()
        .map(line -> "<li dir=\"auto\">" + Markup.escape(line.strip()) + "</li>\n")
        .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
  }

  private static String paragraph(String text) {
    return "<p dir=\"auto\">" + Markup.escape(text) + "</p>\n";
  }
}
