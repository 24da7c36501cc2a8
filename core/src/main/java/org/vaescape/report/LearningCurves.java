package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LossUnit;
import org.vaescape.study.Status;

/// Validation reconstruction loss against epoch, a line a trial, coloured by learning rate, with a
/// panel for each optimizer and a dot where training stopped.
///
/// @param name of the model, and what its cells have in common
/// @param cells of one model, whose losses are of one unit
record LearningCurves(String name, StudyCells cells) {
  private static final String TERM = "val_reconstruction";
  private static final double NARROWEST = 200;
  private static final double WIDEST = 244;
  private static final double HEIGHT = 190;
  private static final double INSET = 8;

  /// Whether there is a line to draw.
  boolean hasCurves() {
    return losses().findAny().isPresent();
  }

  Figure figure(String file, Format format) {
    ColorScale scale = ColorScale.of(losses().toArray());
    int last = cells.trials().stream().mapToInt(trial -> trial.curve().size()).max().orElse(1);
    List<String> optimizers = cells.values(StudyCells.OPTIMIZER);
    ValueAxis rates = rates();
    Panels layout = layout(scale, last, optimizers, format);
    String title = name + ": learning curves";
    return Figure.of(
        file,
        title,
        caption(title, scale),
        "Line plot of "
            + Numbers.count(cells.trials().size(), "trial")
            + ". "
            + caption(title, scale),
        Math.max(layout.width(), format.narrowest()),
        layout.height() + 12,
        (canvas, top) -> {
          layout.draw(canvas, top);
          for (int panel = 0; panel < optimizers.size(); panel++) {
            Plot plot =
                new Plot(
                    scale,
                    rates,
                    last,
                    layout.plotWidth(),
                    layout.plotLeft(panel),
                    layout.plotBottom(panel, top));
            StudyCells shown = cells.where(StudyCells.OPTIMIZER, optimizers.get(panel));
            shown.trials().forEach(trial -> drawTrial(canvas, trial, plot));
          }
        },
        this::explain);
  }

  /// Where epochs and losses lie in a panel.
  ///
  /// @param last epoch of the axis
  /// @param left edge
  /// @param bottom edge
  private record Plot(
      ColorScale scale, ValueAxis rates, int last, double width, double left, double bottom) {
    double x(double epoch) {
      return left + across(epoch, last, width);
    }

    double y(double loss) {
      return bottom - upward(loss, scale);
    }
  }

  /// Losses of trials that ran to their end and did not explode: they set the axis.
  private DoubleStream losses() {
    return cells.trials().stream()
        .filter(trial -> CellSummary.isComplete(trial) && !trial.verdict().equals("exploded"))
        .flatMap(LearningCurves::finite)
        .mapToDouble(Double::doubleValue);
  }

  private static Stream<Double> finite(FinishedTrial trial) {
    return trial.curve().stream()
        .map(epoch -> epoch.terms().getOrDefault(TERM, Double.NaN))
        .filter(Double::isFinite);
  }

  private static Panels layout(ColorScale scale, int last, List<String> optimizers, Format format) {
    List<Double> losses = scale.ticks();
    Panels.Axis upward =
        new Panels.Axis(
            "validation reconstruction loss",
            losses.stream().map(Numbers::value).toList(),
            losses.stream().map(loss -> upward(loss, scale)).toList());
    Panels.Side side = Panels.Side.of(format, upward, HEIGHT, Panels.LONGEST_LABEL);
    double width = side.shared(optimizers.size(), NARROWEST, WIDEST);
    List<Double> epochs = new ArrayList<>(new ColorScale(0, last, false).ticks());
    epochs.removeIf(epoch -> epoch != Math.rint(epoch));
    return new Panels(
        new Panels.Axis(
            "epoch",
            epochs.stream().map(Numbers::value).toList(),
            epochs.stream().map(epoch -> across(epoch, last, width)).toList()),
        side,
        optimizers.stream().map(name -> name.isEmpty() ? "all" : name).toList(),
        width);
  }

  private static double across(double epoch, int last, double width) {
    return INSET + (width - 2 * INSET) * epoch / last;
  }

  private static double upward(double loss, ColorScale scale) {
    double place = INSET + (HEIGHT - 2 * INSET) * scale.position(loss);
    return Math.clamp(place, 0, HEIGHT);
  }

  private static void drawTrial(Canvas canvas, FinishedTrial trial, Plot plot) {
    List<Double> points = new ArrayList<>();
    int stop = 0;
    for (FinishedTrial.Epoch epoch : trial.curve()) {
      double loss = epoch.terms().getOrDefault(TERM, Double.NaN);
      if (Double.isFinite(loss)) {
        stop = epoch.number() <= trial.epochs() ? points.size() : stop;
        points.add(plot.x(epoch.number()));
        points.add(plot.y(loss));
      }
    }
    if (points.isEmpty()) {
      if (!CellSummary.isComplete(trial)) {
        double x = plot.x(trial.epochs());
        double y = plot.bottom - HEIGHT + INSET;
        canvas.group(
            words(trial), List.of(trial), () -> Marks.broken(canvas, x, y, 3.2, trial.status()));
      }
      return;
    }
    int end = stop;
    String color = color(trial.settings().getOrDefault(StudyCells.LEARNING_RATE, ""), plot.rates);
    canvas.group(
        words(trial),
        List.of(trial),
        () -> {
          double[] line = points.stream().mapToDouble(Double::doubleValue).toArray();
          if (line.length > 2) {
            canvas.polyline(line, new Paint(Paint.NONE, color, 1.1, .75));
          }
          double x = line[end];
          double y = line[end + 1];
          if (CellSummary.isComplete(trial)) {
            canvas.circle(x, y, 2, Paint.fill(color).outlined(Theme.INK, .4));
          } else {
            Marks.broken(canvas, x, y, 3.2, trial.status());
          }
        });
  }

  private static String words(FinishedTrial trial) {
    return "latent %s, learning rate %s, %s: %s after %s"
        .formatted(
            trial.settings().getOrDefault(StudyCells.LATENT, ""),
            trial.settings().getOrDefault(StudyCells.LEARNING_RATE, ""),
            trial.settings().getOrDefault(StudyCells.OPTIMIZER, ""),
            trial.status().text(),
            Numbers.count(trial.epochs(), "epoch"));
  }

  private ValueAxis rates() {
    return ValueAxis.logarithmic(cells.values(StudyCells.LEARNING_RATE), 1);
  }

  /// From dark (the smallest rate) to light; yellow itself is too faint for a line.
  private static String color(String rate, ValueAxis rates) {
    int steps = Math.max(1, rates.values().size() - 1);
    return ColorMap.at(.88 * rates.values().indexOf(rate) / steps);
  }

  private void explain(Legend legend) {
    ValueAxis rates = rates();
    boolean first = true;
    for (int i = 0; i < rates.values().size(); i++) {
      String rate = rates.values().get(i);
      if (cells.where(StudyCells.LEARNING_RATE, rate).trials().stream()
          .flatMap(LearningCurves::finite)
          .findAny()
          .isEmpty()) {
        continue; // no line has its colour
      }
      String color = color(rate, rates);
      String label = Glyphs.REGULAR.fit(rates.labels().get(i), Theme.TICK, 120);
      legend.sign(
          first ? "learning rate " + label : label,
          (canvas, x, y) ->
              canvas.polyline(new double[] {x - 7, y, x + 7, y}, Paint.stroke(color, 2)));
      first = false;
    }
    legend.sign(
        "stop",
        (canvas, x, y) ->
            canvas.circle(x, y, 2.4, Paint.fill(Theme.QUIET).outlined(Theme.INK, .4)));
    for (Status status : Status.values()) {
      if (cells.trials().stream()
          .anyMatch(trial -> trial.status() == status && !CellSummary.isComplete(trial))) {
        legend.sign(status.text(), (canvas, x, y) -> Marks.broken(canvas, x, y, 3.2, status));
      }
    }
  }

  private String caption(String title, ColorScale scale) {
    StringBuilder text = new StringBuilder(title);
    String unit = LossUnit.of(cells.cells().getFirst().settings()).words();
    text.append(". Validation reconstruction loss")
        .append(unit.isEmpty() ? "" : " (" + unit + ")")
        .append(scale.logarithmic() ? " (log axis)" : "");
    text.append(" against epoch, a line a trial, coloured by learning rate; a panel for each ");
    text.append("optimizer. The dot is where training stopped.");
    List<String> alike =
        cells.varying().stream()
            .filter(
                key -> !key.equals(StudyCells.LEARNING_RATE) && !key.equals(StudyCells.OPTIMIZER))
            .toList();
    if (!alike.isEmpty()) {
      text.append(" Lines of different ").append(String.join(", ", alike));
      text.append(" are drawn alike.");
    }
    if (cells.repeats() > 1) {
      text.append(" Each repeat has a line of its own.");
    }
    if (cells.trials().stream().flatMap(LearningCurves::finite).anyMatch(scale::isOver)) {
      text.append(" A line at the upper edge lies beyond ");
      text.append(Numbers.value(scale.high())).append('.');
    }
    if (cells.trials().stream().anyMatch(trial -> !CellSummary.isComplete(trial))) {
      text.append(" Other signs are at the last finite loss, at the upper edge if there is none.");
    }
    return text.toString();
  }
}
