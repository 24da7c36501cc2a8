package org.vaescape.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.study.LossUnit;

/// Which figures a study gets, or a table of anybody's runs: in each format the same ones, with the
/// same names.
final class Figures {
  private final StudyCells study;
  private final Format format;
  private final double leastEpochs;
  private final double mostEpochs;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Figure> figures = new ArrayList<>();

  private Figures(StudyCells study, Format format) {
    this.study = study;
    this.format = format;
    DoubleSummaryStatistics epochs =
        study.cells().stream()
            .mapToDouble(CellSummary::epochs)
            .filter(Double::isFinite)
            .summaryStatistics();
    this.leastEpochs = epochs.getCount() == 0 ? 1 : epochs.getMin();
    this.mostEpochs = epochs.getCount() == 0 ? 1 : epochs.getMax();
  }

  /// Shares of variation by outcome, then those of failing, then dot plots: of a study as [#of] has
  /// them, of a table as [TableDots] has.
  static List<Figure> of(ReportInput input, StudyCells study, Format format) {
    Figures figures = new Figures(study, format);
    input.found().ifPresent(figures::shares);
    input
        .found()
        .map(found ->
            new FoundFigures(found, ScopeCells.of(input, study), input.table(), format).wishes())
        .orElse(List.of())
        .forEach(wish -> figures.figures.add(wish.drawing().figure(figures.free(wish.name()))));
    if (input.table().isPresent() && input.found().isPresent()) {
      for (TableDots.Named dots :
          new TableDots(study, input.table().get(), input.found().get()).plots()) {
        figures.figures.add(dots.plot().figure(figures.free(dots.name()), format));
      }
    } else {
      figures.figures.addAll(of(study, format));
    }
    if (input.table().isEmpty()) {
      CostPlot.all(study)
          .forEach(plot ->
              figures.figures.add(
                  plot.figure(figures.free("costs-" + plot.cost().name()), format)));
    }
    return List.copyOf(figures.figures);
  }

  /// Of the outcomes that settings are chosen by.
  private void shares(Sensitivity found) {
    for (String metric : outcomes(found)) {
      SharePlot.of(found, metric)
          .ifPresent(plot -> figures.add(plot.figure(free("shares-" + metric), format)));
    }
    SharePlot.ofFailures(found)
        .ifPresent(plot -> figures.add(plot.figure(free("failures-shares"), format)));
  }

  /// The first that has shares, where nothing says which settings are chosen by.
  private static List<String> outcomes(Sensitivity found) {
    Set<String> chosenBy = SensitivityText.chosenBy(found);
    return chosenBy.isEmpty()
        ? found.effects().stream().map(EffectShare::metric).limit(1).toList()
        : List.copyOf(chosenBy);
  }

  /// Dot plots by measure, then by model, one for each combination of further varying keys; then
  /// learning curves, one for each unit of a model's loss.
  static List<Figure> of(StudyCells study, Format format) {
    Figures figures = new Figures(study, format);
    for (Measure measure : Measure.of(study.trials())) {
      for (String model : study.models()) {
        figures.dotPlots(measure, model);
      }
    }
    for (String model : study.models()) {
      StudyCells cells = study.where(StudyCells.MODEL, model);
      List<String> ofUnit = cells.furtherKeys().stream().filter(LossUnit::dependsOn).toList();
      for (Part part : parts(model, cells, ofUnit)) {
        LearningCurves curves = new LearningCurves(part.title, part.cells);
        if (curves.hasCurves()) {
          figures.figures.add(curves.figure(figures.free("curves-" + part.name), format));
        }
      }
    }
    return List.copyOf(figures.figures);
  }

  private void dotPlots(Measure measure, String model) {
    StudyCells cells = study.where(StudyCells.MODEL, model);
    List<String> further = cells.furtherKeys();
    for (Part part : parts(model, cells, further)) {
      String title = part.title + ": " + measure.title();
      // Whatever changes the unit is among the further keys, so that a part has one.
      LossUnit unit = measure.unit(part.cells.cells().getFirst());
      StudyCells alike =
          (measure.shared() ? study : cells).where(cell -> measure.unit(cell).equals(unit));
      ColorScale scale = measure.scale(alike);
      DotPlot plot =
          new DotPlot(
              title,
              DotAxes.STUDY,
              part.cells,
              measure,
              unit.words(),
              further,
              scale,
              leastEpochs,
              mostEpochs);
      figures.add(plot.figure(free("dots-" + part.name + "-" + measure.name()), format));
    }
  }

  private record Part(String name, String title, StudyCells cells) {}

  /// The model's cells, apart by each of these keys.
  private static List<Part> parts(String model, StudyCells cells, List<String> keys) {
    List<Part> parts = List.of(new Part(model, model, cells));
    for (String key : keys) {
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

  /// A file name of letters, digits, dots and hyphens that no other figure has, in any format.
  private String free(String wish) {
    String plain =
        wish.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-+|-+$", "");
    String name = plain.length() > 100 ? plain.substring(0, 100) : plain;
    String unique = name;
    for (int i = 2; !Collections.disjoint(names, fileNames(unique)); i++) {
      unique = name + "-" + i;
    }
    names.addAll(fileNames(unique));
    return unique;
  }

  private static List<String> fileNames(String figure) {
    return Stream.of(Format.values()).map(each -> figure + each.suffix()).toList();
  }
}
