package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.study.Status;

/// The study's picture of one model: latent dimensions across, learning rate upward, a panel for
/// each optimizer; colour shows the measure, area the epochs to the stop, and signs show what went
/// wrong. Of a table of anybody's runs the same, over the hyper-parameters that matter most.
///
/// @param title of the figure
/// @param axes where cells lie
/// @param cells of this figure alone
/// @param unit of the measure in all of them; may be empty
/// @param apart keys whose values have figures of their own
/// @param leastEpochs of any cell of the study
/// @param mostEpochs of any cell of the study, so that sizes agree between figures
record DotPlot(
    String title,
    DotAxes axes,
    StudyCells cells,
    Measure measure,
    String unit,
    List<String> apart,
    ColorScale scale,
    double leastEpochs,
    double mostEpochs) {
  private static final double INSET = 20;
  private static final double NARROWEST_PANEL = 136;
  private static final double WIDEST_PANEL = 280;

  /// Of a value of a table.
  private static final double LONGEST_LABEL = 180;

  /// Of circles whose area means nothing: on levels, which stand apart, and in a range. Where area
  /// is epochs, the largest circle in a range has the former.
  private static final double ON_LEVELS = 9;

  private static final double IN_RANGE = 5.5;

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
  Figure figure(String name, Format format) {
    List<Panel> panels = panels();
    ValueAxis rates = rates();
    Panels.Side side = side(rates, format);
    double room = room(panels, side);
    ValueAxis columns = columns(room, side);
    Panels layout =
        new Panels(
            axis(axes.across().title(), columns, room),
            side,
            panels.stream().map(Panel::title).toList(),
            columns.length() + 2 * inset(columns, room));
    DotPlotWords words = words();
    double largest = largest(columns, rates);
    return Figure.of(
        name,
        title,
        words.caption(),
        words.alternative(byTitle(panels)),
        Math.max(layout.width(), format.narrowest()),
        layout.height() + 12,
        (canvas, top) -> {
          layout.draw(canvas, top);
          for (int i = 0; i < panels.size(); i++) {
            for (CellSummary cell : failedLast(panels.get(i).cells)) {
              double x =
                  layout.plotLeft(i)
                      + inset(columns, room)
                      + columns.place(cell.setting(axes.across().key()));
              double y =
                  layout.plotBottom(i, top)
                      - inset(rates, NARROWEST_PANEL)
                      - rates.place(cell.setting(axes.upward().key()));
              double right = layout.plotLeft(i) + layout.plotWidth() - 1;
              canvas.group(
                  words.cell(cell), cell.trials(), () -> draw(canvas, cell, x, y, largest, right));
            }
          }
        },
        legend -> explain(legend, largest));
  }

  private DotPlotWords words() {
    return new DotPlotWords(title, axes, cells, measure, unit, apart, scale);
  }

  /// In a range marks overlap, and a failure is not to be hidden.
  private static List<CellSummary> failedLast(List<CellSummary> cells) {
    return cells.stream().sorted(Comparator.comparing(cell -> cell.complete().isEmpty())).toList();
  }

  private record Panel(String title, List<CellSummary> cells) {}

  private static Map<String, List<CellSummary>> byTitle(List<Panel> panels) {
    Map<String, List<CellSummary>> byTitle = new LinkedHashMap<>();
    panels.forEach(panel -> byTitle.put(panel.title, panel.cells));
    return byTitle;
  }

  /// One for each optimizer, or what panels are of, and each value of its own varying keys.
  private List<Panel> panels() {
    Map<String, List<CellSummary>> byTitle = new LinkedHashMap<>();
    for (String optimizer : cells.values(axes.panels())) {
      List<String> keys = axes.table() ? List.of() : cells.keysOf(optimizer);
      for (CellSummary cell : cells.where(axes.panels(), optimizer).cells()) {
        String own =
            keys.stream()
                .map(key -> ", " + key.substring(optimizer.length() + 1) + " " + cell.setting(key))
                .collect(Collectors.joining());
        byTitle.computeIfAbsent(axes.heading(optimizer) + own, key -> new ArrayList<>()).add(cell);
      }
    }
    return byTitle.entrySet().stream().map(e -> new Panel(e.getKey(), e.getValue())).toList();
  }

  private ValueAxis columns(double room, Panels.Side side) {
    return axes.across()
        .axis(cells, room - 2 * INSET, axes.table())
        .within(side.room() - 2 * INSET);
  }

  private ValueAxis rates() {
    return axes.upward().axis(cells, NARROWEST_PANEL - 2 * INSET, axes.table());
  }

  private Panels.Side side(ValueAxis rates, Format format) {
    return Panels.Side.of(
        format,
        axis(axes.upward().title(), rates, NARROWEST_PANEL),
        rates.length() + 2 * inset(rates, NARROWEST_PANEL),
        axes.table() ? LONGEST_LABEL : Panels.LONGEST_LABEL);
  }

  /// Least width of a panel: of a table it holds what stands above and below it, which may be long.
  /// One that stands alone takes what the figure has at least.
  private double room(List<Panel> panels, Panels.Side side) {
    double least = Math.min(axes.table() ? ofTexts(panels, side) : NARROWEST_PANEL, side.room());
    ValueAxis columns = columns(least, side);
    double width = columns.length() + 2 * inset(columns, least);
    boolean several = panels.size() > 1 && side.fitting(width) > 1;
    return several ? least : side.shared(1, least, least);
  }

  private double ofTexts(List<Panel> panels, Panels.Side side) {
    double title =
        panels.stream()
            .mapToDouble(panel -> Glyphs.BOLD.width(panel.title, Theme.LABEL))
            .max()
            .orElse(0);
    ValueAxis close = columns(NARROWEST_PANEL, side);
    double label =
        close.labels().stream()
            .mapToDouble(text -> Glyphs.REGULAR.width(text, Theme.TICK) + 8)
            .max()
            .orElse(0);
    double labels = 2 * INSET + label * (close.ticks().size() - 1);
    return Math.clamp(Math.max(title, labels), NARROWEST_PANEL, WIDEST_PANEL);
  }

  /// Room before the first value and after the last; more where there are few values.
  private static double inset(ValueAxis axis, double room) {
    return Math.max(INSET, (room - axis.length()) / 2);
  }

  private static Panels.Axis axis(String title, ValueAxis axis, double room) {
    List<Double> places = axis.ticks().stream().map(place -> place + inset(axis, room)).toList();
    List<String> labels =
        title.isEmpty() ? axis.labels().stream().map(_ -> "").toList() : axis.labels();
    return new Panels.Axis(title, labels, places);
  }

  private void draw(
      Canvas canvas, CellSummary cell, double x, double y, double largest, double right) {
    double value = measure.of(cell);
    boolean complete = measure.ofAll() || !cell.complete().isEmpty();
    if (cell.trials().isEmpty()) {
      Marks.notRun(canvas, x, y);
    } else if (!complete) {
      Marks.broken(canvas, x, y, cell.failure());
    } else if (Double.isNaN(value)) {
      Marks.withoutValue(canvas, x, y);
    } else {
      double radius = axes.table() ? largest : Legend.radius(cell.epochs(), mostEpochs, largest);
      Marks.complete(canvas, x, y, radius, scale.color(value), cell.verdict());
    }
    if (!measure.ofAll()) {
      Deviations.draw(canvas, cell, x, y, right);
    }
  }

  /// Radius of the largest circle, which is that of all where area means nothing. In a range they
  /// overlap; else neighbours leave each other room.
  private double largest(ValueAxis columns, ValueAxis rates) {
    boolean levels =
        Stream.of(axes.across(), axes.upward())
            .noneMatch(along -> ValueAxis.isRange(cells.values(along.key())));
    if (!levels) {
      return axes.table() ? IN_RANGE : ON_LEVELS;
    }
    double room = Math.min(columns.closest(), rates.closest()) / 2 - 1;
    return Math.max(IN_RANGE, Math.min(room, axes.table() ? ON_LEVELS : Theme.LARGEST_RADIUS));
  }

  private void explain(Legend legend, double largest) {
    List<Double> values = words().values();
    int over = (int) values.stream().filter(scale::isOver).count();
    if (!values.isEmpty()) {
      String best = measure.lowerIsBetter() ? "darker is better" : "lighter is better";
      legend.colors(scale, measure.label(), best, unit, over);
      if (!axes.table()) {
        legend.sizes(
            leastEpochs,
            mostEpochs,
            largest,
            cells.repeats() > 1 ? "epochs at the stop (mean)" : "epochs at the stop");
      }
      legend.nextRow();
    }
    String neutral = ColorMap.at(.55);
    VERDICTS.forEach((verdict, meaning) -> {
      if (cells.cells().stream()
          .anyMatch(cell -> words().hasValue(cell) && cell.verdicts().containsKey(verdict))) {
        legend.sign(meaning, (canvas, x, y) -> Marks.complete(canvas, x, y, 6, neutral, verdict));
      }
    });
    for (Status status : Status.values()) {
      if (!measure.ofAll()
          && cells.trials().stream()
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
    if (!measure.ofAll() && cells.cells().stream().anyMatch(Deviations::any)) {
      Deviations.explain(legend, axes.table() ? "runs" : "repeats");
    }
  }
}
