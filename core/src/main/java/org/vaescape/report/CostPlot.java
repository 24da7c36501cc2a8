package org.vaescape.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// What trials cost: a panel for each model, trials by latent size.
///
/// @param cells of a study that have a trial with this cost
record CostPlot(Cost cost, StudyCells cells) {
  private static final int MOST_MODELS = 12;

  /// Models of which a caption says what a trial costs.
  private static final int MOST_NAMED = 6;

  /// Trials of a model and latent size that have a dot each; of more, quartiles are drawn.
  private static final int MOST_DOTS = 120;

  /// Width of a column's dots, as a share of the way to the next one.
  private static final double SPREAD = .55;

  /// Between medians that are written above their columns.
  private static final double SPACE = 4;

  /// Share of the height that marks have; above them stand the medians.
  private static final double BELOW_NUMBERS = .88;

  private static final String COLOR = ColorMap.at(.25);

  /// Lighter, as dots stand close and the median is to be seen before them.
  private static final String DOT = ColorMap.tint(COLOR, .7);

  /// Something that a trial costs.
  ///
  /// @param name as file names have it
  /// @param unit behind numbers
  /// @param meaning half a sentence for captions
  /// @param counts trials that have it
  record Cost(
      String name,
      String title,
      String unit,
      String meaning,
      Predicate<FinishedTrial> counts,
      ToDoubleFunction<FinishedTrial> value) {
    static final Cost SECONDS =
        new Cost(
            "seconds",
            "seconds a trial",
            " s",
            "wall time of the trials that ran to their end, training and outcomes",
            CellSummary::isComplete,
            FinishedTrial::seconds);

    static final Cost EPOCHS =
        new Cost(
            "epochs",
            "epochs a trial",
            "",
            "epochs until the stop, of the trials that ran to their end",
            CellSummary::isComplete,
            FinishedTrial::epochs);

    static final Cost MEMORY =
        new Cost(
            "memory",
            "memory of a trial (MB)",
            " MB",
            "what a trial's own tensors need at their peak, in millions of bytes, as estimated before it starts; the data, which trials share, are left out",
            _ -> true,
            trial ->
                PlainNumber.of(trial.provenance().getOrDefault(FinishedTrial.MEMORY, ""))
                    .orElse(Double.NaN));

    /// Whether the trial has a cost that can be drawn on a logarithmic axis.
    private boolean has(FinishedTrial trial) {
      double value = this.value.applyAsDouble(trial);
      return counts.test(trial) && Double.isFinite(value) && value > 0;
    }
  }

  /// Of each cost that some trials have; trials of earlier versions have no memory.
  static List<CostPlot> all(StudyCells study) {
    return Stream.of(Cost.SECONDS, Cost.EPOCHS, Cost.MEMORY)
        .map(cost ->
            new CostPlot(cost, study.where(cell -> cell.trials().stream().anyMatch(cost::has))))
        .filter(plot -> !plot.cells.cells().isEmpty())
        .toList();
  }

  private List<String> models() {
    return cells.models().stream().limit(MOST_MODELS).toList();
  }

  Figure figure(String name, Format format) {
    String title = "What trials cost: " + cost.title;
    LevelAxis latents = latents();
    double[] values = trials(cells.cells()).stream().mapToDouble(cost.value).toArray();
    ColorScale scale = ColorScale.of(values).reaching(values);
    List<Double> places = new ArrayList<>();
    for (int column = 0; column < latents.size(); column++) {
      places.add(across(column, latents));
    }
    List<MarkPanels.Panel> panels = new ArrayList<>();
    for (String model : models()) {
      List<CellSummary> own = cells.where(StudyCells.MODEL, model).cells();
      panels.add(
          new MarkPanels.Panel(
              model.isEmpty() ? "all" : model,
              (canvas, frame) -> {
                for (int column = 0; column < latents.size(); column++) {
                  draw(canvas, frame, column, latents, own, scale);
                }
              }));
    }
    return new MarkPanels(
            new MarkPanels.Side("latent dimensions", latents.labels(), places),
            upward(scale),
            panels)
        .figure(
            name,
            title,
            caption(title, latents),
            alternative(title, latents),
            this::legend,
            format);
  }

  private LevelAxis latents() {
    List<String> levels = cells.values(StudyCells.LATENT);
    boolean numeric = levels.stream().allMatch(level -> PlainNumber.of(level).isPresent());
    return LevelAxis.of(
        new Variable(
            List.of(StudyCells.LATENT),
            numeric
                ? levels.stream()
                    .sorted(
                        Comparator.comparingDouble(level -> PlainNumber.of(level).orElseThrow()))
                    .toList()
                : levels,
            numeric));
  }

  private MarkPanels.Side upward(ColorScale scale) {
    MarkPanels.Side whole = MarkPanels.Side.of(cost.title, scale);
    return new MarkPanels.Side(
        whole.title(),
        whole.labels(),
        whole.places().stream().map(place -> place * BELOW_NUMBERS).toList());
  }

  private static double y(MarkPanels.Frame frame, ColorScale scale, double value) {
    return frame.y(BELOW_NUMBERS * scale.position(value));
  }

  private static double across(int column, LevelAxis latents) {
    return (column + .5) / latents.size();
  }

  private List<FinishedTrial> trials(List<CellSummary> own) {
    return own.stream().flatMap(cell -> cell.trials().stream()).filter(cost::has).toList();
  }

  private List<FinishedTrial> trials(List<CellSummary> own, LevelAxis latents, int column) {
    return trials(own.stream().filter(cell -> latents.place(cell) == column).toList());
  }

  private void draw(
      Canvas canvas,
      MarkPanels.Frame frame,
      int column,
      LevelAxis latents,
      List<CellSummary> own,
      ColorScale scale) {
    List<FinishedTrial> trials = trials(own, latents, column);
    if (trials.isEmpty()) {
      return;
    }
    double[] sorted = trials.stream().mapToDouble(cost.value).sorted().toArray();
    double half = SPREAD / latents.size() / 2;
    double left = frame.x(across(column, latents) - half);
    double right = frame.x(across(column, latents) + half);
    canvas.group(
        words(latents, column, sorted),
        () -> {
          if (trials.size() > MOST_DOTS) {
            box(canvas, frame, sorted, scale, left, right);
          } else {
            dots(canvas, frame, trials, scale, left, right);
          }
          double y = y(frame, scale, quantile(sorted, .5));
          canvas.polyline(new double[] {left, y, right, y}, Paint.stroke(Theme.INK, 2));
          String median = Numbers.value(quantile(sorted, .5));
          if (Glyphs.REGULAR.width(median, Theme.TICK) + SPACE <= frame.width() / latents.size()) {
            canvas.text(
                median,
                (left + right) / 2,
                frame.bottom() - frame.height() + 12,
                TextStyle.of(Theme.TICK, Theme.QUIET, Anchor.MIDDLE));
          }
        });
  }

  private void dots(
      Canvas canvas,
      MarkPanels.Frame frame,
      List<FinishedTrial> trials,
      ColorScale scale,
      double left,
      double right) {
    for (int i = 0; i < trials.size(); i++) {
      // Multiples of the golden ratio lie evenly, whatever their number is.
      double aside = ((i + .5) * .618034) % 1;
      double x = left + (right - left) * aside;
      double y = y(frame, scale, cost.value.applyAsDouble(trials.get(i)));
      Status status = trials.get(i).status();
      if (status == Status.OUT_OF_MEMORY) {
        Marks.broken(canvas, x, y, 2.6, status);
      } else {
        canvas.circle(x, y, 1.6, Paint.fill(DOT));
      }
    }
  }

  private static void box(
      Canvas canvas,
      MarkPanels.Frame frame,
      double[] sorted,
      ColorScale scale,
      double left,
      double right) {
    double middle = (left + right) / 2;
    double low = y(frame, scale, quantile(sorted, .05));
    double high = y(frame, scale, quantile(sorted, .95));
    double lower = y(frame, scale, quantile(sorted, .25));
    double upper = y(frame, scale, quantile(sorted, .75));
    canvas.polyline(new double[] {middle, low, middle, high}, Paint.stroke(COLOR, 1));
    canvas.rect(
        left,
        upper,
        right - left,
        lower - upper,
        Paint.fill(ColorMap.tint(COLOR, .25)).outlined(COLOR, 1));
  }

  /// An order statistic: a cost that some trial had, or the mean of two in the middle.
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    return (sorted[(int) Math.floor(place)] + sorted[(int) Math.ceil(place)]) / 2;
  }

  private String words(LevelAxis latents, int column, double[] sorted) {
    return "%s: median %s, %s to %s (%s)"
        .formatted(
            latents.words(column),
            number(quantile(sorted, .5)),
            number(sorted[0]),
            number(sorted[sorted.length - 1]),
            Numbers.count(sorted.length, "trial"));
  }

  private String number(double value) {
    return Numbers.value(value) + cost.unit;
  }

  private boolean boxes(LevelAxis latents) {
    return models().stream()
        .map(model -> cells.where(StudyCells.MODEL, model).cells())
        .anyMatch(own ->
            Stream.iterate(0, column -> column < latents.size(), column -> column + 1)
                .anyMatch(column -> trials(own, latents, column).size() > MOST_DOTS));
  }

  private void legend(Legend legend) {
    legend.sign(
        "median (number above)",
        (canvas, x, y) ->
            canvas.polyline(new double[] {x - 7, y, x + 7, y}, Paint.stroke(Theme.INK, 2)));
    if (boxes(latents())) {
      legend.sign(
          "middle half; line: 90 %",
          (canvas, x, y) ->
              canvas.rect(
                  x - 6, y - 5, 12, 10, Paint.fill(ColorMap.tint(COLOR, .25)).outlined(COLOR, 1)));
    } else {
      legend.sign("trial", (canvas, x, y) -> canvas.circle(x, y, 1.6, Paint.fill(DOT)));
    }
    if (trials(cells.cells()).stream().anyMatch(trial -> trial.status() == Status.OUT_OF_MEMORY)) {
      legend.sign(
          Status.OUT_OF_MEMORY.text(),
          (canvas, x, y) -> Marks.broken(canvas, x, y, 3.2, Status.OUT_OF_MEMORY));
    }
  }

  private String caption(String title, LevelAxis latents) {
    String left =
        cells.models().size() > MOST_MODELS
            ? " The first %s of %s models.".formatted(MOST_MODELS, cells.models().size())
            : "";
    return "%s. %s Shown is %s; across: latent dimensions, a panel for each model, on a log axis.%s"
        .formatted(title, findings(latents), cost.meaning, left);
  }

  /// `Medians: vae 4.1 s (latent 10: 3.9 s, latent 200: 6 s), iwae ...`, the dearest model first.
  private String findings(LevelAxis latents) {
    return models().stream()
        .sorted(Comparator.comparingDouble(model -> -median(model).orElse(0.0)))
        .limit(MOST_NAMED)
        .map(model ->
            (model + " " + number(median(model).orElse(0.0)) + ends(model, latents)).strip())
        .collect(Collectors.joining(", ", "Medians: ", "."));
  }

  private Optional<Double> median(String model) {
    return median(trials(cells.where(StudyCells.MODEL, model).cells()));
  }

  private Optional<Double> median(List<FinishedTrial> trials) {
    double[] sorted = trials.stream().mapToDouble(cost.value).sorted().toArray();
    return sorted.length == 0 ? Optional.empty() : Optional.of(quantile(sorted, .5));
  }

  /// Of the smallest and the largest latent size.
  private String ends(String model, LevelAxis latents) {
    if (latents.size() < 2) {
      return "";
    }
    List<CellSummary> own = cells.where(StudyCells.MODEL, model).cells();
    return Arrays.stream(new int[] {0, latents.size() - 1})
        .mapToObj(column ->
            median(trials(own, latents, column))
                .map(value -> latents.words(column) + ": " + number(value)))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private String alternative(String title, LevelAxis latents) {
    return "Dots by model and latent size. %s. %s".formatted(title, findings(latents));
  }
}
