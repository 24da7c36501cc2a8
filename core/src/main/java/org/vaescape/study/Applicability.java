package org.vaescape.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vaescape.search.Condition;
import org.vaescape.search.Dimension;

/// Which keys change nothing in some cells: these cells go without them, so that no trial is
/// trained twice under two names.
final class Applicability {
  private static final Set<String> OF_HIDDEN_LAYERS =
      Set.of("activation", "normalization", "dropout");

  private Applicability() {}

  /// The same dimensions, those keys only where they matter.
  ///
  /// @param all dimensions of the study, for the values that others have
  static List<Dimension> limited(List<Dimension> dimensions, List<Dimension> all) {
    List<Dimension> limited = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      if (OF_HIDDEN_LAYERS.contains(dimension.key())) {
        limited.add(without(dimension, "hidden", List.of(), all));
      } else if (dimension.key().equals("initializer-layers")) {
        limited.add(without(dimension, "initializer", "pytorch", all));
      } else {
        limited.add(dimension);
      }
    }
    return limited;
  }

  /// The dimension for cells whose `key` is not `value`.
  private static Dimension without(
      Dimension dimension, String key, Object value, List<Dimension> all) {
    List<Object> others = new ArrayList<>();
    all.stream().filter(d -> d.key().equals(key)).forEach(d -> others.addAll(d.values()));
    return others.remove(value)
        ? new Dimension(dimension.key(), dimension.values(), List.of(new Condition(key, others)))
        : dimension;
  }
}
