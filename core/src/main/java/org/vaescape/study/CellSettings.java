package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.vaescape.search.Cell;

/// What a cell says, where it goes without keys that change or mean nothing in it; see
/// [Applicability].
final class CellSettings {
  private CellSettings() {}

  /// The value of a key, or its default.
  static Object value(Cell cell, String key) {
    Object value = cell.values().get(key);
    return value != null ? value : StudyKeys.setting(cell, key).defaultValue();
  }

  /// The value of a key that takes words.
  static String word(Cell cell, String key) {
    return (String) value(cell, key);
  }

  /// Settings of the member of a catalogue that the cell names: of `iwae.samples` with `key`
  /// `model` the value under `samples`.
  static SequencedMap<String, Object> of(Cell cell, String key) {
    return below(cell, word(cell, key));
  }

  /// Values of all keys that begin with `prefix` and a dot.
  static SequencedMap<String, Object> below(Cell cell, String prefix) {
    SequencedMap<String, Object> settings = new LinkedHashMap<>();
    String start = prefix + ".";
    cell.values()
        .forEach((name, value) -> {
          if (name.startsWith(start)) {
            settings.put(name.substring(start.length()), value);
          }
        });
    return settings;
  }
}
