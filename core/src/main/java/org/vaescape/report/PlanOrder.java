package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.study.FinishedTrial;

/// The order of rows in tables.
final class PlanOrder {
  private PlanOrder() {}

  /// Trials in the order of the plan, then those that the plan no longer has, by id.
  static List<FinishedTrial> of(List<String> plan, List<FinishedTrial> trials) {
    SequencedMap<String, FinishedTrial> left = new LinkedHashMap<>();
    trials.stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .forEach(trial -> left.put(trial.id(), trial));
    List<FinishedTrial> ordered = new ArrayList<>();
    for (String id : plan) {
      FinishedTrial trial = left.remove(id);
      if (trial != null) {
        ordered.add(trial);
      }
    }
    ordered.addAll(left.values());
    return ordered;
  }
}
