package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.TextStyle;
import org.vaescape.study.Status;

/// The study's picture of one model: latent dimensions across, learning rate upward, a panel for
/// each optimizer; colour shows the measure, area the epochs to the stop, and signs show what went
/// wrong.
///
/// @param title of the figure
/// @param cells of this figure alone
/// @param unit of the measure in all of them; may be empty
/// @param apart keys whose values have figures of their own
/// @param leastEpochs of any cell of the study
/// @param mostEpochs of any cell of the study, so that sizes agree between figures
record DotPlot(
    String title,
    StudyCells cells,
    Measure measure,
    String unit,
    List<String> apart,
    ColorScale scale,
    double leastEpochs,
    double mostEpochs) {
  private static final double CLOSEST = 34;
  private static final double WIDEST = 56;
  private static final double INSET = 20;
  private static final double NARROWEST_PANEL = 136;
  private static final double HEAD = 30;

  private static final Map<String, String> VERDICTS = verdicts();

  private static Map<String, String> verdicts() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("learned", "learned");
    words.put("below-mean", "below the mean predictor");
    words.put("collapsed", "collapsed (latent carries nothing)");
    words.put("untrained", "no better than untrained");
    words.put("exploded", "exploded (finite, beyond reason)");
    return words;
  }

  /// The figure, under this file name.
  Figure figure(String name) {
    List<Panel> panels = panels();
    ValueAxis columns = columns();
    ValueAxis rates = rates();
    Panels layout = layout(panels, columns, rates);
    DotPlotWords words = words();
    double width = Math.max(layout.width(), Theme.NARROWEST);
    Legend legend = legend(width - 2 * Theme.MARGIN);
    double legendTop = HEAD + layout.height() + 12;
    return new Figure(
        name,
        title,
        words.caption(),
        words.alternative(byTitle(panels)),
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
                      + inset(columns)
                      + columns.place(cell.setting(StudyCells.LATENT));
              double y =
                  layout.plotBottom(i, HEAD)
                      - inset(rates)
                      - rates.place(cell.setting(StudyCells.LEARNING_RATE));
              canvas.group(words.cell(cell), () -> draw(canvas, cell, x, y));
            }
          }
          legend.draw(canvas, Theme.MARGIN, legendTop);
        });
  }

  private DotPlotWords words() {
    return new DotPlotWords(title, cells, measure, unit, apart, scale);
  }

  private record Panel(String title, List<CellSummary> cells) {}

  private static Map<String, List<CellSummary>> byTitle(List<Panel> panels) {
    Map<String, List<CellSummary>> byTitle = new LinkedHashMap<>();
    panels.forEach(panel -> byTitle.put(panel.title, panel.cells));
    return byTitle;
  }

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
    List<String> values = cells.values(StudyCells.LATENT);
    return ValueAxis.ordinal(values, pitch(values));
  }

  private ValueAxis rates() {
    List<String> values = cells.values(StudyCells.LEARNING_RATE);
    return ValueAxis.logarithmic(values, pitch(values));
  }

  /// Distance between neighbours: a few values use the room that a panel has anyway.
  private static double pitch(List<String> values) {
    double free = (NARROWEST_PANEL - 2 * INSET) / Math.max(1, values.size() - 1);
    return Math.clamp(free, CLOSEST, WIDEST);
  }

  private static Panels layout(List<Panel> panels, ValueAxis columns, ValueAxis rates) {
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

  private Legend legend(double width) {
    Legend legend = new Legend(width);
    List<Double> values = words().values();
    int over = (int) values.stream().filter(scale::isOver).count();
    if (!values.isEmpty()) {
      legend.colors(scale, measure.label(), unit, over);
      legend.sizes(
          leastEpochs,
          mostEpochs,
          cells.repeats() > 1 ? "epochs at the stop (mean)" : "epochs at the stop");
      legend.nextRow();
    }
    String neutral = ColorMap.at(.55);
    VERDICTS.forEach((verdict, meaning) -> {
      if (cells.cells().stream()
          .anyMatch(cell -> words().hasValue(cell) && cell.verdict().equals(verdict))) {
        legend.sign(meaning, (canvas, x, y) -> Marks.complete(canvas, x, y, 6, neutral, verdict));
      }
    });
    for (Status status : Status.values()) {
      if (cells.trials().stream()
          .anyMatch(trial -> trial.status() == status && !CellSummary.isComplete(trial))) {
        legend.sign(status.text(), (canvas, x, y) -> Marks.broken(canvas, x, y, status));
      }
    }
    if (cells.cells().stream()
        .anyMatch(cell -> !cell.complete().isEmpty() && !words().hasValue(cell))) {
      legend.sign("no value", Marks::withoutValue);
    }
    if (cells.cells().stream().anyMatch(cell -> cell.trials().isEmpty())) {
      legend.sign("not run", Marks::notRun);
    }
    return legend;
  }
}
