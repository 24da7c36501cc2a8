package org.vaescape.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which figures a study gets.
final class Figures {
  private final StudyCells study;
  private final double leastEpochs;
  private final double mostEpochs;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Figure> figures = new ArrayList<>();

  private Figures(StudyCells study) {
    this.study = study;
    DoubleSummaryStatistics epochs =
        study.cells().stream()
            .mapToDouble(CellSummary::epochs)
            .filter(Double::isFinite)
            .summaryStatistics();
    this.leastEpochs = epochs.getCount() == 0 ? 1 : epochs.getMin();
    this.mostEpochs = epochs.getCount() == 0 ? 1 : epochs.getMax();
  }

  /// Dot plots by measure, then by model, one for each combination of further varying keys; then
  /// learning curves.
  static List<Figure> of(StudyCells study) {
    Figures figures = new Figures(study);
    for (Measure measure : Measure.of(study.trials())) {
      for (String model : study.models()) {
        figures.dotPlots(measure, model);
      }
    }
    for (String model : study.models()) {
      LearningCurves curves = new LearningCurves(model, study.where(StudyCells.MODEL, model));
      if (curves.hasCurves()) {
        figures.figures.add(curves.figure(figures.free("curves-" + model)));
      }
    }
    return List.copyOf(figures.figures);
  }

  private void dotPlots(Measure measure, String model) {
    StudyCells cells = study.where(StudyCells.MODEL, model);
    ColorScale scale = scale(measure.shared() ? study : cells, measure);
    for (Part part : parts(model, cells)) {
      String title = part.title + ": " + measure.title();
      DotPlot plot = new DotPlot(title, part.cells, measure, scale, leastEpochs, mostEpochs);
      figures.add(plot.figure(free("dots-" + part.name + "-" + measure.name())));
    }
  }

  private record Part(String name, String title, StudyCells cells) {}

  /// The model's cells, apart by every further key that varies among them.
  private static List<Part> parts(String model, StudyCells cells) {
    List<Part> parts = List.of(new Part(model, model, cells));
    for (String key : cells.furtherKeys()) {
      List<Part> finer = new ArrayList<>();
      for (Part part : parts) {
        for (String value : part.cells.values(key)) {
          String words = value.isEmpty() ? "no " + key : key + " " + value;
          finer.add(
              new Part(
                  part.name + "-" + words,
                  part.title + ", " + words,
                  part.cells.where(key, value)));
        }
      }
      parts = finer;
    }
    return parts;
  }

  /// The limits that trials set which ran to their end and did not explode.
  private static ColorScale scale(StudyCells cells, Measure measure) {
    return ColorScale.of(
        cells.cells().stream()
            .filter(cell -> !cell.verdict().equals("exploded"))
            .mapToDouble(cell -> cell.mean(measure.value()))
            .toArray());
  }

  /// A file name of letters, digits, dots and hyphens that no other figure has.
  private String free(String wish) {
    String plain =
        wish.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-+|-+$", "");
    String name = plain.length() > 100 ? plain.substring(0, 100) : plain;
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }
}
