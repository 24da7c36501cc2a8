package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/// The figures of the page, found by how their names begin.
final class PageFigures {
  /// Characters of SVG in all; figures that do not fit into these are named instead of shown, so
  /// that the page opens at once and can be mailed.
  private static final int MOST_DRAWING = 2_500_000;

  private static final String DOTS = "dots-";

  private final List<Figure> left;
  private int drawn;

  PageFigures(List<Figure> figures) {
    left = new ArrayList<>(figures);
  }

  /// The dot plot that stands for the study: of the model whose best setting is the best, beside
  /// PCA if there is that. It stands in its section as well, unless it is the only one.
  ///
  /// @param model empty if there is none
  Optional<String> main(String model) {
    List<Figure> dots = left.stream().filter(figure -> figure.name().startsWith(DOTS)).toList();
    if (dots.size() == 1) {
      left.removeAll(dots);
      return Optional.of(html(dots.getFirst(), dots.getFirst().name()));
    }
    return dots.stream()
        .max(
            Comparator.comparing((Figure figure) -> figure.name().startsWith(DOTS + model + "-"))
                .thenComparing(PageFigures::ofSkill))
        .map(figure -> html(figure.named("main"), figure.name()));
  }

  private static boolean ofSkill(Figure figure) {
    return figure.name().endsWith("-" + Measure.AGAINST_PCA.name());
  }

  /// Those whose names begin so and have not been taken yet; empty without any.
  String starting(String prefix) {
    return take(figure -> figure.name().startsWith(prefix));
  }

  /// What nobody has taken.
  String rest() {
    return take(_ -> true);
  }

  private String take(Predicate<Figure> rule) {
    List<Figure> taken = left.stream().filter(rule).toList();
    left.removeAll(taken);
    if (taken.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("<div class=\"figures\">\n");
    sideBySide(taken).forEach(figure -> out.append(html(figure, figure.name())));
    return out.append("</div>\n").toString();
  }

  /// Dot plots of the same cells stand side by side: the model's own loss, and what models share.
  private static List<Figure> sideBySide(List<Figure> figures) {
    SequencedMap<String, List<Figure>> cells = new LinkedHashMap<>();
    for (Figure figure : figures) {
      String of = figure.name();
      for (Measure measure : List.of(Measure.RECONSTRUCTION, Measure.AGAINST_PCA, Measure.MSE)) {
        String end = "-" + measure.name();
        of = of.endsWith(end) ? of.substring(0, of.length() - end.length()) : of;
      }
      cells.computeIfAbsent(of, _ -> new ArrayList<>()).add(figure);
    }
    return cells.values().stream().flatMap(List::stream).toList();
  }

  /// @param file that it is in, without ending
  private String html(Figure figure, String file) {
    int size = figure.svg().length();
    if (drawn + size > MOST_DRAWING) {
      return FigureHtml.leftOut(figure, file);
    }
    drawn += size;
    return FigureHtml.of(figure, file);
  }
}
