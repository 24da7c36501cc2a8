package org.vaescape.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// Which settings of a study vary, for tables, sentences and figures alike.
final class VaryingKeys {
  /// Keys with more than one value among the settings that have them, in the order in which they
  /// first occur. A setting that only some have, always with the same value, does not vary.
  static List<String> of(Stream<SequencedMap<String, String>> settings) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    settings.forEach(each ->
        each.forEach(
            (key, value) -> values.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(value)));
    return values.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private VaryingKeys() {}
}
