package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// What a dot plot says in words: beside the figure, instead of it, and for each cell.
///
/// @param title of the figure
/// @param axes where cells lie
/// @param cells of this figure alone
/// @param unit of the measure in all of them; may be empty
/// @param apart keys whose values have figures of their own
record DotPlotWords(
    String title,
    DotAxes axes,
    StudyCells cells,
    Measure measure,
    String unit,
    List<String> apart,
    ColorScale scale) {

  /// Means of the cells that have a value of the measure.
  List<Double> values() {
    return cells.cells().stream().map(this::value).filter(Double::isFinite).toList();
  }

  boolean hasValue(CellSummary cell) {
    return Double.isFinite(value(cell));
  }

  private double value(CellSummary cell) {
    return measure.of(cell);
  }

  /// What it shows and how to read it.
  String caption() {
    long ended = cells.cells().stream().filter(cell -> !cell.trials().isEmpty()).count();
    StringBuilder text = new StringBuilder(title).append(". ");
    text.append(axes.caption()).append(" Colour: ").append(measure.meaning());
    if (axes.table()) {
      text.append(". ");
    } else {
      text.append(unit.isEmpty() ? "" : " (" + unit + ")").append(", on one scale for all ");
      text.append(measure.shared() ? "models" : "figures of this model");
      text.append(unit.isEmpty() ? ". " : " with a loss of this unit. ");
    }
    if (!apart.isEmpty()) {
      text.append("Each value of ").append(String.join(", ", apart));
      text.append(" has a figure of its own. ");
    }
    if (measure.equals(Measure.AGAINST_PCA)) {
      text.append(lowestError());
    }
    long over = values().stream().filter(scale::isOver).count();
    if (over > 0) {
      text.append(Numbers.count(over, axes.place())).append(" above ");
      text.append(Numbers.value(scale.high())).append(" (beyond the upper quartile by more than ");
      text.append("three interquartile ranges of the logarithms) ");
      text.append(over == 1 ? "is" : "are").append(" grey. ");
    }
    if (axes.table()) {
      return text.append(pooled()).toString();
    }
    text.append("Area: epochs trained until the stop. ");
    text.append(ended).append(" of ").append(Numbers.count(cells.cells().size(), "cell"));
    text.append(cells.cells().size() == 1 ? " has ended. " : " have ended. ");
    if (cells.repeats() > 1) {
      long runs = cells.trials().size();
      text.append("Each circle is the mean over the repeats of its cell that ran to their end (");
      text.append(runs).append(" trials in all, up to ").append(cells.repeats());
      text.append(" a cell)");
      text.append(
          cells.cells().stream().anyMatch(Deviations::any)
              ? "; n/N beside a sign: n of N repeats ended as the small sign says, and not as most did."
              : ".");
    } else {
      text.append("One trial a cell, so differences include the noise of a single seed.");
    }
    return text.toString();
  }

  /// PCA of more components does better too, so that what is best against it need not be best.
  private String lowestError() {
    return Summary.best(cells)
        .filter(best -> cells.cells().stream().anyMatch(cell -> value(cell) < value(best)))
        .map(best ->
            "The lowest error is not at the darkest circle but at %s, where PCA does better too. "
                .formatted(axes.words(best)))
        .orElse("");
  }

  /// What a circle of a table stands for.
  private String pooled() {
    if (cells.repeats() < 2) {
      return "A circle is one run, so differences include the noise of a single seed.";
    }
    StringBuilder text = new StringBuilder("A circle is of all runs at its place");
    text.append(measure.ofAll() ? "" : ", the mean of those that have an outcome");
    text.append(" (").append(cells.trials().size()).append(" runs in all, up to ");
    text.append(cells.repeats()).append(" a place)");
    if (!axes.pooled().isEmpty()) {
      text.append(", which differ in ").append(String.join(", ", axes.pooled())).append(" too");
    }
    text.append('.');
    if (!measure.ofAll() && cells.cells().stream().anyMatch(Deviations::any)) {
      text.append(" n/N beside a sign: n of N runs ended as the small sign says.");
    }
    return text.toString();
  }

  /// The best value of each panel and the number of trials that ended badly.
  ///
  /// @param panels cells by the panel's title, in the order of the figure
  String alternative(Map<String, List<CellSummary>> panels) {
    StringBuilder text = new StringBuilder("Dot plot.");
    panels.forEach((heading, shown) -> {
      text.append(' ').append(heading).append(": ");
      text.append(
          shown.stream()
              .filter(this::hasValue)
              .min(
                  Comparator.comparingDouble(
                      cell -> measure.lowerIsBetter() ? value(cell) : -value(cell)))
              .map(this::best)
              .orElse("no cell with a value"));
      long broken = shown.stream().mapToLong(cell -> cell.broken().size()).sum();
      if (broken > 0) {
        text.append(", ").append(Numbers.count(broken, axes.run())).append(" ended badly");
      }
      text.append('.');
    });
    return text.toString();
  }

  private String best(CellSummary cell) {
    return "%s %s at %s%s"
        .formatted(
            measure.lowerIsBetter() ? "lowest" : "highest",
            Numbers.value(value(cell)),
            axes.place(cell),
            cell.verdict().isEmpty() ? "" : " (" + cell.verdict() + ")");
  }

  /// What a reader learns who points at a cell.
  String cell(CellSummary cell) {
    StringBuilder words = new StringBuilder(axes.words(cell)).append(": ");
    if (cell.trials().isEmpty()) {
      return words.append("not run").toString();
    }
    if (axes.table()) {
      return words.append(ofTable(cell)).toString();
    }
    List<String> endings = new ArrayList<>();
    int complete = cell.complete().size();
    if (complete > 0) {
      endings.add(
          "%s %s, %s epochs, %s%s"
              .formatted(
                  measure.label(),
                  Numbers.value(value(cell)),
                  Numbers.value(cell.epochs()),
                  verdicts(cell),
                  cell.planned() > 1
                      ? " (mean of " + Numbers.count(complete, "repeat") + ")"
                      : ""));
    }
    for (FinishedTrial trial : cell.broken()) {
      endings.add(trial.status().text() + " after " + Numbers.count(trial.epochs(), "epoch"));
    }
    words.append(String.join("; ", endings));
    return words.toString();
  }

  /// `learned`, or of repeats that became different things `learned 2, collapsed 1`.
  private static String verdicts(CellSummary cell) {
    if (cell.verdicts().size() > 1) {
      return cell.verdicts().entrySet().stream()
          .map(each -> (each.getKey().isEmpty() ? "none" : each.getKey()) + " " + each.getValue())
          .collect(Collectors.joining(", "));
    }
    return cell.verdict().isEmpty() ? "no verdict" : cell.verdict();
  }

  /// The outcome of a place, and how many of its runs ended in which other way.
  private String ofTable(CellSummary cell) {
    List<String> endings = new ArrayList<>();
    int complete = cell.complete().size();
    if (measure.ofAll()) {
      endings.add("%s of %s failed".formatted(cell.broken().size(), cell.trials().size()));
    } else if (complete > 0) {
      endings.add(
          "%s %s%s"
              .formatted(
                  measure.label(),
                  Numbers.value(value(cell)),
                  complete > 1 ? " (mean of " + complete + " runs)" : ""));
    }
    SequencedMap<String, Integer> broken = new LinkedHashMap<>();
    cell.broken().forEach(trial -> broken.merge(trial.status().text(), 1, Integer::sum));
    if (!measure.ofAll() || !broken.keySet().equals(Set.of(Status.FAILED.text()))) {
      broken.forEach((status, count) -> endings.add(count + " " + status));
    }
    return String.join("; ", endings);
  }
}
