package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;

/// Importances by every method, of runs that are no grid: a table for each scope and outcome.
final class EffectTables {
  private static final List<String> METHODS =
      List.of(
          EffectShare.FOREST,
          EffectShare.TOTAL,
          EffectShare.SHAPLEY,
          EffectShare.FANOVA,
          EffectShare.PED_ANOVA);

  private static final List<String> HEADER =
      List.of("", "alone", "with interactions", "Shapley", "fANOVA", "PED-ANOVA");

  private EffectTables() {}

  /// @param metrics outcomes that settings are chosen by
  static List<TextTable> of(Sensitivity sensitivity, Set<String> metrics) {
    List<TextTable> tables = new ArrayList<>();
    for (Design design : sensitivity.designs()) {
      for (String metric : metrics) {
        table(
                design.scope(),
                metric,
                sensitivity.effects().stream()
                    .filter(one -> one.scope().equals(design.scope()))
                    .filter(one -> one.metric().equals(metric))
                    .filter(one -> METHODS.contains(one.method()))
                    .toList())
            .ifPresent(tables::add);
      }
    }
    return tables;
  }

  /// Of the scale that comes first.
  private static Optional<TextTable> table(String scope, String metric, List<EffectShare> effects) {
    if (effects.isEmpty()) {
      return Optional.empty();
    }
    List<EffectShare> singles =
        effects.stream()
            .filter(one -> one.factors().size() == 1)
            .filter(one -> !EffectShare.OF_NONE.contains(one.factors().getFirst()))
            .filter(one ->
                one.scale() == effects.getFirst().scale()
                    || one.method().equals(EffectShare.PED_ANOVA))
            .toList();
    Set<String> names = new LinkedHashSet<>();
    singles.stream()
        .filter(one -> one.method().equals(singles.getFirst().method()))
        .sorted((one, other) -> Double.compare(other.estimate(), one.estimate()))
        .forEach(one -> names.add(one.factors().getFirst()));
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(
          Stream.concat(
                  Stream.of(name), METHODS.stream().map(method -> cell(singles, name, method)))
              .toList());
    }
    return Optional.of(
        new TextTable(
            "%s: shares of the variation of %s (%s scale) in percent, by a forest: fANOVA of its trees, which follow noise, as other programs have it before they make it sum to 1; the rest of single outcomes with their noise; PED-ANOVA: by what the best tenth of the runs differs from all"
                .formatted(scope, metric, effects.getFirst().scale().text()),
            HEADER,
            rows));
  }

  private static String cell(List<EffectShare> effects, String name, String method) {
    return effects.stream()
        .filter(one -> one.method().equals(method) && one.factors().getFirst().equals(name))
        .findFirst()
        .filter(one -> Double.isFinite(one.estimate()))
        .map(one ->
            TextTable.percent(one.estimate())
                + one.interval().map(interval -> " " + Words.of(interval)).orElse(""))
        .orElse("-");
  }
}
