package org.vaescape.study;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;
import org.vaescape.search.Space;

/// The values that a study asks for, and whether one of them is refused in every combination that
/// has it: only then has somebody asked for what cannot be. That it changes nothing somewhere is no
/// refusal.
final class AskedValues {
  private final Space space;
  private final Set<Value> possible = new HashSet<>();

  /// Why a value was refused first, as a sentence; of those that are not [#possible].
  private final Map<Value, String> refused = new LinkedHashMap<>();

  /// A value of one dimension: of several that have one key, each asks for its own.
  private record Value(Dimension dimension, Object value) {}

  AskedValues(Space space) {
    this.space = space;
  }

  /// A combination that is tried.
  ///
  /// @param meaningless why some of its keys cannot be, by key
  void tried(Cell combination, Map<String, String> meaningless) {
    dimensions(combination)
        .forEach(dimension -> {
          String reason = meaningless.get(dimension.key());
          if (reason == null) {
            Value value = value(combination, dimension);
            possible.add(value);
            refused.remove(value);
          } else {
            refuse(combination, dimension, reason);
          }
        });
  }

  /// A combination that cannot be.
  void leftOut(Cell combination, String reason) {
    dimensions(combination).forEach(dimension -> refuse(combination, dimension, reason));
  }

  private Stream<Dimension> dimensions(Cell combination) {
    return space.dimensions().stream()
        .filter(dimension ->
            dimension.conditions().stream()
                .allMatch(condition -> condition.holds(combination.values())));
  }

  private static Value value(Cell combination, Dimension dimension) {
    return new Value(dimension, combination.value(dimension.key()));
  }

  private void refuse(Cell combination, Dimension dimension, String reason) {
    Value value = value(combination, dimension);
    if (possible.contains(value) || refused.containsKey(value)) {
      return;
    }
    String what =
        dimension.varies()
            ? "no cell can have %s %s".formatted(dimension.key(), combination.text(dimension.key()))
            : "%s with %s".formatted(combination.text("model"), combination.text("optimizer"));
    refused.put(value, what + ": " + reason);
  }

  /// Why a value is refused, as a sentence: the first one where there are several.
  Optional<String> refusal() {
    return refused.values().stream().findFirst();
  }
}
