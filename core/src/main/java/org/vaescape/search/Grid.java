package org.vaescape.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Every combination of the values of all keys, without keys whose conditions a cell does not meet.
public record Grid() implements Search {
  static final Member<Search> MEMBER =
      new Member<>(
          "grid",
          "every combination of the values listed",
          "full factorial design",
          List.of(),
          settings -> new Grid());

  @Override
  public List<Cell> cells(Space space) {
    List<SequencedMap<String, Object>> cells = List.of(new LinkedHashMap<>());
    for (Dimension dimension : space.dimensions()) {
      List<SequencedMap<String, Object>> longer = new ArrayList<>();
      for (SequencedMap<String, Object> cell : cells) {
        if (dimension.conditions().stream().allMatch(condition -> condition.holds(cell))) {
          for (Object value : dimension.values()) {
            longer.add(with(cell, dimension.key(), value));
          }
        } else {
          longer.add(cell);
        }
      }
      cells = longer;
    }
    return cells.stream().map(Cell::new).toList();
  }

  private static SequencedMap<String, Object> with(
      SequencedMap<String, Object> cell, String key, Object value) {
    if (cell.containsKey(key)) {
      throw new IllegalArgumentException("two dimensions give " + key + " to the cell " + cell);
    }
    SequencedMap<String, Object> longer = new LinkedHashMap<>(cell);
    longer.put(key, value);
    return longer;
  }
}
