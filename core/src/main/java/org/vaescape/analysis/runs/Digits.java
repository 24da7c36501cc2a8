package org.vaescape.analysis.runs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;

/// How outcomes, ratios and settings read in sentences.
public final class Digits {
  /// Numbers that share more digits than this differ by rounding.
  private static final int MOST = 11;

  /// Places of a ratio.
  private static final int MOST_PLACES = 13;

  private static final int APART = 5;

  /// As many as a person writes.
  private static final int MOST_CHOSEN = 4;

  private Digits() {}

  /// Three that count: `0.00862`, `12.3`.
  public static String three(double number) {
    double size = Math.abs(number);
    if (number != 0 && (size < 1e-5 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.2e", number);
    }
    return plain(BigDecimal.valueOf(number).round(new MathContext(3, RoundingMode.HALF_UP)));
  }

  /// Three that count, or as many more as tell the numbers of a sentence apart, by at least five of
  /// the last place from the lowest to the highest of them (`2642` beside 2669).
  public static String three(double number, double... beside) {
    double low = number;
    double high = number;
    for (double other : beside) {
      low = Double.isFinite(other) ? Math.min(low, other) : low;
      high = Double.isFinite(other) ? Math.max(high, other) : high;
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    int digits = digits(3, high - low, size);
    if (digits == 3) {
      return three(number);
    }
    if (size < 1e-5 || size >= 1e15) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", number);
    }
    int places = Math.max(digits - 1 - (int) Math.floor(Math.log10(size)), 0);
    return plain(BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP));
  }

  /// How many digits that count tell these numbers apart, from the lowest to the highest of them.
  ///
  /// @param least at least so many
  public static int apart(int least, double... numbers) {
    DoubleSummaryStatistics finite =
        Arrays.stream(numbers).filter(Double::isFinite).summaryStatistics();
    return finite.getCount() < 2
        ? least
        : digits(
            least,
            finite.getMax() - finite.getMin(),
            Math.max(Math.abs(finite.getMin()), Math.abs(finite.getMax())));
  }

  private static int digits(int least, double range, double size) {
    if (!(range > size * Math.pow(10, -MOST))) {
      return least;
    }
    int first = (int) Math.floor(Math.log10(size));
    int digits = least;
    while (digits < MOST + 1 && range < APART * Math.pow(10, first + 1.0 - digits)) {
      digits++;
    }
    return digits;
  }

  /// A level that is a bound of a range: as it is written, but three digits that count of a number
  /// with more than four, which was drawn and not chosen (`0.000112`).
  public static String level(String text) {
    OptionalDouble number = PlainNumber.of(text);
    return number.isPresent() && drawn(BigDecimal.valueOf(number.getAsDouble()))
        ? three(number.getAsDouble())
        : text;
  }

  private static boolean drawn(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() > 0 && stripped.precision() > MOST_CHOSEN;
  }

  /// Two that count of what it differs from 1 by: `1.25`, `1.0043`, `1.000012`.
  public static String ratio(double ratio) {
    double off = Math.abs(ratio - 1);
    if (ratio >= 10 || ratio < 0.1) {
      return three(ratio);
    }
    int places = off == 0 ? 0 : Math.clamp(1 - (int) Math.floor(Math.log10(off)), 2, MOST_PLACES);
    return plain(BigDecimal.valueOf(ratio).setScale(places, RoundingMode.HALF_UP));
  }

  /// Of a rank correlation or probability.
  public static String two(double number) {
    return plain(BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP));
  }

  public static String fixed(double number, int places) {
    return plain(BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP));
  }

  public static String ratios(Interval interval) {
    return "[%s, %s]".formatted(ratio(interval.low()), ratio(interval.high()));
  }

  public static String threes(Interval interval) {
    return "[%s, %s]".formatted(three(interval.low()), three(interval.high()));
  }

  public static String twos(Interval interval) {
    return "[%s, %s]".formatted(two(interval.low()), two(interval.high()));
  }

  /// `latent 50, optimizer adam`.
  public static String settings(SequencedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map((Map.Entry<String, String> one) -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }

  /// The same, of values that were drawn three digits that count.
  public static String rounded(SequencedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map((Map.Entry<String, String> one) -> one.getKey() + " " + level(one.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// `1 split`, `3 splits`.
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.signum() == 0 ? "0" : stripped.toPlainString();
  }
}
