package org.vaescape.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The hyper-parameters of a study, those with one value too.
///
/// Several dimensions may have one key if their conditions exclude each other (`clip` of two
/// models).
///
/// @param dimensions in the order in which searches go through them, the last one fastest; a
///   condition refers to a key that stands before it
public record Space(List<Dimension> dimensions) {
  public Space {
    dimensions = List.copyOf(dimensions);
    Set<String> before = new HashSet<>();
    for (Dimension dimension : dimensions) {
      for (Condition condition : dimension.conditions()) {
        if (!before.contains(condition.key())) {
          throw new IllegalArgumentException(
              "%s depends on %s, which must stand before it"
                  .formatted(dimension.key(), condition.key()));
        }
      }
      before.add(dimension.key());
    }
  }

  /// Keys with more than one value where they apply, in order.
  public List<String> varying() {
    return dimensions.stream().filter(Dimension::varies).map(Dimension::key).distinct().toList();
  }
}
