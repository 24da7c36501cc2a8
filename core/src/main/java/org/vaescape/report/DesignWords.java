package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.Design;

/// What was tried in a scope, as a sentence.
final class DesignWords {
  private DesignWords() {}

  static String sentence(Design design) {
    return "%s: %s%s, %s%s%s.%s"
        .formatted(
            design.scope(),
            Numbers.count(design.runs(), "run"),
            design.variables().isEmpty() ? "; nothing varied" : varied(design),
            design.repeats() == 1 ? "one seed" : design.repeats() + " repeats",
            counts(design),
            leftOut(design),
            design.untold().stream()
                    .map(one -> " " + one.key() + " " + one.reason() + ".")
                    .collect(Collectors.joining())
                + (design.reason().isEmpty() ? "" : " " + design.reason() + "."));
  }

  /// `; 3 failed, 6 learned nothing`; what is none is not said.
  private static String counts(Design design) {
    List<String> counts = new ArrayList<>();
    if (design.failed() > 0) {
      counts.add(design.failed() + " failed");
    }
    if (design.unlearned() > 0) {
      counts.add(design.unlearned() + " learned nothing");
    }
    return counts.isEmpty() ? "" : "; " + String.join(", ", counts);
  }

  private static String varied(Design design) {
    return " of %s; %s"
        .formatted(
            design.variables().stream()
                .map(variable -> variable.name() + " (" + variable.levels().size() + ")")
                .collect(Collectors.joining(" x ")),
            design.complete() ? "a complete grid" : "no complete grid");
  }

  private static String leftOut(Design design) {
    if (design.leftOut() == 0) {
      return "";
    }
    return "; %s of %s %s left out of all but counts and forests: %s"
        .formatted(
            design.leftOut(),
            Numbers.count(design.runs(), "run"),
            design.leftOut() == 1 ? "is" : "are",
            design.lacking() == 0
                ? "repeats that only some settings have"
                : "settings differ in their repeats, and %s of %s lack some of those that count"
                    .formatted(design.lacking(), design.cells()));
  }
}
