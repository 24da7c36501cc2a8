package org.vaescape.report.live;

import java.util.List;
import java.util.Optional;

/// How long a run still takes, if its other trials need as much time for their work as those that
/// ended.
///
/// @param seconds the estimate
/// @param low lower end of an interval of 80 %; equal to the estimate where there are too few
///   trials for one
/// @param high upper end
public record TimeLeft(double seconds, double low, double high) {
  /// Fewer trials say nothing of how they differ.
  private static final int LEAST = 8;

  /// Quantile 0.9 of the normal distribution.
  private static final double Z = 1.2816;

  /// A trial that ended in this run.
  ///
  /// @param work in any unit
  /// @param seconds that it took
  public record Ended(double work, double seconds) {}

  /// Empty as long as no trial has ended, and after the last.
  ///
  /// The interval is that of a ratio estimator, where the time that a unit of work takes varies
  /// from trial to trial: the variance of the trials that are left and that of the rate are added.
  ///
  /// @param elapsedSeconds since the run began
  /// @param workLeft of each trial that has not ended
  public static Optional<TimeLeft> of(
      double elapsedSeconds, List<Double> workLeft, List<Ended> ended) {
    double done = ended.stream().mapToDouble(Ended::work).sum();
    double left = workLeft.stream().mapToDouble(Double::doubleValue).sum();
    if (done <= 0 || left <= 0) {
      return Optional.empty();
    }
    double seconds = elapsedSeconds * left / done;
    double rate = ended.stream().mapToDouble(Ended::seconds).sum() / done;
    if (ended.size() < LEAST || rate <= 0) {
      return Optional.of(new TimeLeft(seconds, seconds, seconds));
    }
    double variance =
        ended.stream()
                .filter(trial -> trial.work > 0)
                .mapToDouble(trial -> square(trial.seconds / trial.work - rate))
                .sum()
            / (ended.size() - 1);
    double ofRest = workLeft.stream().mapToDouble(TimeLeft::square).sum() / square(left);
    double ofRate = ended.stream().mapToDouble(end -> square(end.work)).sum() / square(done);
    double share = Z * Math.sqrt(variance * (ofRest + ofRate)) / rate;
    return Optional.of(
        new TimeLeft(seconds, seconds * Math.max(0, 1 - share), seconds * (1 + share)));
  }

  private static double square(double number) {
    return number * number;
  }

  /// "about 3 min left (2 min to 5 min)".
  String text() {
    String likely = words(Math.round(seconds));
    String least = words(Math.round(low));
    String most = words(Math.round(high));
    return least.equals(most)
        ? "about %s left".formatted(likely)
        : "about %s left (%s to %s)".formatted(likely, least, most);
  }

  /// A time as a person says it: "40 s", "3 min", "1 h 5 min".
  public static String words(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return Math.ceilDiv(seconds, 60) + " min";
    }
    return "%s h %s min".formatted(seconds / 3600, seconds % 3600 / 60);
  }
}
