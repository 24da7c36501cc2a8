package org.vaescape.study;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a length of time is written: `90m`, `1h30m`, `45s`.
public final class TimeLimit {
  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

  private TimeLimit() {}

  /// The duration that is written so, longer than nothing.
  ///
  /// @throws IllegalArgumentException with rule and value if none is
  public static Duration of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      Duration duration =
          Duration.ofHours(number(parts.group(1)))
              .plusMinutes(number(parts.group(2)))
              .plusSeconds(number(parts.group(3)));
      if (duration.isPositive()) {
        return duration;
      }
    }
    throw new IllegalArgumentException("must be a time such as 90m, 2h or 45s but was " + text);
  }

  /// The shortest text that [#of] reads as this duration of whole seconds.
  public static String text(Duration duration) {
    String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
    String minutes = duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "";
    String seconds = duration.toSecondsPart() > 0 ? duration.toSecondsPart() + "s" : "";
    return hours + minutes + seconds;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
