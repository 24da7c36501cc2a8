package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// What a study shows, in sentences and counts, and no more than it shows.
record Summary(StudyCells study) {
  private static final String LEARNED = "learned";
  private static final String COLLAPSED = "collapsed";

  /// Beyond so many, the values of a setting are counted instead of named.
  private static final int MOST_VALUES = 12;

  private long planned() {
    return study.cells().stream().mapToLong(CellSummary::planned).sum();
  }

  /// The cell with the lowest mean validation MSE, among those in which every repeat was run and
  /// learned; empty if there is none.
  ///
  /// @param alike cells of one model and one reading
  static Optional<CellSummary> best(StudyCells alike) {
    return alike.cells().stream()
        .filter(Summary::learned)
        .filter(cell -> Double.isFinite(mse(cell)))
        .min(Comparator.comparingDouble(Summary::mse));
  }

  static boolean learned(CellSummary cell) {
    return cell.trials().size() == cell.planned()
        && cell.trials().stream()
            .allMatch(trial -> CellSummary.isComplete(trial) && trial.verdict().equals(LEARNED));
  }

  static double mse(CellSummary cell) {
    return cell.mean(trial -> trial.metric("val_mse"));
  }

  /// Endings, the best of each model, and what these numbers cannot say.
  List<String> sentences() {
    List<String> all = new ArrayList<>(counts());
    for (String model : study.models()) {
      StudyCells cells = study.where(StudyCells.MODEL, model);
      List<CellSummary> best =
          cells.byReading().stream().flatMap(reading -> best(reading).stream()).toList();
      if (best.isEmpty()) {
        all.add(nothing(model, cells.cells()));
      } else if (cells.byReading().size() == 1) {
        all.add(sentence(model, best.getFirst()));
      } else {
        all.add(acrossReadings(model, best, cells.byReading().size()));
      }
    }
    all.addAll(limits());
    return all;
  }

  /// Why a model has no best cell: nothing learned, or no cell has ended in all its repeats.
  private static String nothing(String model, List<CellSummary> cells) {
    long planned = cells.stream().mapToLong(CellSummary::planned).sum();
    long ended = cells.stream().mapToLong(cell -> cell.trials().size()).sum();
    if (ended == 0) {
      return model + ": no trial has ended yet.";
    }
    boolean some =
        cells.stream()
            .flatMap(cell -> cell.complete().stream())
            .anyMatch(trial -> trial.verdict().equals(LEARNED));
    String said = some ? ": no cell has learned in all its repeats" : ": no cell learned";
    return model
        + said
        + (ended < planned
            ? ", but %s of its %s trials have not ended yet.".formatted(planned - ended, planned)
            : ".");
  }

  /// What the study varied and how often it tried each cell.
  String asked() {
    String keys =
        study.varying().stream()
            .map(key -> key + " (" + values(key) + ")")
            .collect(Collectors.joining(", "));
    return "Varied: %s. %s, %s."
        .formatted(
            keys.isEmpty() ? "nothing" : keys,
            Numbers.count(study.cells().size(), "cell"),
            study.repeats() > 1
                ? "up to " + study.repeats() + " repeats of each"
                : "one trial of each");
  }

  private String values(String key) {
    List<String> values = study.values(key).stream().filter(value -> !value.isEmpty()).toList();
    return values.size() > MOST_VALUES ? values.size() + " values" : String.join(", ", values);
  }

  /// How many trials ended, how, and what became of those that ran to their end.
  List<String> counts() {
    List<String> all = new ArrayList<>();
    List<FinishedTrial> trials = study.trials();
    Map<String, Long> endings = new LinkedHashMap<>();
    for (Status status : Status.values()) {
      endings.put(status.text(), trials.stream().filter(t -> t.status() == status).count());
    }
    endings.values().removeIf(count -> count == 0);
    all.add(
        "%s of %s %s ended%s."
            .formatted(
                trials.size(),
                Numbers.count(planned(), "planned trial"),
                planned() == 1 ? "has" : "have",
                endings.isEmpty() ? "" : ": " + listed(endings)));
    List<FinishedTrial> complete = trials.stream().filter(CellSummary::isComplete).toList();
    if (!complete.isEmpty() && complete.size() == trials.size()) {
      all.add("No trial failed.");
    }
    if (!complete.isEmpty()) {
      String subject = complete.size() == 1 ? "the trial" : "the " + complete.size() + " trials";
      all.add("Of %s that ran to the end: %s.".formatted(subject, listed(verdicts(complete))));
      long collapsed = complete.stream().filter(trial -> trial.verdict().equals(COLLAPSED)).count();
      if (2 * collapsed >= complete.size()) {
        all.add(
            "Where a latent collapses, its KL costs more than it gives: units_forecast says how many units can pay at most, and a smaller kl-weight lets more of them.");
      }
    }
    return all;
  }

  /// `learned` first, then what else there is, most frequent first.
  private static Map<String, Long> verdicts(List<FinishedTrial> complete) {
    Map<String, Long> counts = new TreeMap<>();
    complete.forEach(trial ->
        counts.merge(trial.verdict().isEmpty() ? "no verdict" : trial.verdict(), 1L, Long::sum));
    Map<String, Long> ordered = new LinkedHashMap<>();
    ordered.put(LEARNED, counts.getOrDefault(LEARNED, 0L));
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(count -> ordered.putIfAbsent(count.getKey(), count.getValue()));
    return ordered;
  }

  /// How far the best cells may be trusted; empty if there is none.
  List<String> limits() {
    if (study.cells().stream().noneMatch(Summary::learned)) {
      return List.of();
    }
    return List.of(
        "R² is 0 for the mean predictor; PCA has as many components as the model's decoder sees numbers.",
        study.repeats() > 1
            ? "Ranges are the lowest and highest repeat, not confidence intervals."
            : "One repeat: no interval can be given, and small differences may be noise of the seed.",
        "Converged says that the stopping rule was met, not that more epochs would not help: look at the"
            + " learning curves before you blame a learning rate.",
        "Each best cell was chosen on the validation samples it is judged on, which flatters it.");
  }

  private static String acrossReadings(String model, List<CellSummary> best, int readings) {
    DoubleSummaryStatistics errors = best.stream().mapToDouble(Summary::mse).summaryStatistics();
    return "%s: learned under %s of %s readings, with a lowest val MSE from %s to %s; report.html has that of each, since readings are not ranked."
        .formatted(
            model,
            best.size(),
            readings,
            Numbers.value(errors.getMin()),
            Numbers.value(errors.getMax()));
  }

  private String sentence(String model, CellSummary cell) {
    StringBuilder text = new StringBuilder(model);
    text.append(": lowest val MSE ").append(Numbers.value(mse(cell)));
    text.append(", R² ").append(r2(cell));
    double pca = cell.mean(trial -> trial.metric("pca_r2"));
    if (Double.isFinite(pca)) {
      text.append(", PCA's R² ").append(Numbers.fixed(pca));
    }
    String place = place(cell);
    return text.append(place.isEmpty() ? "." : " (" + place + ").").toString();
  }

  /// The mean R² of a cell, with the range of its repeats if there are several.
  static String r2(CellSummary cell) {
    String mean = Numbers.fixed(cell.mean(trial -> trial.metric("val_r2")));
    return cell.trials().size() > 1 ? mean + range(cell, "val_r2") : mean;
  }

  private static String range(CellSummary cell, String metric) {
    double low =
        cell.complete().stream().mapToDouble(t -> t.metric(metric)).min().orElse(Double.NaN);
    double high =
        cell.complete().stream().mapToDouble(t -> t.metric(metric)).max().orElse(Double.NaN);
    return " (%s to %s over %s repeats)"
        .formatted(Numbers.fixed(low), Numbers.fixed(high), cell.complete().size());
  }

  /// The settings that vary, without the model: "latent 50, learning-rate 0.01, optimizer adam".
  String place(CellSummary cell) {
    return study.varying().stream()
        .filter(key -> !key.equals(StudyCells.MODEL) && !cell.setting(key).isEmpty())
        .map(key -> key + " " + cell.setting(key))
        .collect(Collectors.joining(", "));
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }
}
