package org.vaescape.analysis.user;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Question;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.Scale;

/// How claims about [UserSensitivity] are named and worded.
public record UserWords(UserStatistics statistics) {
  public static final String ONE_SEED =
      Claim.ONE_REPEAT
          + "; and the same runs choose and judge, which makes the best look better than it is";

  /// What losses that count as the reference's differ from it by.
  private static final double ROUNDING = 1e-9;

  String scope() {
    return statistics.tried().losses().landscape().scope().text();
  }

  String metric() {
    return statistics.tried().losses().outcome().metric();
  }

  boolean oneRepeat() {
    return statistics.tried().repeats() == 1;
  }

  /// Why there is no interval; empty if there is.
  String reason(Optional<Interval> interval) {
    return oneRepeat() ? ONE_SEED : interval.isPresent() ? "" : RepeatPairs.NOTHING_VARIES;
  }

  /// `0.00971`, as it was measured, told apart from the best and the reference.
  String three(double loss) {
    Losses losses = statistics.tried().losses();
    return Digits.three(
        losses.measured(loss),
        losses.measured(statistics.best()),
        losses.measured(statistics.yardstick().reference()));
  }

  /// `42 %`, of what the best gains over the reference. How much worse than it something is tells
  /// nothing: a best that gains next to nothing makes any number of percents of it.
  static String givenUp(double regret) {
    return worse(regret) ? "all (worse than the reference)" : Words.percent(regret);
  }

  static boolean worse(double regret) {
    return regret > 1 + ROUNDING;
  }

  /// `[5, 90]`, in %, and `[5, all]` where it reaches past the reference; empty where all of it
  /// lies there.
  static Optional<String> givenUp(Interval regrets) {
    return worse(regrets.low())
        ? Optional.empty()
        : Optional.of(
            worse(regrets.high())
                ? "[%s, all]".formatted(Words.bound(regrets.low()))
                : Words.of(regrets));
  }

  /// @param probability that the claim holds, which decides the verdict; empty for undecided
  Claim claim(
      String name,
      String sentence,
      OptionalDouble estimate,
      Optional<Interval> interval,
      OptionalDouble probability,
      List<String> overturnedBy,
      String reason) {
    return claim(
        name,
        sentence,
        estimate,
        interval,
        probability,
        probability.isPresent()
            ? Claim.Verdict.of(probability.getAsDouble())
            : Claim.Verdict.UNDECIDED,
        overturnedBy,
        reason);
  }

  Claim claim(
      String name,
      String sentence,
      OptionalDouble estimate,
      Optional<Interval> interval,
      OptionalDouble probability,
      Claim.Verdict verdict,
      List<String> overturnedBy,
      String reason) {
    return new Claim(
        "user/" + scope() + "/" + metric() + "/" + name,
        sentence,
        metric(),
        scope(),
        estimate,
        interval,
        probability,
        statistics.tried().size() * statistics.tried().repeats(),
        verdict,
        overturnedBy,
        reason);
  }

  Robustness robustness(Scale scale, Question question, boolean answer) {
    Losses losses = statistics.tried().losses();
    return UserQuestions.tried(losses.landscape(), losses.outcome(), scale, question, answer);
  }
}
