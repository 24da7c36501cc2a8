package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.vaescape.study.FinishedTrial;

/// The cells of a study in the order of its plan, then those of the store that the plan no longer
/// has.
///
/// @param readings keys whose values are readings
record StudyCells(List<CellSummary> cells, List<String> readings) {
  static final String MODEL = "model";
  static final String LATENT = "latent";
  static final String LEARNING_RATE = "learning-rate";
  static final String OPTIMIZER = "optimizer";

  private static final List<String> AXES = List.of(MODEL, LATENT, LEARNING_RATE, OPTIMIZER);

  StudyCells {
    cells = List.copyOf(cells);
    readings = List.copyOf(readings);
  }

  static StudyCells of(ReportInput input) {
    Map<String, FinishedTrial> byId = new LinkedHashMap<>();
    input.trials().forEach(trial -> byId.put(trial.id(), trial));

    Map<SequencedMap<String, String>, Integer> planned = new LinkedHashMap<>();
    Map<SequencedMap<String, String>, List<FinishedTrial>> ended = new LinkedHashMap<>();
    for (ReportInput.Planned trial : input.plan()) {
      FinishedTrial result = byId.remove(trial.id());
      // As the plan says them: an older version may have stored keys that do nothing as well.
      SequencedMap<String, String> cell = trial.settings();
      planned.merge(cell, 1, Integer::sum);
      List<FinishedTrial> results = ended.computeIfAbsent(cell, key -> new ArrayList<>());
      if (result != null) {
        results.add(result);
      }
    }
    byId.values().stream()
        .sorted(
            Comparator.comparing((FinishedTrial trial) -> trial.settings().toString())
                .thenComparingInt(FinishedTrial::repeat))
        .forEach(trial -> {
          planned.merge(trial.settings(), 1, Integer::sum);
          ended.computeIfAbsent(trial.settings(), key -> new ArrayList<>()).add(trial);
        });
    return new StudyCells(
        planned.entrySet().stream()
            .map(cell ->
                new CellSummary(
                    cell.getKey(), cell.getValue(), ended.getOrDefault(cell.getKey(), List.of())))
            .toList(),
        input.readings());
  }

  StudyCells where(Predicate<CellSummary> rule) {
    return new StudyCells(cells.stream().filter(rule).toList(), readings);
  }

  StudyCells where(String key, String value) {
    return where(cell -> cell.setting(key).equals(value));
  }

  /// The cells of each reading, in their order; nothing is ranked across readings.
  List<StudyCells> byReading() {
    Map<List<String>, List<CellSummary>> apart = new LinkedHashMap<>();
    for (CellSummary cell : cells) {
      List<String> reading = readings.stream().map(cell::setting).toList();
      apart.computeIfAbsent(reading, _ -> new ArrayList<>()).add(cell);
    }
    return apart.values().stream().map(own -> new StudyCells(own, readings)).toList();
  }

  /// The different texts of a setting, in the order of the cells.
  List<String> values(String key) {
    return cells.stream().map(cell -> cell.setting(key)).distinct().toList();
  }

  List<String> models() {
    return values(MODEL);
  }

  /// Results of all cells, in their order.
  List<FinishedTrial> trials() {
    return cells.stream().flatMap(cell -> cell.trials().stream()).toList();
  }

  /// The largest number of trials that one cell asks for.
  int repeats() {
    return cells.stream().mapToInt(CellSummary::planned).max().orElse(0);
  }

  /// Keys that vary beside model, latent, learning rate and optimizer, those of one optimizer
  /// (`sgd.momentum`) left out: panels tell these apart.
  List<String> furtherKeys() {
    List<String> optimizers = values(OPTIMIZER);
    return varying().stream()
        .filter(key -> !AXES.contains(key))
        .filter(key -> optimizers.stream().noneMatch(name -> key.startsWith(name + ".")))
        .toList();
  }

  /// Keys of this optimizer alone that vary.
  List<String> keysOf(String optimizer) {
    return where(OPTIMIZER, optimizer).varying().stream()
        .filter(key -> key.startsWith(optimizer + "."))
        .toList();
  }

  List<String> varying() {
    return VaryingKeys.of(cells.stream().map(CellSummary::settings));
  }
}
