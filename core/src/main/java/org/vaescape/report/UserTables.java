package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.vaescape.analysis.agreement.MetricAgreement;
import org.vaescape.analysis.agreement.OrderAgreement;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.rates.LearningRates;
import org.vaescape.analysis.region.LatentSpectrum;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.user.TuningCost;
import org.vaescape.analysis.user.UserSensitivity;

/// What somebody meets who has to choose settings: rates, costs of trying, latent sizes and whether
/// outcomes agree; a row or a column for each scope.
final class UserTables {
  /// Enough to tell losses apart that differ by a percent.
  private static final int DIGITS = 4;

  /// Outcomes that the error of PCA can be compared with.
  private static final String ERROR = "val_mse";

  private static final double NEAR = 0.05;
  private static final List<Integer> BUDGETS = List.of(1, 3, 10, 30);

  private UserTables() {}

  static TextTable rates(List<LearningRates> all) {
    List<List<String>> rows = new ArrayList<>();
    for (LearningRates rates : all) {
      for (LearningRates.Row row : rates.rows()) {
        BestRate best = row.best();
        rows.add(
            List.of(
                rates.scope(),
                best.optimizer(),
                rate(best),
                "%s to %s".formatted(Numbers.value(best.lowest()), Numbers.value(best.highest())),
                "%s of %s".formatted(best.learned(), best.runs()),
                number(row.budget()),
                number(row.relativeUpdate()),
                number(row.summedLossRate())));
      }
    }
    return new TextTable(
        "The best learning rate of each optimizer by %s. At the edge: the lowest or the highest that was tried, so that a better one may lie beyond. Budget: the sum of the rate over all steps; step: its norm over that of the weights; summed: the rate that takes the same steps where the loss is a sum over genes"
            .formatted(names(all.stream().map(LearningRates::metric))),
        List.of(
            "scope", "optimizer", "best rate", "tried", "runs learned", "budget", "step", "summed"),
        rows);
  }

  /// `0.01`, and `0.1, at the edge` of what was tried; `-` where no run learned.
  private static String rate(BestRate best) {
    String edge =
        best.atEdge() ? ", at the edge" : best.edge() ? ", at the edge without one repeat" : "";
    return number(best.rate()) + edge;
  }

  static TextTable costs(List<UserSensitivity> all) {
    int most =
        all.stream()
            .mapToInt(felt -> felt.costs().getFirst().expectedBest().size())
            .max()
            .orElse(0);
    List<Integer> budgets = BUDGETS.stream().filter(k -> k <= most).toList();
    List<String> header =
        new ArrayList<>(List.of("scope", "optimizer", "settings", "learned", "near", "best"));
    budgets.forEach(k -> header.add(k == 1 ? "one at random" : "best of " + k));
    header.add("trials to come near");
    List<List<String>> rows = new ArrayList<>();
    for (UserSensitivity felt : all) {
      int digits = felt.costs().stream().mapToInt(UserTables::digits).max().orElse(DIGITS);
      for (TuningCost cost : felt.costs()) {
        rows.add(row(felt.scope(), cost, budgets, digits));
      }
    }
    return new TextTable(
        "What random settings come to by %s; near: about as good as the best of all settings of the scope, within 5 %%"
            .formatted(names(all.stream().map(UserSensitivity::metric))),
        header,
        rows);
  }

  /// Enough to tell the best apart from one at random, of an optimizer that learned.
  private static int digits(TuningCost cost) {
    return cost.best().isEmpty()
        ? DIGITS
        : Digits.apart(
            DIGITS,
            Stream.concat(
                    Stream.of(cost.best().getAsDouble()), cost.expectedBest().stream().limit(1))
                .mapToDouble(Double::doubleValue)
                .toArray());
  }

  /// Of settings none of which ever learned there is no outcome, only the loss that they are
  /// counted by.
  private static List<String> row(
      String scope, TuningCost cost, List<Integer> budgets, int digits) {
    boolean never = cost.neverLearned();
    List<String> row =
        new ArrayList<>(
            List.of(
                scope,
                cost.optimizer().isEmpty() ? "all" : cost.optimizer(),
                Integer.toString(cost.cells()),
                Integer.toString(cost.learned()),
                Integer.toString(near(cost)),
                never
                    ? "never learned"
                    : cost.best().isEmpty()
                        ? "not in every repeat"
                        : Numbers.value(cost.best().getAsDouble(), digits)));
    for (int k : budgets) {
      row.add(
          !never && k <= cost.expectedBest().size()
              ? Numbers.value(cost.expectedBest().get(k - 1), digits)
              : "-");
    }
    row.add(never ? "-" : number(cost.fewestOfAll(), "more than " + cost.expectedBest().size()));
    return row;
  }

  static TextTable latents(List<SmallestLatent> all) {
    List<List<String>> rows = new ArrayList<>();
    for (SmallestLatent smallest : all) {
      int digits =
          Digits.apart(
              DIGITS,
              smallest.sizes().stream().flatMapToDouble(size -> size.outcome().stream()).toArray());
      for (SmallestLatent.Size size : smallest.sizes()) {
        rows.add(
            List.of(
                smallest.scope(),
                size.latent(),
                size.outcome().isPresent()
                    ? Numbers.value(size.outcome().getAsDouble(), digits)
                    : "-",
                smallest.metric().startsWith(ERROR) ? number(size.pca()) : "-",
                size.spectrum().map(one -> Numbers.value(one.units())).orElse("-"),
                size.spectrum().map(one -> Numbers.value(one.kl())).orElse("-"),
                size.spectrum().map(LatentSpectrum::forecast).map(UserTables::number).orElse("-")));
      }
    }
    return new TextTable(
        "The best setting of each latent size by %s, and how its KL spreads over the units: those that carry 90 %% of it, and those that can pay for theirs at most"
            .formatted(names(all.stream().map(SmallestLatent::metric))),
        List.of("scope", "latent", "outcome", "PCA", "units", "KL in nats", "can pay"),
        rows);
  }

  private static String names(Stream<String> metrics) {
    return String.join(" or ", metrics.distinct().toList());
  }

  /// A row an outcome, a column a scope.
  ///
  /// @param all of the first outcome of each scope
  static TextTable agreements(List<MetricAgreement> all) {
    SequencedSet<String> scopes = new LinkedHashSet<>();
    SequencedSet<String> others = new LinkedHashSet<>();
    all.forEach(one -> {
      scopes.add(one.scope());
      others.add(one.other());
    });
    List<List<String>> rows = new ArrayList<>();
    for (String other : others) {
      rows.add(
          Stream.concat(
                  Stream.of(other),
                  scopes.stream()
                      .map(scope ->
                          all.stream()
                              .filter(one -> one.scope().equals(scope))
                              .filter(one -> one.other().equals(other))
                              .findFirst()
                              .map(one -> correlation(one.agreement()))
                              .orElse("-")))
              .toList());
    }
    return new TextTable(
        "Are settings that are better by %s better by other outcomes? Rank correlation within optimizers, of settings that learned; of several repeats each outcome has its own"
            .formatted(names(all.stream().map(MetricAgreement::metric))),
        Stream.concat(Stream.of("outcome"), scopes.stream()).toList(),
        rows);
  }

  private static String correlation(OrderAgreement agreement) {
    return agreement
        .decisive()
        .map(found ->
            Numbers.fixed(found.coefficient())
                + found
                    .interval()
                    .map(known ->
                        " [%s, %s]"
                            .formatted(Numbers.fixed(known.low()), Numbers.fixed(known.high())))
                    .orElse(""))
        .orElse("-");
  }

  private static int near(TuningCost cost) {
    return cost.close().stream()
        .filter(close -> close.within() == NEAR)
        .mapToInt(TuningCost.Close::ofAll)
        .sum();
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? Numbers.value(number.getAsDouble(), DIGITS) : "-";
  }

  private static String number(OptionalInt number, String otherwise) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : otherwise;
  }
}
