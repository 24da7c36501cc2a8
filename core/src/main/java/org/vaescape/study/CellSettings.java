package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.vaescape.search.Cell;

/// The settings that a cell has for the model, optimizer or scheduler that it names.
final class CellSettings {
  private CellSettings() {}

  /// Values by setting: of `iwae.samples` with `key` `model` the value under `samples`.
  static SequencedMap<String, Object> of(Cell cell, String key) {
    return below(cell, cell.text(key));
  }

  /// Values of all keys that begin with `prefix` and a dot.
  static SequencedMap<String, Object> below(Cell cell, String prefix) {
    SequencedMap<String, Object> settings = new LinkedHashMap<>();
    cell.values()
        .forEach((name, value) -> {
          if (name.startsWith(prefix + ".")) {
            settings.put(name.substring(prefix.length() + 1), value);
          }
        });
    return settings;
  }
}
