package org.vaescape.study.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A value of a YAML file with its place.
public sealed interface Yaml {
  Place place();

  /// The value without places: `String`, `Long`, `Double`, `Boolean`, a list or a map of these.
  Object plain();

  /// One `String`, `Long`, `Double` (finite) or `Boolean`.
  record Scalar(Object value, Place place) implements Yaml {
    @Override
    public Object plain() {
      return value;
    }
  }

  /// A sequence.
  record Items(List<Yaml> items, Place place) implements Yaml {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public Object plain() {
      return items.stream().map(Yaml::plain).toList();
    }
  }

  /// A mapping, in the order of the file.
  record Section(SequencedMap<String, Entry> entries, Place place) implements Yaml {
    public Section {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    public boolean has(String key) {
      return entries.containsKey(key);
    }

    /// What stands under this key.
    ///
    /// @throws IllegalArgumentException if nothing does
    public Entry entry(String key) {
      Entry entry = entries.get(key);
      if (entry == null) {
        throw new IllegalArgumentException("no key " + key + " at " + place);
      }
      return entry;
    }

    /// This section with `value` under `key`, in its old position or last; comments on the old
    /// value go with it, unless both values are sections.
    public Section with(String key, Yaml value) {
      SequencedMap<String, Entry> changed = new LinkedHashMap<>(entries);
      Entry old = entries.get(key);
      changed.put(
          key,
          old != null && old.value() instanceof Section && value instanceof Section
              ? new Entry(value, old.place(), old.comments())
              : new Entry(value, value.place(), List.of()));
      return new Section(changed, place);
    }

    public Section without(String key) {
      SequencedMap<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.remove(key);
      return new Section(changed, place);
    }

    @Override
    public Object plain() {
      SequencedMap<String, Object> values = new LinkedHashMap<>();
      entries.forEach((key, entry) -> values.put(key, entry.value().plain()));
      return values;
    }
  }

  /// What stands under a key.
  ///
  /// @param place of the key
  /// @param comments lines above the key and behind it, without `#`
  record Entry(Yaml value, Place place, List<String> comments) {
    public Entry {
      comments = List.copyOf(comments);
    }
  }
}
