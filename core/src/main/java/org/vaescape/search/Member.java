package org.vaescape.search;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A catalogue line: how a member is called, what it is, its settings, and how to make it.
///
/// @param summary one line without a full stop
/// @param source paper or program that defines it
public record Member<T>(
    String name,
    String summary,
    String source,
    List<HyperParameter> settings,
    Function<Settings, T> constructor) {
  public Member {
    settings = List.copyOf(settings);
  }

  /// Its setting of this name.
  ///
  /// @throws IllegalArgumentException if it has none
  public HyperParameter setting(String setting) {
    return settings.stream()
        .filter(candidate -> candidate.name().equals(setting))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no setting " + setting));
  }

  /// Makes the member from the values given and defaults for the others.
  ///
  /// @throws IllegalArgumentException if a name is unknown or a value breaks its rule
  public T create(Map<String, ?> given) {
    return constructor.apply(Settings.of(settings, given));
  }
}
