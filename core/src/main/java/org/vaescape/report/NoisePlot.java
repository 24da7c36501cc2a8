package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// How far repeats of a setting lie apart: each run of a scope against the mean of its setting, a
/// panel for each optimizer, with the noise that the analysis finds.
///
/// @param noise by the first outcome of the scope; empty where nothing learned
/// @param claim what is said of it; may be empty
/// @param cells of the scope
record NoisePlot(
    String scope, Measure measure, Optional<SeedNoise> noise, String claim, StudyCells cells) {
  /// Settings of a panel that are drawn; of more every so-manieth, by their mean.
  private static final int MOST_SETTINGS = 300;

  /// Of the distances that the axis need not reach.
  private static final double WILD = .02;

  private static final String COLOR = ColorMap.at(.25);

  /// Empty where no setting has two runs with an outcome.
  static Optional<NoisePlot> of(
      FirstShares shares, Sensitivity found, StudyCells cells, Optional<TableColumns> table) {
    String id = "seed-noise/" + shares.scope() + "/" + shares.metric();
    return Measure.of(shares.metric(), table)
        .map(measure ->
            new NoisePlot(
                shares.scope(),
                measure,
                found.noise().stream()
                    .filter(one -> one.scope().equals(shares.scope()))
                    .filter(one -> one.metric().equals(shares.metric()))
                    .findFirst(),
                found.claims().stream()
                    .filter(one -> one.id().equals(id))
                    .map(Claim::sentence)
                    .findFirst()
                    .orElse(""),
                cells))
        .filter(plot -> !plot.settings(plot.cells.cells()).isEmpty());
  }

  /// A setting with two or more runs that have an outcome.
  ///
  /// @param mean on the scale of the noise
  private record Setting(CellSummary cell, List<FinishedTrial> runs, double mean) {}

  private boolean logarithmic() {
    return noise
        .map(known -> known.scale() == Scale.LOG)
        .orElseGet(() -> values(cells.cells()).allMatch(value -> value > 0));
  }

  private DoubleStream values(List<CellSummary> all) {
    return all.stream()
        .flatMap(cell -> cell.complete().stream())
        .mapToDouble(measure.value())
        .filter(Double::isFinite);
  }

  private double scaled(FinishedTrial run) {
    double value = measure.value().applyAsDouble(run);
    return logarithmic() ? Math.log(value) : value;
  }

  private List<Setting> settings(List<CellSummary> all) {
    List<Setting> settings = new ArrayList<>();
    for (CellSummary cell : all) {
      List<FinishedTrial> runs =
          cell.complete().stream().filter(run -> Double.isFinite(scaled(run))).toList();
      if (runs.size() > 1) {
        settings.add(new Setting(cell, runs, CellSummary.mean(runs, this::scaled)));
      }
    }
    return settings;
  }

  private double measured(double scaled) {
    return logarithmic() ? Math.exp(scaled) : scaled;
  }

  Figure figure(String name, Format format) {
    String title = scope + ": how far repeats lie apart";
    ColorScale means = measure.scale(cells);
    DistanceAxis distances = new DistanceAxis(reach(), logarithmic());
    SequencedMap<String, List<CellSummary>> groups = groups();
    MarkPanels.Side across = MarkPanels.Side.of("mean " + measure.label() + " of a setting", means);
    List<MarkPanels.Panel> panels = new ArrayList<>();
    groups.forEach((optimizer, own) ->
        panels.add(
            new MarkPanels.Panel(
                heading(optimizer),
                (canvas, frame) -> draw(canvas, frame, optimizer, own, means, distances))));
    return new MarkPanels(across, distances.side("run, from that mean"), panels)
        .figure(
            name,
            title,
            caption(title, distances.reach()),
            alternative(title),
            this::legend,
            format);
  }

  private SequencedMap<String, List<CellSummary>> groups() {
    SequencedMap<String, List<CellSummary>> groups = new LinkedHashMap<>();
    noise.ifPresent(
        known -> known.optimizers().forEach(one -> groups.put(one.optimizer(), new ArrayList<>())));
    for (CellSummary cell : cells.cells()) {
      groups.computeIfAbsent(Role.OPTIMIZER.in(cell.settings()), _ -> new ArrayList<>()).add(cell);
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  /// Distance on the scale that the axis shows: of nearly all runs, of all that learned, and of the
  /// noise.
  private double reach() {
    List<Setting> settings = settings(cells.cells());
    double[] all =
        settings.stream()
            .flatMapToDouble(
                setting -> setting.runs.stream().mapToDouble(run -> distance(setting, run)))
            .map(Math::abs)
            .sorted()
            .toArray();
    double nearlyAll = all[(int) ((all.length - 1) * (1 - WILD))];
    double learned =
        settings.stream()
            .flatMapToDouble(setting ->
                setting.runs.stream()
                    .filter(CellSummary::learned)
                    .mapToDouble(run -> Math.abs(distance(setting, run))))
            .max()
            .orElse(0);
    double deviation = known().mapToDouble(one -> one.deviation().getAsDouble()).max().orElse(0);
    double reach = DoubleStream.of(nearlyAll, learned, 1.5 * deviation).max().orElse(0);
    return reach > 0 ? 1.08 * reach : 1;
  }

  private Stream<SeedNoise.OfOptimizer> known() {
    return noise.stream()
        .flatMap(one -> one.optimizers().stream())
        .filter(one -> one.deviation().isPresent());
  }

  private double distance(Setting setting, FinishedTrial run) {
    return scaled(run) - setting.mean;
  }

  private void draw(
      Canvas canvas,
      MarkPanels.Frame frame,
      String optimizer,
      List<CellSummary> own,
      ColorScale means,
      DistanceAxis distances) {
    of(optimizer).ifPresent(one -> drawNoise(canvas, frame, one, distances));
    List<Setting> sorted =
        settings(own).stream().sorted(Comparator.comparingDouble(Setting::mean)).toList();
    int step = Math.max(1, Math.ceilDiv(sorted.size(), MOST_SETTINGS));
    for (int i = 0; i < sorted.size(); i += step) {
      draw(canvas, frame, sorted.get(i), means, distances);
    }
  }

  private Optional<SeedNoise.OfOptimizer> of(String optimizer) {
    return noise.stream()
        .flatMap(one -> one.optimizers().stream())
        .filter(one -> one.optimizer().equals(optimizer))
        .findFirst();
  }

  /// `adam: × 1.04 [1.03, 1.06]`.
  private String heading(String optimizer) {
    return (optimizer.isEmpty() ? "noise" : optimizer)
        + of(optimizer)
            .filter(one -> one.deviation().isPresent())
            .map(one -> ": " + words(one))
            .orElse(": noise not known");
  }

  /// One standard deviation to both sides, and in a lighter colour how large it may be.
  private static void drawNoise(
      Canvas canvas, MarkPanels.Frame frame, SeedNoise.OfOptimizer one, DistanceAxis distances) {
    one.interval().ifPresent(interval -> band(canvas, frame, distances, interval.high(), .1));
    one.deviation().ifPresent(deviation -> band(canvas, frame, distances, deviation, .25));
  }

  private static void band(
      Canvas canvas, MarkPanels.Frame frame, DistanceAxis distances, double half, double strength) {
    double top = frame.y(distances.place(half));
    canvas.rect(
        frame.left() + 1,
        top,
        frame.width() - 2,
        frame.y(distances.place(-half)) - top,
        Paint.fill(ColorMap.tint(COLOR, strength)));
  }

  /// `× 1.04 [1.03, 1.06]`.
  private String words(SeedNoise.OfOptimizer one) {
    double deviation = one.deviation().getAsDouble();
    return logarithmic()
        ? "× "
            + Digits.ratio(Math.exp(deviation))
            + one.interval()
                .map(bounds ->
                    " [%s, %s]"
                        .formatted(
                            Digits.ratio(Math.exp(bounds.low())),
                            Digits.ratio(Math.exp(bounds.high()))))
                .orElse("")
        : "± "
            + Digits.three(deviation)
            + one.interval().map(bounds -> " " + Digits.threes(bounds)).orElse("");
  }

  private void draw(
      Canvas canvas,
      MarkPanels.Frame frame,
      Setting setting,
      ColorScale means,
      DistanceAxis distances) {
    double x = frame.x(means.position(measured(setting.mean)));
    double[] ends =
        setting.runs.stream()
            .mapToDouble(run -> frame.y(distances.place(distance(setting, run))))
            .sorted()
            .toArray();
    canvas.group(
        words(setting),
        () -> {
          canvas.polyline(
              new double[] {x, ends[0], x, ends[ends.length - 1]}, Paint.stroke(Theme.FRAME, 1));
          for (FinishedTrial run : setting.runs) {
            double y = frame.y(distances.place(distance(setting, run)));
            mark(canvas, x, y, CellSummary.learned(run));
          }
          if (!setting.cell.broken().isEmpty()) {
            Marks.broken(canvas, x, frame.bottom() - 5, 3.2, setting.cell.failure());
          }
        });
  }

  private static void mark(Canvas canvas, double x, double y, boolean learned) {
    if (learned) {
      canvas.circle(x, y, 2.6, Paint.fill(COLOR).outlined(Theme.INK, .4));
    } else {
      canvas.circle(x, y, 2.2, Paint.fill(Theme.PAPER).outlined(Theme.QUIET, .9));
    }
  }

  private String words(Setting setting) {
    String place =
        cells.varying().stream()
            .filter(key -> !setting.cell.setting(key).isEmpty())
            .map(key -> key + " " + setting.cell.setting(key))
            .collect(Collectors.joining(", "));
    String runs =
        setting.runs.stream()
            .map(run ->
                Numbers.value(measure.value().applyAsDouble(run))
                    + (CellSummary.learned(run) ? "" : " (" + run.verdict() + ")"))
            .collect(Collectors.joining(", "));
    String broken =
        setting.cell.broken().stream()
            .map(run -> ", " + run.status().text())
            .collect(Collectors.joining());
    return "%s: mean %s of %s%s"
        .formatted(place, Numbers.value(measured(setting.mean)), runs, broken);
  }

  private void legend(Legend legend) {
    List<FinishedTrial> runs =
        settings(cells.cells()).stream().flatMap(one -> one.runs.stream()).toList();
    if (runs.stream().anyMatch(CellSummary::learned)) {
      legend.sign("run that learned", (canvas, x, y) -> mark(canvas, x, y, true));
    }
    if (!runs.stream().allMatch(CellSummary::learned)) {
      legend.sign("run that learned nothing", (canvas, x, y) -> mark(canvas, x, y, false));
    }
    for (Status status : Status.values()) {
      if (settings(cells.cells()).stream()
          .flatMap(one -> one.cell.broken().stream())
          .anyMatch(run -> run.status() == status)) {
        legend.sign(
            status.text() + " in another repeat",
            (canvas, x, y) -> Marks.broken(canvas, x, y, 3.2, status));
      }
    }
    if (known().findAny().isPresent()) {
      legend.sign(
          "noise: one standard deviation of a run",
          (canvas, x, y) ->
              canvas.rect(x - 7, y - 5, 14, 10, Paint.fill(ColorMap.tint(COLOR, .25))));
      legend.sign(
          "upper bound of its " + Words.percent(Claim.CONFIDENCE) + " interval",
          (canvas, x, y) ->
              canvas.rect(x - 7, y - 5, 14, 10, Paint.fill(ColorMap.tint(COLOR, .1))));
    }
  }

  private String caption(String title, double reach) {
    List<Setting> settings = settings(cells.cells());
    List<String> parts = new ArrayList<>(List.of(title + "."));
    parts.add(known().findAny().isPresent() ? claim : unknown());
    parts.add(
        "A mark is a run: across the mean of its setting (%s), upward how far the run lies from it%s; a line joins the repeats of a setting, and a panel has those of an optimizer."
            .formatted(measure.meaning(), logarithmic() ? ", as a ratio" : ""));
    if (noise.isPresent() && noise.get().crossed() && known().findAny().isPresent()) {
      parts.add(
          "Each repeat has a split of its own: what it shifts in all settings alike is in the marks, and is taken off the noise.");
    }
    long beyond =
        settings.stream()
            .flatMap(one -> one.runs.stream().map(run -> Math.abs(distance(one, run))))
            .filter(distance -> distance > reach)
            .count();
    if (beyond > 0) {
      parts.add(Numbers.count(beyond, "run") + " beyond the axis: at its ends.");
    }
    if (groups().values().stream().anyMatch(own -> settings(own).size() > MOST_SETTINGS)) {
      parts.add("Of many settings every so-manieth is drawn, by their means.");
    }
    return String.join(" ", parts);
  }

  private String unknown() {
    return noise.stream()
        .flatMap(one -> one.optimizers().stream())
        .map(one -> (one.optimizer() + ": " + one.reason()).replaceFirst("^: ", ""))
        .distinct()
        .collect(
            Collectors.joining(
                "; ",
                "The noise of settings worth having is not known ("
                    + (noise.isEmpty() ? "no setting learned in every repeat" : ""),
                ")."));
  }

  private String alternative(String title) {
    return "%s. %s"
        .formatted(
            title,
            known().findAny().isEmpty()
                ? "Noise is not known."
                : known()
                    .map(one -> (one.optimizer() + " " + words(one)).strip())
                    .collect(Collectors.joining("; ", "Noise of a run: ", ".")));
  }
}
