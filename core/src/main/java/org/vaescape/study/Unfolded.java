package org.vaescape.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.search.Cell;

/// The space of a study as cells, and what of it cannot be.
///
/// @param cells what is tried, in order
/// @param combinations of values that the space has
/// @param leftOut how many of these contradict themselves, by the reason
/// @param idle keys of several values that matter in no cell
/// @param refusal why a value that the study asks for can be in no cell; empty if all can be in one
record Unfolded(
    List<Cell> cells,
    int combinations,
    SequencedMap<String, Integer> leftOut,
    List<String> idle,
    Optional<String> refusal) {
  /// Reasons that a warning gives; each has its values in it, so that a long list makes many.
  private static final int TOLD = 3;

  Unfolded {
    cells = List.copyOf(cells);
    idle = List.copyOf(idle);
    leftOut = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(leftOut));
  }

  /// Of how many combinations are left out and why, and of keys that make no cells; a sentence
  /// each.
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    leftOutWarning().ifPresent(warnings::add);
    if (!idle.isEmpty()) {
      warnings.add(
          "%s: several values, which make no difference in any cell; give one, or models and settings to which it matters"
              .formatted(String.join(", ", idle)));
    }
    return warnings;
  }

  private Optional<String> leftOutWarning() {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    String reasons =
        leftOut.entrySet().stream()
            .limit(TOLD)
            .map(reason -> "%s (%d)".formatted(reason.getKey(), reason.getValue()))
            .collect(Collectors.joining("; "));
    return Optional.of(
        "%d of %d combinations of values cannot be, and are left out: %s%s; take such values out, or list them in studies of their own, if nothing may be left out"
            .formatted(
                leftOut.values().stream().mapToInt(Integer::intValue).sum(),
                combinations,
                reasons,
                leftOut.size() > TOLD ? "; ..." : ""));
  }
}
