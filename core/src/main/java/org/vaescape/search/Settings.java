package org.vaescape.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Values of the settings of one catalogue member, every default filled in.
public record Settings(SequencedMap<String, Object> values) {
  public Settings {
    values = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// Fills in defaults and checks every value given.
  ///
  /// @throws IllegalArgumentException if a name is unknown or a value breaks its rule
  public static Settings of(List<HyperParameter> known, Map<String, ?> given) {
    SequencedMap<String, Object> all = new LinkedHashMap<>();
    for (HyperParameter setting : known) {
      Object value = given.containsKey(setting.name()) ? given.get(setting.name()) : null;
      all.put(setting.name(), value == null ? setting.defaultValue() : setting.check(value));
    }
    for (String name : given.keySet()) {
      if (!all.containsKey(name)) {
        throw new IllegalArgumentException(NearMiss.unknown("setting", name, all.keySet()));
      }
    }
    return new Settings(all);
  }

  public double real(String name) {
    return (Double) value(name);
  }

  public int count(String name) {
    return Math.toIntExact((Long) value(name));
  }

  public String choice(String name) {
    return (String) value(name);
  }

  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  /// The value in its plain form, for settings that take a number or a word.
  public Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no setting " + name + " among " + values.keySet());
    }
    return value;
  }
}
