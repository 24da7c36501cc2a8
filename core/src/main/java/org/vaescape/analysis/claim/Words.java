package org.vaescape.analysis.claim;

import java.util.List;
import java.util.Locale;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.View;

/// How numbers and views read in sentences.
public final class Words {
  /// More ways than this are counted, not named.
  private static final int MOST_NAMED = 4;

  /// Closer bounds than this differ in nothing that matters.
  private static final int MOST_DIGITS = 4;

  /// Smaller changes than this keep two digits that count, as larger shares do not need.
  private static final double LEAST_PERCENT = 0.001;

  private static final double MOST_PERCENT = 9;
  private static final int MOST_PLACES = 13;

  private Words() {}

  /// With a capital letter first.
  public static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /// `61 %`, `0.4 %`, `less than 0.1 %`; `99.6 %` and `more than 99.9 %` of what is not all.
  public static String percent(double share) {
    if (share > 0 && share < 0.001) {
      return "less than 0.1 %";
    }
    if (share >= 0.995 && share < 1) {
      return share < 0.9995 ? one(100 * share) + " %" : "more than 99.9 %";
    }
    return (share < 0.0995 ? one(100 * share) : Long.toString(Math.round(100 * share))) + " %";
  }

  /// `12 %`, of what a loss changes by: of small ones the two digits that count, `0.0043 %`, and of
  /// one beyond tenfold the factor, `a factor of 194`.
  public static String change(double share) {
    double size = Math.abs(share);
    return share >= MOST_PERCENT
        ? "a factor of " + Digits.three(1 + share)
        : size > 0 && size < LEAST_PERCENT
            ? Digits.fixed(100 * share, places(size)) + " %"
            : percent(share);
  }

  /// The interval of such a change, in %.
  public static String change(Interval interval) {
    double size = Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
    return size > 0 && size < LEAST_PERCENT
        ? "[%s, %s]"
            .formatted(
                Digits.fixed(100 * interval.low(), places(size)),
                Digits.fixed(100 * interval.high(), places(size)))
        : of(interval);
  }

  /// For two digits that count of a share in %.
  private static int places(double share) {
    return Math.clamp(-1 - (int) Math.floor(Math.log10(share)), 1, MOST_PLACES);
  }

  /// `[55, 66]`, in %; with more digits where both would read alike: `[99.97, 99.99]`.
  public static String of(Interval interval) {
    String low = bound(interval.low());
    String high = bound(interval.high());
    for (int digits = 1; low.equals(high) && digits <= MOST_DIGITS; digits++) {
      low = Digits.fixed(100 * interval.low(), digits);
      high = Digits.fixed(100 * interval.high(), digits);
    }
    return "[%s, %s]".formatted(low, high);
  }

  /// `55`, of an interval in %.
  public static String bound(double share) {
    return share < 0.0995 ? one(100 * share) : Long.toString(Math.round(100 * share));
  }

  private static String one(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    String whole = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return whole.equals("-0") ? "0" : whole;
  }

  /// `log val_mse`, `ranks of val_mse`.
  public static String outcome(View view) {
    return switch (view.scale()) {
      case RAW -> view.metric();
      case LOG -> "log " + view.metric();
      case RANK -> "ranks of " + view.metric();
    };
  }

  /// `Robust: this holds in all 312 ways of looking at these runs.` No way of looking is another
  /// seed: of one repeat nothing is called robust.
  public static String of(Robustness robustness, int repeats) {
    if (robustness.views() == 0) {
      return "No other way of looking at these runs can tell.";
    }
    if (robustness.robust() && repeats == 1) {
      return "This holds in all %s ways of looking at these runs. They are of one seed: another one may say otherwise."
          .formatted(robustness.views());
    }
    if (robustness.robust()) {
      return "Robust: this holds in all %s ways of looking at these runs."
          .formatted(robustness.views());
    }
    List<String> changes = robustness.overturnedBy();
    String named = String.join("; or ", changes.subList(0, Math.min(MOST_NAMED, changes.size())));
    return "This changes with how the runs are looked at: %s of %s ways agree, and it does not hold %s%s."
        .formatted(
            robustness.agreeing(),
            robustness.views(),
            named,
            changes.size() > MOST_NAMED
                ? "; nor after " + Digits.count(changes.size() - MOST_NAMED, "further change")
                : "");
  }
}
