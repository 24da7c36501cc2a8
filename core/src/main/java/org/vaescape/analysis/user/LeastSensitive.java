package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.Contest;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.Yardstick;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Variable;

/// Which optimizer is least sensitive to the other hyper-parameters: with which trying costs least.
///
/// By the expected best of k random settings, mean over k, and by how many settings come near the
/// best of all. Never by a spread: what does not learn has the smallest.
///
/// @param costs of each optimizer, in the order of the statistics
record LeastSensitive(UserStatistics statistics, UserWords words, List<TuningCost> costs) {
  private static final String NAME = "least-sensitive";
  private static final String NONE_NEAR =
      "what does not learn varies least, so that only optimizers that come near the best are named";
  private static final String SPLIT =
      "the cost of trying and the number of settings near the best name different optimizers";

  /// Empty with a single optimizer, where one of them has a single setting, or where the best gains
  /// nothing.
  Optional<Claim> claim() {
    List<UserStatistics.Group> groups = statistics.optimizers();
    if (groups.size() < 2
        || groups.stream().anyMatch(group -> group.settings().length < 2)
        || statistics.gain() <= 0) {
      return Optional.empty();
    }
    int budgets = groups.stream().mapToInt(group -> group.curve().most()).min().orElseThrow();
    double[][] areas =
        groups.stream().map(group -> group.curve().area(budgets)).toArray(double[][]::new);
    Contest contest = Contest.of(areas);
    TuningCost winner = costs.get(contest.winner());
    String numbers = numbers(areas, budgets);
    return Optional.of(
        winner.close(TuningCost.REACH) == 0
            ? noneNear(winner, numbers)
            : claim(contest, areas, winner, numbers));
  }

  private Claim noneNear(TuningCost winner, String numbers) {
    return words.claim(
        NAME,
        "%s: no optimizer can be called least sensitive: %s costs least to tune, but none of its settings comes %s.%s"
            .formatted(
                words.scope(),
                winner.optimizer(),
                statistics.yardstick().within(TuningCost.REACH, "the best of all"),
                numbers),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        NONE_NEAR);
  }

  private Claim claim(Contest contest, double[][] areas, TuningCost winner, String numbers) {
    boolean mostNear =
        costs.stream()
            .allMatch(other -> other.share(TuningCost.NEAR) <= winner.share(TuningCost.NEAR));
    Robustness robustness =
        words.robustness(Scale.RAW, UserQuestions.cheapest(optimizer(), winner.optimizer()), true);
    List<String> overturned = new ArrayList<>(otherBudgets(contest.winner()));
    if (!mostNear) {
      overturned.add("by the number of settings near the best instead of the cost of trying");
    }
    overturned.addAll(robustness.overturnedBy());
    String held =
        words.oneRepeat()
            ? ""
            : " The one that all other repeats name costs least in %s of %s repeats."
                .formatted(contest.held(), statistics.tried().repeats());
    String sentence =
        "%s: %s is the optimizer least sensitive to the other hyper-parameters by %s.%s%s %s"
            .formatted(
                words.scope(),
                winner.optimizer(),
                words.metric(),
                numbers,
                held,
                Words.of(robustness, statistics.tried().repeats()));
    double margin =
        RepeatPairs.mean(areas[contest.second()]) - RepeatPairs.mean(areas[contest.winner()]);
    return words
        .claim(
            NAME,
            sentence,
            OptionalDouble.of(margin / statistics.gain()),
            contest
                .margin()
                .flatMap(RepeatPairs::interval)
                .map(Interval::turned)
                .map(statistics::shareOfGain),
            contest.probability(),
            contest.probability().isPresent() && mostNear
                ? Claim.Verdict.ofLeast(contest.probability().getAsDouble())
                : Claim.Verdict.UNDECIDED,
            overturned,
            words.oneRepeat() ? UserWords.ONE_SEED : mostNear ? "" : SPLIT)
        .naming(winner.optimizer())
        .tried(robustness);
  }

  private String numbers(double[][] areas, int budgets) {
    Yardstick yardstick = statistics.yardstick();
    String near = yardstick.within(TuningCost.NEAR, "the best of all");
    return " The best of k random settings gives up, mean over k = 1 to %s, of what the best gains over %s: %s. %s (%s) lie: %s."
        .formatted(
            budgets,
            yardstick.name(),
            each(i -> givenUp(areas, i)),
            Words.capital(near),
            words.three(statistics.best()),
            each(i -> costs.get(i).close(TuningCost.NEAR) + " of " + costs.get(i).cells()));
  }

  /// Of one that is worse than the reference with its expected loss, by which such are ranked.
  private String givenUp(double[][] areas, int optimizer) {
    double regret = statistics.regret(areas[optimizer]).orElseThrow();
    if (!UserWords.worse(regret)) {
      return UserWords.givenUp(regret);
    }
    Losses losses = statistics.tried().losses();
    double[] worse =
        Arrays.stream(areas)
            .filter(area -> UserWords.worse(statistics.regret(area).orElseThrow()))
            .mapToDouble(area -> losses.measured(RepeatPairs.mean(area)))
            .toArray();
    double own = losses.measured(RepeatPairs.mean(areas[optimizer]));
    return "all (%s, worse than the reference)".formatted(Digits.three(own, worse));
  }

  private String each(IntFunction<String> number) {
    return IntStream.range(0, costs.size())
        .mapToObj(i -> costs.get(i).optimizer() + " " + number.apply(i))
        .collect(Collectors.joining(", "));
  }

  private Variable optimizer() {
    return statistics.tried().losses().landscape().variable(Role.OPTIMIZER).orElseThrow();
  }

  /// Budgets at which another optimizer costs less, runs of them as one: `with a budget of 1 to 3
  /// trials`.
  private List<String> otherBudgets(int winner) {
    List<double[]> means =
        statistics.optimizers().stream().map(group -> group.curve().mean()).toList();
    List<String> other = new ArrayList<>();
    int budgets = means.stream().mapToInt(mean -> mean.length).min().orElseThrow();
    int first = -1;
    for (int k = 0; k <= budgets; k++) {
      int place = k;
      boolean lost =
          k < budgets && means.stream().anyMatch(mean -> mean[place] < means.get(winner)[place]);
      if (lost && first < 0) {
        first = k;
      }
      if (!lost && first >= 0) {
        other.add(
            k - first == 1
                ? "with a budget of " + Digits.count(k, "trial")
                : "with a budget of %s to %s trials".formatted(first + 1, k));
        first = -1;
      }
    }
    return other;
  }
}
