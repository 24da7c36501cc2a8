package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.TextStyle;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// The study's picture of one model: latent dimensions across, learning rate upward, a panel for
/// each optimizer; colour shows the measure, area the epochs to the stop, and signs show what went
/// wrong.
///
/// @param title of the figure
/// @param cells of this figure alone
/// @param mostEpochs of any cell of the study, so that sizes agree between figures
record DotPlot(
    String title, StudyCells cells, Measure measure, ColorScale scale, double mostEpochs) {
  private static final double PITCH = 34;
  private static final double INSET = 20;
  private static final double NARROWEST_PANEL = 104;
  private static final double HEAD = 30;

  private static final Map<String, String> VERDICTS = verdicts();

  private static Map<String, String> verdicts() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("learned", "learned");
    words.put("below-mean", "no better than the mean predictor");
    words.put("collapsed", "collapsed (KL near 0)");
    words.put("untrained", "no better than untrained");
    words.put("exploded", "exploded (finite, beyond reason)");
    return words;
  }

  /// The figure, under this file name.
  Figure figure(String name) {
    List<Panel> panels = panels();
    Panels layout = layout(panels);
    double width = Math.max(layout.width(), Theme.NARROWEST);
    Legend legend = legend(width - 2 * Theme.MARGIN);
    double legendTop = HEAD + layout.height() + 12;
    return new Figure(
        name,
        title,
        caption(),
        alternative(panels),
        width,
        legendTop + legend.height() + Theme.MARGIN,
        canvas -> {
          String shown = Glyphs.BOLD.fit(title, Theme.TITLE, width - 2 * Theme.MARGIN);
          canvas.text(
              shown,
              Theme.MARGIN,
              Theme.MARGIN + 9,
              TextStyle.of(Theme.TITLE, Theme.INK, Anchor.START).inBold());
          layout.draw(canvas, HEAD);
          for (int i = 0; i < panels.size(); i++) {
            for (CellSummary cell : panels.get(i).cells) {
              double x =
                  layout.plotLeft(i)
                      + inset(columns())
                      + columns().place(cell.setting(StudyCells.LATENT));
              double y =
                  layout.plotBottom(i, HEAD)
                      - inset(rates())
                      - rates().place(cell.setting(StudyCells.LEARNING_RATE));
              canvas.group(words(cell), () -> draw(canvas, cell, x, y));
            }
          }
          legend.draw(canvas, Theme.MARGIN, legendTop);
        });
  }

  private record Panel(String title, List<CellSummary> cells) {}

  /// One for each optimizer and each value of the optimizer's own varying keys.
  private List<Panel> panels() {
    Map<String, List<CellSummary>> byTitle = new LinkedHashMap<>();
    for (String optimizer : cells.values(StudyCells.OPTIMIZER)) {
      List<String> keys = cells.keysOf(optimizer);
      for (CellSummary cell : cells.where(StudyCells.OPTIMIZER, optimizer).cells()) {
        String own =
            keys.stream()
                .map(key -> ", " + key.substring(optimizer.length() + 1) + " " + cell.setting(key))
                .collect(Collectors.joining());
        String heading = optimizer.isEmpty() ? "all" : optimizer;
        byTitle.computeIfAbsent(heading + own, key -> new ArrayList<>()).add(cell);
      }
    }
    return byTitle.entrySet().stream().map(e -> new Panel(e.getKey(), e.getValue())).toList();
  }

  private ValueAxis columns() {
    return ValueAxis.ordinal(cells.values(StudyCells.LATENT), PITCH);
  }

  private ValueAxis rates() {
    return ValueAxis.logarithmic(cells.values(StudyCells.LEARNING_RATE), PITCH);
  }

  private Panels layout(List<Panel> panels) {
    ValueAxis columns = columns();
    ValueAxis rates = rates();
    return Panels.of(
        axis("latent dimensions", columns),
        axis("learning rate", rates),
        panels.stream().map(Panel::title).toList(),
        columns.length() + 2 * inset(columns),
        rates.length() + 2 * inset(rates));
  }

  /// Room before the first value and after the last; more where there are few values.
  private static double inset(ValueAxis axis) {
    return Math.max(INSET, (NARROWEST_PANEL - axis.length()) / 2);
  }

  private static Panels.Axis axis(String title, ValueAxis axis) {
    List<Double> places = axis.places().stream().map(place -> place + inset(axis)).toList();
    return new Panels.Axis(title, axis.labels(), places);
  }

  private void draw(Canvas canvas, CellSummary cell, double x, double y) {
    double value = cell.mean(measure.value());
    boolean complete = !cell.complete().isEmpty();
    if (cell.trials().isEmpty()) {
      Marks.notRun(canvas, x, y);
    } else if (!complete) {
      Marks.broken(canvas, x, y, cell.failure());
    } else if (Double.isNaN(value)) {
      Marks.withoutValue(canvas, x, y);
    } else {
      double radius = Legend.radius(cell.epochs(), mostEpochs);
      Marks.complete(canvas, x, y, radius, scale.color(value), cell.verdict());
    }
    int broken = cell.broken().size();
    if (complete && broken > 0) {
      // The corner between four neighbours, which no circle reaches.
      Marks.broken(canvas, x + 9, y - 13, 2.4, cell.failure());
      canvas.text(
          broken + "/" + cell.trials().size(),
          x + 12.5,
          y - 10.4,
          TextStyle.of(Theme.NOTE, Theme.FAILED, Anchor.START));
    }
  }

  /// What a reader learns who points at a cell.
  private String words(CellSummary cell) {
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
                  Numbers.value(cell.mean(measure.value())),
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

  private Legend legend(double width) {
    Legend legend = new Legend(width);
    List<Double> values = finiteValues();
    int over = (int) values.stream().filter(scale::isOver).count();
    if (!values.isEmpty()) {
      legend.colors(scale, measure.label(), over);
      legend.sizes(
          mostEpochs, cells.repeats() > 1 ? "epochs at the stop (mean)" : "epochs at the stop");
      legend.nextRow();
    }
    String neutral = ColorMap.at(.55);
    VERDICTS.forEach((verdict, meaning) -> {
      if (cells.cells().stream()
          .anyMatch(cell -> isShown(cell) && cell.verdict().equals(verdict))) {
        legend.sign(meaning, (canvas, x, y) -> Marks.complete(canvas, x, y, 6, neutral, verdict));
      }
    });
    for (Status status : Status.values()) {
      if (cells.trials().stream()
          .anyMatch(trial -> trial.status() == status && !CellSummary.isComplete(trial))) {
        legend.sign(status.text(), (canvas, x, y) -> Marks.broken(canvas, x, y, status));
      }
    }
    if (cells.cells().stream().anyMatch(cell -> !cell.complete().isEmpty() && !isShown(cell))) {
      legend.sign("no value", Marks::withoutValue);
    }
    if (cells.cells().stream().anyMatch(cell -> cell.trials().isEmpty())) {
      legend.sign("not run", Marks::notRun);
    }
    return legend;
  }

  private boolean isShown(CellSummary cell) {
    return Double.isFinite(cell.mean(measure.value()));
  }

  private List<Double> finiteValues() {
    return cells.cells().stream()
        .map(cell -> cell.mean(measure.value()))
        .filter(Double::isFinite)
        .toList();
  }

  private String caption() {
    long ran = cells.cells().stream().filter(cell -> !cell.trials().isEmpty()).count();
    StringBuilder text = new StringBuilder(title).append(". ");
    text.append("Across: latent dimensions; upward: learning rate (log axis); a panel for each ");
    text.append("optimizer. Colour: ").append(measure.meaning()).append(", on one scale for ");
    text.append(measure.shared() ? "all models. " : "all panels of this model. ");
    long over = finiteValues().stream().filter(scale::isOver).count();
    if (over > 0) {
      text.append(Numbers.count(over, "cell")).append(" above ");
      text.append(Numbers.value(scale.high())).append(" (beyond the upper quartile by more than ");
      text.append("three interquartile ranges of the logarithms) ");
      text.append(over == 1 ? "is" : "are").append(" grey. ");
    }
    text.append("Area: epochs trained until the stop. ");
    text.append(ran).append(" of ").append(Numbers.count(cells.cells().size(), "cell"));
    text.append(" ran. ");
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

  private String alternative(List<Panel> panels) {
    StringBuilder text = new StringBuilder("Dot plot. ");
    for (Panel panel : panels) {
      text.append(panel.title).append(": ");
      List<CellSummary> shown = panel.cells.stream().filter(this::isShown).toList();
      if (shown.isEmpty()) {
        text.append("no cell with a value");
      } else {
        CellSummary best =
            shown.stream()
                .min((a, b) -> Double.compare(a.mean(measure.value()), b.mean(measure.value())))
                .orElseThrow();
        text.append("lowest ").append(Numbers.value(best.mean(measure.value())));
        text.append(" at latent ").append(best.setting(StudyCells.LATENT));
        text.append(", learning rate ").append(best.setting(StudyCells.LEARNING_RATE));
        text.append(best.verdict().isEmpty() ? "" : " (" + best.verdict() + ")");
      }
      long broken = panel.cells.stream().mapToLong(cell -> cell.broken().size()).sum();
      if (broken > 0) {
        text.append(", ").append(Numbers.count(broken, "trial")).append(" ended badly");
      }
      text.append(". ");
    }
    return text.toString().strip();
  }
}
