package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.vaescape.study.FinishedTrial;

/// What a dot plot says in words: beside the figure, instead of it, and for each cell.
///
/// @param title of the figure
/// @param cells of this figure alone
/// @param unit of the measure in all of them; may be empty
/// @param apart keys whose values have figures of their own
record DotPlotWords(
    String title,
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
    return cell.mean(measure.value());
  }

  /// What it shows and how to read it.
  String caption() {
    long ended = cells.cells().stream().filter(cell -> !cell.trials().isEmpty()).count();
    StringBuilder text = new StringBuilder(title).append(". ");
    text.append("Across: latent dimensions; upward: learning rate (log axis); a panel for each ");
    text.append("optimizer. Colour: ").append(measure.meaning());
    text.append(unit.isEmpty() ? "" : " (" + unit + ")").append(", on one scale for all ");
    text.append(measure.shared() ? "models" : "figures of this model");
    text.append(unit.isEmpty() ? ". " : " with a loss of this unit. ");
    if (!apart.isEmpty()) {
      text.append("Each value of ").append(String.join(", ", apart));
      text.append(" has a figure of its own. ");
    }
    long over = values().stream().filter(scale::isOver).count();
    if (over > 0) {
      text.append(Numbers.count(over, "cell")).append(" above ");
      text.append(Numbers.value(scale.high())).append(" (beyond the upper quartile by more than ");
      text.append("three interquartile ranges of the logarithms) ");
      text.append(over == 1 ? "is" : "are").append(" grey. ");
    }
    text.append("Area: epochs trained until the stop. ");
    text.append(ended).append(" of ").append(Numbers.count(cells.cells().size(), "cell"));
    text.append(cells.cells().size() == 1 ? " has ended. " : " have ended. ");
    if (cells.repeats() > 1) {
      long runs = cells.trials().size();
      text.append("Each circle is the mean over the repeats of its cell that ran to their end (");
      text.append(runs).append(" trials in all, up to ").append(cells.repeats());
      text.append(" a cell); n/N beside a circle: n of N repeats ended as the sign says.");
    } else {
      text.append("One trial a cell, so differences include the noise of a single seed.");
    }
    return text.toString();
  }

  /// The lowest value of each panel and the number of trials that ended badly.
  ///
  /// @param panels cells by the panel's title, in the order of the figure
  String alternative(Map<String, List<CellSummary>> panels) {
    StringBuilder text = new StringBuilder("Dot plot.");
    panels.forEach((heading, shown) -> {
      text.append(' ').append(heading).append(": ");
      text.append(
          shown.stream()
              .filter(this::hasValue)
              .min(Comparator.comparingDouble(this::value))
              .map(this::lowest)
              .orElse("no cell with a value"));
      long broken = shown.stream().mapToLong(cell -> cell.broken().size()).sum();
      if (broken > 0) {
        text.append(", ").append(Numbers.count(broken, "trial")).append(" ended badly");
      }
      text.append('.');
    });
    return text.toString();
  }

  private String lowest(CellSummary cell) {
    return "lowest %s at latent %s, learning rate %s%s"
        .formatted(
            Numbers.value(value(cell)),
            cell.setting(StudyCells.LATENT),
            cell.setting(StudyCells.LEARNING_RATE),
            cell.verdict().isEmpty() ? "" : " (" + cell.verdict() + ")");
  }

  /// What a reader learns who points at a cell.
  String cell(CellSummary cell) {
    StringBuilder words = new StringBuilder();
    words.append("latent ").append(cell.setting(StudyCells.LATENT));
    words.append(", learning rate ").append(cell.setting(StudyCells.LEARNING_RATE));
    words.append(", ").append(cell.setting(StudyCells.OPTIMIZER)).append(": ");
    if (cell.trials().isEmpty()) {
      return words.append("not run").toString();
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
                  cell.verdict().isEmpty() ? "no verdict" : cell.verdict(),
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
}
