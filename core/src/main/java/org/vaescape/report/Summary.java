package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// What a study shows, in sentences and counts, and no more than it shows.
record Summary(StudyCells study) {
  private static final String LEARNED = "learned";
  private static final String NOT_RUN = "not run";

  /// Trials by how they ended, in the order of [Status]; those not run last.
  Map<String, Long> byStatus() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Status status : Status.values()) {
      long count = study.trials().stream().filter(trial -> trial.status() == status).count();
      if (count > 0) {
        counts.put(status.text(), count);
      }
    }
    long missing = planned() - study.trials().size();
    if (missing > 0) {
      counts.put(NOT_RUN, missing);
    }
    return counts;
  }

  private Map<String, Long> ended() {
    Map<String, Long> counts = byStatus();
    counts.remove(NOT_RUN);
    return counts;
  }

  /// Trials that ran to their end, by verdict, most frequent first.
  Map<String, Long> byVerdict() {
    Map<String, Long> counts =
        study.trials().stream()
            .filter(CellSummary::isComplete)
            .map(trial -> trial.verdict().isEmpty() ? "no verdict" : trial.verdict())
            .collect(Collectors.groupingBy(v -> v, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private long planned() {
    return study.cells().stream().mapToLong(CellSummary::planned).sum();
  }

  /// The cell of this model with the lowest mean validation MSE, among those in which every repeat
  /// was run and learned; empty if there is none.
  Optional<CellSummary> best(String model) {
    return study.where(StudyCells.MODEL, model).cells().stream()
        .filter(Summary::learned)
        .filter(cell -> Double.isFinite(mse(cell)))
        .min(Comparator.comparingDouble(Summary::mse));
  }

  private static boolean learned(CellSummary cell) {
    return cell.trials().size() == cell.planned()
        && cell.trials().stream()
            .allMatch(trial -> CellSummary.isComplete(trial) && trial.verdict().equals(LEARNED));
  }

  static double mse(CellSummary cell) {
    return cell.mean(trial -> trial.metric("val_mse"));
  }

  List<String> sentences() {
    List<String> all = new ArrayList<>();
    all.add(
        "%s of %s have ended%s."
            .formatted(
                study.trials().size(),
                Numbers.count(planned(), "planned trial"),
                ended().isEmpty() ? "" : ": " + listed(ended())));
    List<FinishedTrial> complete = study.trials().stream().filter(CellSummary::isComplete).toList();
    long learned = complete.stream().filter(trial -> trial.verdict().equals(LEARNED)).count();
    if (!complete.isEmpty()) {
      all.add(
          "%d of the %s that ran to their end did not learn; by verdict: %s."
              .formatted(
                  complete.size() - learned,
                  Numbers.count(complete.size(), "trial"),
                  listed(byVerdict())));
    }
    for (String model : study.models()) {
      all.add(best(model).map(cell -> sentence(model, cell)).orElse(model + ": no cell learned."));
    }
    if (study.models().stream().anyMatch(model -> best(model).isPresent())) {
      all.add(
          (study.repeats() > 1
                  ? "Ranges are the lowest and highest repeat, not confidence intervals. "
                  : "One repeat: no interval can be given, and small differences between cells may be"
                      + " noise of the seed. ")
              + "Each best cell was chosen on the validation samples it is judged on, which flatters"
              + " it.");
    }
    return all;
  }

  private String sentence(String model, CellSummary cell) {
    StringBuilder text = new StringBuilder(model);
    text.append(": lowest validation MSE of a cell that learned is ");
    text.append(Numbers.value(mse(cell)));
    text.append(" (").append(place(cell)).append("); R² ");
    text.append(Numbers.fixed(cell.mean(trial -> trial.metric("val_r2"))));
    if (cell.trials().size() > 1) {
      text.append(range(cell, "val_r2"));
    }
    double pca = cell.mean(trial -> trial.metric("pca_r2"));
    if (Double.isFinite(pca)) {
      text.append(", PCA with as many components ").append(Numbers.fixed(pca));
    }
    return text.append(", the mean predictor 0.").toString();
  }

  private static String range(CellSummary cell, String metric) {
    double low =
        cell.complete().stream().mapToDouble(t -> t.metric(metric)).min().orElse(Double.NaN);
    double high =
        cell.complete().stream().mapToDouble(t -> t.metric(metric)).max().orElse(Double.NaN);
    return " (%s to %s over %d repeats)"
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
