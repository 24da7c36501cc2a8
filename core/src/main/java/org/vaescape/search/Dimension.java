package org.vaescape.search;

import java.util.HashSet;
import java.util.List;

/// A key of the space and the values it takes in cells that meet all its conditions.
///
/// @param key as the column of `trials.csv` has it: `latent`, `iwae.samples`
/// @param values at least one, all different, in the order of the file
/// @param conditions empty for a key that every cell has
public record Dimension(String key, List<Object> values, List<Condition> conditions) {
  public Dimension {
    values = List.copyOf(values);
    conditions = List.copyOf(conditions);
    if (values.isEmpty() || new HashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException(
          "%s must have values that are all different but has %s"
              .formatted(key, Cell.text(values)));
    }
  }

  /// A key that every cell has.
  public static Dimension of(String key, List<?> values) {
    return new Dimension(key, List.copyOf(values), List.of());
  }

  public boolean varies() {
    return values.size() > 1;
  }
}
