package org.vaescape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// That members of a catalogue which differ act differently, also beside settings at the ends of
/// their ranges: else a study would train the same thing twice under two names.
public final class EverySettingMatters {
  private EverySettingMatters() {}

  /// Moves each setting beside the defaults, and beside each other setting at other values.
  ///
  /// @param notBeside settings that stay at their defaults: `adam.epsilon`
  /// @param values that a setting is moved to
  /// @param actAlike whether nobody could tell two of them apart
  public static <T> void check(
      Member<T> member,
      Set<String> notBeside,
      Function<HyperParameter, List<Object>> values,
      BiPredicate<T, T> actAlike) {
    Set<String> mattering = new HashSet<>();
    List<String> nothing = new ArrayList<>();
    for (Map<String, Object> beside : surroundings(member, notBeside)) {
      Optional<T> usual = made(member, beside);
      for (HyperParameter setting : member.settings()) {
        if (beside.containsKey(setting.name())) {
          continue;
        }
        for (Object value : values.apply(setting)) {
          Map<String, Object> moved = new LinkedHashMap<>(beside);
          moved.put(setting.name(), value);
          Optional<T> other = made(member, moved);
          if (usual.isPresent() && other.isPresent() && !usual.equals(other)) {
            mattering.add(setting.name());
            if (actAlike.test(usual.get(), other.get())) {
              nothing.add("%s: %s beside %s".formatted(setting.name(), value, beside));
            }
          }
        }
      }
    }
    assertEquals(List.of(), nothing, "what changes nothing");
    assertEquals(member.settings().size(), mattering.size(), "settings that matter somewhere");
  }

  /// The member with its defaults, and with one setting moved.
  public static <T> List<T> variants(Member<T> member) {
    return surroundings(member, Set.of()).stream()
        .flatMap(settings -> made(member, settings).stream())
        .distinct()
        .toList();
  }

  private static List<Map<String, Object>> surroundings(Member<?> member, Set<String> notBeside) {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(Map.of());
    for (HyperParameter setting : member.settings()) {
      if (!notBeside.contains(member.name() + "." + setting.name())) {
        Stream.concat(setting.others().stream(), ends(setting).stream())
            .distinct()
            .forEach(value -> all.add(Map.of(setting.name(), value)));
      }
    }
    return all;
  }

  /// Where something may vanish.
  private static List<Object> ends(HyperParameter setting) {
    return switch (setting) {
      case HyperParameter.Real real ->
          Stream.of(0.0, 1.0).filter(real.range()::contains).<Object>map(end -> end).toList();
      case HyperParameter.Count count -> List.of(count.min());
      case HyperParameter.RealOrWord _,
          HyperParameter.Choice _,
          HyperParameter.Counts _,
          HyperParameter.Flag _ ->
          List.of();
    };
  }

  /// Empty where the member refuses the settings.
  private static <T> Optional<T> made(Member<T> member, Map<String, Object> settings) {
    try {
      return Optional.of(member.create(settings));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
