package org.vaescape.search;

import java.util.List;
import java.util.Map;

/// Holds for cells whose `key` has one of `values`; a cell without the key does not meet it.
public record Condition(String key, List<Object> values) {
  public Condition {
    values = List.copyOf(values);
  }

  public boolean holds(Map<String, Object> cell) {
    Object value = cell.get(key);
    return value != null && values.contains(value);
  }
}
