package org.vaescape.analysis.advice;

import java.math.BigDecimal;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;

/// What to change where runs did not learn, by how they ended.
final class Cure {
  private static final String KL_WEIGHT = "kl-weight";

  private Cure() {}

  /// `raise learning-rate to 1, one decade above 0.1`: an imperative without a capital.
  ///
  /// @param runs that ended so
  /// @param table whether they are anybody's, of which there is no `trials.csv`
  static String of(String ending, List<Run> runs, boolean table) {
    return switch (ending) {
      case "collapsed" -> lowerKlWeight(runs);
      case "untrained" -> moveRate(runs, true);
      case "diverged", "exploded" -> moveRate(runs, false);
      case "below-mean" -> "train longer (train.max-epochs), or " + moveRate(runs, true);
      case "out-of-memory" -> "allow more memory (--memory), or lower batch and hidden";
      case "timed-out" -> "raise train.time-limit, or lower train.max-epochs";
      default -> table ? "find out why they failed" : "read in trials.csv why they failed";
    };
  }

  private static String lowerKlWeight(List<Run> runs) {
    DoubleSummaryStatistics tried = numbers(runs, KL_WEIGHT);
    if (tried.getCount() > 0 && tried.getMin() > 0) {
      return "lower kl-weight to %s, a tenth of %s"
          .formatted(shifted(tried.getMin(), -1), BestRate.text(tried.getMin()));
    }
    String text = runs.getFirst().setting(KL_WEIGHT);
    return text.isEmpty() || tried.getCount() > 0
        ? "lower kl-weight tenfold"
        : "lower kl-weight below %s, such as to 0.00025".formatted(text);
  }

  private static String moveRate(List<Run> runs, boolean up) {
    String rate =
        Role.LEARNING_RATE
            .among(runs.getFirst().settings().keySet())
            .orElse(Role.LEARNING_RATE.text());
    DoubleSummaryStatistics tried = numbers(runs, rate);
    if (tried.getCount() == 0 || tried.getMin() <= 0) {
      return (up ? "raise " : "lower ") + rate + " tenfold";
    }
    return up
        ? "raise %s to %s, one decade above %s"
            .formatted(rate, shifted(tried.getMax(), 1), BestRate.text(tried.getMax()))
        : "lower %s to %s, one decade below %s"
            .formatted(rate, shifted(tried.getMin(), -1), BestRate.text(tried.getMin()));
  }

  private static String shifted(double number, int decades) {
    return BestRate.text(BigDecimal.valueOf(number).scaleByPowerOfTen(decades).doubleValue());
  }

  /// Values of a setting that are numbers, which `batch/n` is not.
  private static DoubleSummaryStatistics numbers(List<Run> runs, String name) {
    DoubleSummaryStatistics numbers = new DoubleSummaryStatistics();
    for (Run run : runs) {
      PlainNumber.of(run.setting(name)).ifPresent(numbers);
    }
    return numbers;
  }
}
