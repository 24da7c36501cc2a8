package org.vaescape.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.vaescape.analysis.agreement.MetricAgreement;
import org.vaescape.analysis.rates.LearningRates;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.user.UserSensitivity;

/// The tables of a study, below all of its sentences.
final class SensitivityTables {
  /// Shares of runs that are no grid.
  static final String EVERY_METHOD = "Importances by every method";

  /// Rows, or tables, of a part: with many readings there would be hundreds.
  private static final int MOST = 24;

  private SensitivityTables() {}

  /// @param metrics outcomes that settings are chosen by
  static List<SensitivityText.Part> of(Sensitivity found, Set<String> metrics) {
    // By the outcome that models share, which that of PCA can be compared with.
    List<SmallestLatent> latents =
        firsts(found.smallestLatent().reversed(), SmallestLatent::scope).reversed();
    return List.of(
        part(EVERY_METHOD, EffectTables.of(found, metrics), List::copyOf),
        part("Which reading makes which claim hold", found.multiverse(), MultiverseTable::of),
        part(
            "Whether claims survive other ways of looking",
            found.claims().stream()
                .filter(claim -> metrics.contains(claim.metric()))
                .filter(claim ->
                    claim.id().startsWith("importance/") || ClaimParts.isLeastSensitive(claim))
                .toList(),
            RobustnessTables::of),
        part("Shares with and without runs that did not learn", RuleTables.of(found), List::copyOf),
        part(
            "Learning rates",
            firsts(found.learningRates(), LearningRates::scope),
            all -> List.of(UserTables.rates(all))),
        part(
            "What trying costs",
            firsts(found.userSensitivity(), UserSensitivity::scope),
            all -> List.of(UserTables.costs(all))),
        part("Latent sizes", latents, all -> List.of(UserTables.latents(all))),
        part(
            "Whether outcomes agree",
            firsts(found.metricAgreement(), MetricAgreement::scope),
            all -> List.of(UserTables.agreements(withOthers(all, found.metricAgreement())))));
  }

  /// Of each scope the first, which is of the first outcome that its settings are chosen by.
  static <T> List<T> firsts(List<T> all, Function<T, String> scope) {
    SequencedMap<String, T> firsts = new LinkedHashMap<>();
    all.forEach(one -> firsts.putIfAbsent(scope.apply(one), one));
    return List.copyOf(firsts.values());
  }

  /// Agreements of the same outcome with all others.
  private static List<MetricAgreement> withOthers(
      List<MetricAgreement> firsts, List<MetricAgreement> all) {
    return firsts.stream()
        .flatMap(one ->
            all.stream()
                .filter(other -> other.scope().equals(one.scope()))
                .filter(other -> other.metric().equals(one.metric())))
        .toList();
  }

  /// Of the first of these only, where there are many.
  private static <T> SensitivityText.Part part(
      String heading, List<T> all, Function<List<T>, List<TextTable>> tables) {
    if (all.isEmpty()) {
      return new SensitivityText.Part(heading, List.of());
    }
    return new SensitivityText.Part(
        heading,
        all.size() > MOST
            ? List.of(
                "The first %s of %s; all numbers are in sensitivity.json."
                    .formatted(MOST, all.size()))
            : List.of(),
        tables.apply(all.stream().limit(MOST).toList()));
  }
}
