package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;

/// What can be said of [UserSensitivity], in words: how many settings do well, what the default
/// loses, and what trying costs.
///
/// @param costs of the groups of the statistics, in their order
record UserClaims(UserStatistics statistics, UserWords words, List<TuningCost> costs) {
  private static final String TURNS =
      "an expectation over repeats that take turns to judge; their choices overlap, so that no interval holds";

  static List<Claim> of(UserStatistics statistics, List<TuningCost> costs) {
    UserWords words = new UserWords(statistics);
    UserClaims claims = new UserClaims(statistics, words, costs);
    GainClaims gains = new GainClaims(statistics, words);
    List<Claim> all = new ArrayList<>();
    new LeastSensitive(statistics, words, costs.subList(1, costs.size()))
        .claim()
        .ifPresent(all::add);
    all.add(claims.closeness());
    claims.defaults().ifPresent(all::add);
    all.add(claims.budget());
    gains.tunability().ifPresent(all::add);
    gains.several().ifPresent(all::add);
    return all;
  }

  private Claim closeness() {
    TuningCost all = costs.getFirst();
    String sentence =
        "%s: %s of %s settings come %s, %s %s; %s within 1 %%, %s within 10 %%.%s"
            .formatted(
                words.scope(),
                all.close(TuningCost.NEAR),
                all.cells(),
                statistics.yardstick().within(TuningCost.NEAR, "the best"),
                words.metric(),
                words.three(statistics.best()),
                all.close(TuningCost.NEAREST),
                all.close(TuningCost.REACH),
                byOptimizer(
                    " By optimizer: ",
                    cost ->
                        "%s of %s (%s as close to its own best)"
                            .formatted(
                                cost.close(TuningCost.NEAR),
                                cost.cells(),
                                cost.closeToOwn(TuningCost.NEAR))));
    return words
        .claim(
            "closeness",
            sentence,
            OptionalDouble.of(all.share(TuningCost.NEAR)),
            Optional.empty(),
            OptionalDouble.empty(),
            words.oneRepeat() ? Claim.Verdict.UNDECIDED : Claim.Verdict.SUPPORTED,
            List.of(),
            words.oneRepeat() ? UserWords.ONE_SEED : Claim.COUNT)
        .asCounted();
  }

  /// Against chance, on whichever side the default came out: so the verdict is that of a two-sided
  /// test.
  private Optional<Claim> defaults() {
    Optional<double[]> known = statistics.defaultLosses();
    if (known.isEmpty() || statistics.gain() <= 0) {
      return Optional.empty();
    }
    double[] losses = known.get();
    double[] random = statistics.randomLosses();
    double regret = statistics.regret(losses).orElseThrow();
    double ofRandom = statistics.regret(random).orElseThrow();
    boolean better = regret < ofRandom;
    Optional<OrderingProbability> order = RepeatPairs.fixed(losses, random);
    Optional<Interval> apart = order.flatMap(RepeatPairs::interval);
    Robustness robustness =
        words.robustness(
            Scale.RAW, UserQuestions.beatsRandom(statistics.defaults().settings()), better);
    String sentence =
        "%s: the default (%s) does %s than a setting at random in %s, by %s%s: of what the best setting gains over %s it gives up %s%s, one at random %s (best %s, default %s%s, reference %s). %s"
            .formatted(
                words.scope(),
                Digits.settings(statistics.defaults().settings()),
                better ? "better" : "worse",
                words.metric(),
                Digits.three(Math.abs(RepeatPairs.mean(losses) - RepeatPairs.mean(random))),
                apart
                    .map(bounds -> better ? bounds.turned() : bounds)
                    .map(bounds -> " " + Digits.threes(bounds))
                    .orElse(""),
                statistics.yardstick().name(),
                UserWords.givenUp(regret),
                statistics
                    .regretInterval(losses)
                    .flatMap(UserWords::givenUp)
                    .map(bounds -> " " + bounds)
                    .orElse(""),
                UserWords.givenUp(ofRandom),
                words.three(statistics.best()),
                words.three(RepeatPairs.mean(losses)),
                defaultLearned() ? "" : ", not always learned",
                words.three(statistics.yardstick().reference()),
                Words.of(robustness, statistics.tried().repeats()));
    return Optional.of(
        words
            .claim(
                "default",
                sentence,
                OptionalDouble.of(regret - ofRandom),
                apart.map(statistics::shareOfGain),
                order.isPresent()
                    ? OptionalDouble.of(
                        better ? order.get().firstIsLower() : order.get().otherIsLower())
                    : OptionalDouble.empty(),
                robustness.overturnedBy(),
                words.reason(apart))
            .naming(better ? "better than chance" : "worse than chance")
            .tried(robustness));
  }

  private boolean defaultLearned() {
    return statistics.tried().learned(statistics.defaults().setting().orElseThrow());
  }

  /// A measurement: to try all settings always is enough, as that finds the best that they are held
  /// against.
  private Claim budget() {
    TuningCost all = costs.getFirst();
    OptionalInt inEvery =
        statistics
            .groups()
            .getFirst()
            .curve()
            .fewestInEvery(
                statistics.bestLosses(),
                repeat -> statistics.yardstick().within(TuningCost.NEAR, repeat));
    double fails = all.allFail().getFirst();
    String sentence =
        "%s: %s is expected %s, %s %s%s.%s%s"
            .formatted(
                words.scope(),
                all.fewestOfAll().equals(OptionalInt.of(1))
                    ? "one random trial"
                    : "the best of " + all.fewestWords() + " random trials",
                statistics.yardstick().within(TuningCost.NEAR, "the best"),
                words.metric(),
                words.three(statistics.best()),
                words.oneRepeat()
                    ? ""
                    : inEvery.isPresent()
                        ? " (of %s in every repeat by itself)".formatted(inEvery.getAsInt())
                        : " (not in every repeat by itself)",
                byOptimizer(
                    " With one optimizer alone, as close to the best of all: ",
                    TuningCost::fewestWords),
                fails > 0
                    ? " A trial fails or learns nothing with probability %s, and counts as %s."
                        .formatted(
                            Words.percent(fails), words.three(statistics.yardstick().failed()))
                    : "");
    return words
        .claim(
            "budget",
            sentence,
            all.fewestOfAll().isPresent()
                ? OptionalDouble.of(all.fewestOfAll().getAsInt())
                : OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            words.oneRepeat() ? Claim.Verdict.UNDECIDED : Claim.Verdict.SUPPORTED,
            List.of(),
            words.oneRepeat() ? UserWords.ONE_SEED : TURNS)
        .asMeasured();
  }

  /// ` By optimizer: adam 12 of 30, sgd 0 of 30.`
  private String byOptimizer(String start, Function<TuningCost, String> number) {
    return costs.size() == 1
        ? ""
        : costs.stream()
            .skip(1)
            .map(cost -> cost.optimizer() + " " + number.apply(cost))
            .collect(Collectors.joining(", ", start, "."));
  }
}
