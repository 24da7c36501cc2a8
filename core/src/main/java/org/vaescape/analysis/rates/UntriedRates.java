package org.vaescape.analysis.rates;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Role;

/// Doubts of what is said of optimizers: one whose best learning rate lies at an edge of what was
/// tried, or that learned at none, may do better at rates that nobody tried.
public final class UntriedRates {
  private static final String LEAST_SENSITIVE = "/least-sensitive";

  /// Claims of the study that set optimizers against each other.
  static final Set<String> OF_STUDY =
      Set.of(
          "optimizer-most-important",
          "adam-and-rmsprop-best",
          "adam-rmsprop-less-sensitive-than-sgd",
          "rmsprop-slightly-better-than-adam",
          "adam-rmsprop-decent-in-most");

  private UntriedRates() {}

  /// `the best learning-rate of sgd may lie beyond 0.0001 to 0.1, which were tried`, of each
  /// optimizer of which that is so, parted by `; `; empty if of none.
  ///
  /// @param best rates of all optimizers
  /// @param winner optimizer that can only win by more rates; empty if none
  public static String doubt(List<BestRate> best, String winner) {
    return best.stream()
        .filter(one -> !one.optimizer().equals(winner) && !one.extendTo().isEmpty())
        .map(one ->
            "%s of %s may lie beyond %s to %s, which were tried"
                .formatted(
                    one.learned() > 0 ? "the best " + one.name() : "each good " + one.name(),
                    one.optimizer(),
                    BestRate.text(one.lowest()),
                    BestRate.text(one.highest())))
        .collect(Collectors.joining("; "));
  }

  /// The same in a few words: `not all at their best learning-rate`.
  public static String brief(List<BestRate> best, String winner) {
    return doubt(best, winner).isEmpty() ? "" : "not all at their best " + best.getFirst().name();
  }

  /// The same of what a claim says of optimizers; empty of any other claim.
  ///
  /// @param fair of all scopes and outcomes
  public static String brief(Claim claim, List<FairRange> fair) {
    return of(claim, fair, UntriedRates::brief);
  }

  /// The same claim; of one that is about optimizers with what its rates leave open.
  ///
  /// @param fair of all scopes and outcomes
  public static Claim noted(Claim claim, List<FairRange> fair) {
    String doubt = of(claim, fair, UntriedRates::doubt);
    return doubt.isEmpty() ? claim : claim.because(doubt);
  }

  /// @param words by rates and the winner
  private static String of(
      Claim claim, List<FairRange> fair, BiFunction<List<BestRate>, String, String> words) {
    boolean named = claim.id().endsWith(LEAST_SENSITIVE);
    if (!named && !Role.OPTIMIZER.is(claim.answer()) && !ofStudy(claim)) {
      return "";
    }
    return fair.stream()
        .filter(one -> one.scope().equals(claim.scope()) && one.metric().equals(claim.metric()))
        .map(one -> words.apply(one.best(), named ? claim.answer() : ""))
        .filter(doubt -> !doubt.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static boolean ofStudy(Claim claim) {
    String[] words = claim.id().split("/", 3);
    return words[0].equals("korkic2021") && OF_STUDY.contains(words[1]);
  }
}
