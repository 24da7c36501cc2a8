package org.vaescape;

import java.util.List;
import java.util.stream.Stream;
import org.vaescape.search.HyperParameter;

/// Values of a setting other than its default, for tests that every setting matters.
public final class AnotherValue {
  private AnotherValue() {}

  /// At least one allowed value that is not the default; every other word of a choice.
  public static List<Object> of(HyperParameter setting) {
    List<Object> values =
        switch (setting) {
          case HyperParameter.Real real ->
              Stream.of(real.initial() / 2, 0.5, 1.0, real.initial() + 1)
                  .filter(value -> value != real.initial() && real.range().contains(value))
                  .limit(1)
                  .<Object>map(value -> value)
                  .toList();
          case HyperParameter.Count count -> List.of(count.initial() + 1);
          case HyperParameter.Choice choice ->
              choice.words().stream()
                  .filter(word -> !word.equals(choice.initial()))
                  .<Object>map(word -> word)
                  .toList();
          case HyperParameter.RealOrWord either ->
              Stream.of(0.5, 1.0, 2.0)
                  .filter(
                      value -> !either.initial().equals(value) && either.range().contains(value))
                  .limit(1)
                  .<Object>map(value -> value)
                  .toList();
          case HyperParameter.Counts counts -> List.of(List.of(counts.initial().getFirst() + 1));
          case HyperParameter.Flag flag -> List.of(!flag.initial());
        };
    if (values.isEmpty()) {
      throw new AssertionError("no other value is allowed for " + setting);
    }
    return values;
  }
}
