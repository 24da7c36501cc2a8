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

  private Words() {}

  /// With a capital letter first.
  public static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /// `61 %`, `0.4 %`, `less than 0.1 %`.
  public static String percent(double share) {
    if (share > 0 && share < 0.001) {
      return "less than 0.1 %";
    }
    return (share < 0.0995 ? one(100 * share) : Long.toString(Math.round(100 * share))) + " %";
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

  private static String bound(double share) {
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
      return "This holds in all %s ways of looking at these runs, which are of one seed; another seed is none of them."
          .formatted(robustness.views());
    }
    if (robustness.robust()) {
      return "Robust: this holds in all %s ways of looking at these runs."
          .formatted(robustness.views());
    }
    List<String> changes = robustness.overturnedBy();
    String named = String.join("; or ", changes.subList(0, Math.min(MOST_NAMED, changes.size())));
    return "It hangs on the way of looking (%s of %s agree), and does not hold %s%s."
        .formatted(
            robustness.agreeing(),
            robustness.views(),
            named,
            changes.size() > MOST_NAMED
                ? "; nor after " + Digits.count(changes.size() - MOST_NAMED, "further change")
                : "");
  }
}
