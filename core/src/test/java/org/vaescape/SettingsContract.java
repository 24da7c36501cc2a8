package org.vaescape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// That a member of a catalogue says what is wrong with the settings it is given.
public final class SettingsContract {
  private SettingsContract() {}

  /// One that it does not have, by name and with the near miss.
  public static void refusesUnknown(Member<?> member) {
    assertTrue(message(member, "no-such-thing", 1L).startsWith("unknown setting no-such-thing"));
    for (HyperParameter setting : member.settings()) {
      String misspelt = setting.name() + "s";
      assertEquals(
          "unknown setting %s; did you mean %s?".formatted(misspelt, setting.name()),
          message(member, misspelt, setting.defaultValue()));
    }
  }

  /// A value that breaks a rule, by name and with rule and value.
  public static void refusesOutOfRange(Member<?> member) {
    for (HyperParameter setting : member.settings()) {
      assertEquals(
          "%s must be %s but was -0.5".formatted(setting.name(), setting.rule()),
          message(member, setting.name(), -0.5));
    }
  }

  private static String message(Member<?> member, String setting, Object value) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> member.create(Map.of(setting, value)),
                setting)
            .getMessage());
  }
}
