package org.vaescape.analysis.user;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.Contest;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;

/// What is gained over a default, by tuning or by trying several optimizers at theirs.
public record GainClaims(UserStatistics statistics, UserWords words) {
  private static final String NONE_GAINS = "none gains, so that none gains most";

  /// Which hyper-parameter gains most; empty where there is no default or one variable only.
  Optional<Claim> tunability() {
    if (statistics.gains().isEmpty() || statistics.gains().get().single().size() < 2) {
      return Optional.empty();
    }
    TunedGain.Judged gains = statistics.gains().get();
    List<TunedGain> single = gains.single();
    double[][] losses = new double[single.size() + 1][];
    for (int i = 0; i < single.size(); i++) {
      losses[i] = Arrays.stream(gains.gains()[i]).map(gain -> -gain).toArray();
    }
    // The default itself, which gains nothing: what gains most has to beat that too.
    losses[single.size()] = new double[statistics.tried().repeats()];
    Contest contest = Contest.of(losses);
    TunedGain most = single.stream().max(Comparator.comparingDouble(TunedGain::gain)).orElseThrow();
    TunedGain pair =
        gains.all().stream()
            .filter(gain -> gain.factors().size() == 2)
            .max(Comparator.comparingDouble(TunedGain::gain))
            .orElseThrow();
    if (most.gain() <= 0) {
      return Optional.of(noGain(most, evidence(gains, pair)));
    }
    Robustness robustness =
        words.robustness(
            statistics.scale(),
            UserQuestions.gainsMost(most.factors().getFirst(), statistics.defaults().settings()),
            true);
    String sentence =
        "%s: from the default (%s), tuning %s alone %s %s most: %s %s"
            .formatted(
                words.scope(),
                Digits.settings(statistics.defaults().settings()),
                most.factors().getFirst(),
                statistics.tried().losses().outcome().lowerIsBetter() ? "lowers" : "raises",
                words.metric(),
                evidence(gains, pair),
                Words.of(robustness, statistics.tried().repeats()));
    return Optional.of(
        words
            .claim(
                "tunability",
                sentence,
                OptionalDouble.of(most.gain()),
                most.interval(),
                contest.probability(),
                Claim.Verdict.ofLeast(contest.probability().orElse(0)),
                robustness.overturnedBy(),
                words.reason(most.interval()))
            .naming(most.factors().getFirst())
            .tried(robustness));
  }

  /// Where the best choice is no better than the default: no hyper-parameter gains most, on
  /// whatever way the runs are looked at.
  private Claim noGain(TunedGain most, String evidence) {
    String reason = words.reason(most.interval());
    return words.claim(
        "tunability",
        "%s: no hyper-parameter, tuned alone, is seen to gain over the default (%s) in %s: %s"
            .formatted(
                words.scope(),
                Digits.settings(statistics.defaults().settings()),
                words.metric(),
                evidence),
        OptionalDouble.of(most.gain()),
        most.interval(),
        OptionalDouble.empty(),
        List.of(),
        reason.isEmpty() ? NONE_GAINS : NONE_GAINS + "; " + reason);
  }

  /// `optimizer 12 % [8.1, 16], latent 0 %. Of pairs, optimizer with latent: 13 %.`
  private String evidence(TunedGain.Judged gains, TunedGain pair) {
    return "%s. Of pairs, %s: %s%s."
        .formatted(
            gains.single().stream()
                .sorted(Comparator.comparingDouble(TunedGain::gain).reversed())
                .map(gain -> gain.factors().getFirst() + " " + gained(gain))
                .collect(Collectors.joining(", ")),
            String.join(" with ", pair.factors()),
            gained(pair),
            gains.single().size() > 2 ? "; all together: " + gained(gains.all().getLast()) : "");
  }

  private String gained(TunedGain gain) {
    return gained(gain, statistics.scale());
  }

  /// `12 % [8.1, 16]`: by how much the outcome improves; on the raw scale in its own units.
  public static String gained(TunedGain gain, Scale scale) {
    return scale == Scale.LOG
        ? Words.change(fall(gain.gain()))
            + gain.interval()
                .map(i -> " " + Words.change(new Interval(fall(i.low()), fall(i.high()))))
                .orElse("")
        : Digits.three(gain.gain()) + gain.interval().map(i -> " " + Digits.threes(i)).orElse("");
  }

  /// exp, of what is beyond all numbers the largest one: an interval of two wild repeats has no
  /// end.
  private static double ratio(double logarithm) {
    return Math.min(Math.exp(logarithm), Double.MAX_VALUE);
  }

  /// The share of the outcome that a gain takes off, of a difference of logarithms: 0.05 for 5 %;
  /// negative of a loss, and always finite.
  public static double fall(double logarithms) {
    return Math.max(-Math.expm1(-logarithms), -Double.MAX_VALUE);
  }

  /// Empty where no two optimizers were tried at their defaults.
  Optional<Claim> several() {
    return statistics
        .several()
        .map(several ->
            words
                .claim(
                    "several-at-defaults",
                    "%s: the best of %s optimizers at their defaults (%s%s) is about as good, within 5 %%%s, as the best of %s random learning rates of %s: %s %s against %s, %s. The best of all %s rates has %s."
                        .formatted(
                            words.scope(),
                            several.budget(),
                            several.optimizers().stream()
                                .map(one -> String.join(" ", one.values()))
                                .collect(Collectors.joining(", ")),
                            several.fixed().isEmpty()
                                ? ""
                                : "; " + Digits.settings(several.fixed()),
                            statistics.scale() == Scale.LOG
                                ? ""
                                : " of the gain over " + statistics.yardstick().name(),
                            several.budget(),
                            several.tuned(),
                            words.metric(),
                            Digits.three(several.several(), several.one()),
                            Digits.three(several.one(), several.several()),
                            difference(several),
                            several.rates(),
                            Digits.three(several.oneOfAll(), several.one(), several.several())),
                    OptionalDouble.of(several.difference()),
                    several.interval(),
                    several.probability(),
                    List.of(),
                    words.reason(several.interval()))
                .naming(several.tuned()));
  }

  private String difference(SeveralDefaults several) {
    if (statistics.scale() == Scale.LOG) {
      return "a ratio of "
          + Digits.ratio(Math.exp(several.difference()))
          + several
              .interval()
              .map(i -> " " + Digits.ratios(new Interval(ratio(i.low()), ratio(i.high()))))
              .orElse("");
    }
    return "worse by "
        + Digits.three(several.difference())
        + several.interval().map(i -> " " + Digits.threes(i)).orElse("")
        + (several.difference() < 0 ? ", so better" : "");
  }
}
