package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.runs.ReservedNames;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.RuleEffects;

/// Whether a run fails, what it comes to if it learned, and shares of variation under each way to
/// count those that did not: one table for each scope.
final class RuleTables {
  private static final String OVERLAP =
      ". By least squares: what each explains beyond all others; where settings are missing these shares overlap, and need not add to 100 %";

  private RuleTables() {}

  /// Of the first outcome of each scope.
  static List<RuleEffects> first(Sensitivity sensitivity) {
    return SensitivityTables.firsts(sensitivity.failureRules(), RuleEffects::scope);
  }

  static List<TextTable> of(Sensitivity sensitivity) {
    return first(sensitivity).stream()
        .map(effects ->
            table(
                effects,
                sensitivity.failures().stream()
                    .filter(one -> one.scope().equals(effects.scope()))
                    .findFirst()))
        .toList();
  }

  private static TextTable table(RuleEffects effects, Optional<Failures> failures) {
    SequencedSet<String> names = new LinkedHashSet<>();
    effects.given().forEach(one -> names.add(one.factor()));
    effects
        .rules()
        .forEach(rule -> rule.main().forEach(share -> names.add(share.factors().getFirst())));
    names.remove(ReservedNames.REST);
    List<String> header = new ArrayList<>(List.of("counted"));
    header.addAll(names);
    header.add("settings");
    header.add("left out");
    List<List<String>> rows = new ArrayList<>();
    failures
        .filter(one -> !one.shares().isEmpty())
        .ifPresent(one -> {
          List<String> row = new ArrayList<>(List.of("whether a run fails"));
          names.forEach(name -> row.add(share(one, name)));
          row.addAll(List.of("all", ""));
          rows.add(row);
        });
    if (!effects.given().isEmpty()) {
      List<String> row = new ArrayList<>(List.of("among the runs that learned, by least squares"));
      names.forEach(name ->
          row.add(
              effects.given().stream()
                  .filter(one -> one.factor().equals(name))
                  .map(one -> TextTable.percent(one.share()))
                  .findFirst()
                  .orElse("-")));
      row.addAll(List.of(Numbers.count(effects.learned(), "run"), ""));
      rows.add(row);
    }
    for (RuleEffects.Rule rule : effects.rules()) {
      List<String> row = new ArrayList<>(List.of(effects.text(rule)));
      names.forEach(name -> row.add(share(rule, name)));
      row.add(Integer.toString(rule.cells()));
      row.add(dropped(rule));
      rows.add(row);
    }
    return new TextTable(
        "%s: main effects on %s (%s scale) in percent, by how runs count that did not learn%s"
            .formatted(
                effects.scope(),
                effects.metric(),
                effects.scale().text(),
                effects.given().isEmpty() ? "" : OVERLAP),
        header,
        rows);
  }

  /// `learning-rate 1e-5, 0.1; optimizer sgd`.
  private static String dropped(RuleEffects.Rule rule) {
    SequencedMap<String, List<String>> levels = new LinkedHashMap<>();
    for (View.Level level : rule.dropped()) {
      levels.computeIfAbsent(level.variable(), _ -> new ArrayList<>()).add(level.level());
    }
    return levels.entrySet().stream()
        .map(one -> one.getKey() + " " + String.join(", ", one.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String share(Failures failures, String name) {
    return failures.shares().stream()
        .filter(one -> one.factors().equals(List.of(name)))
        .map(one -> TextTable.percent(one.share()))
        .findFirst()
        .orElse("-");
  }

  private static String share(RuleEffects.Rule rule, String name) {
    return rule.effects().stream()
        .filter(one -> one.factors().equals(List.of(name)))
        .map(one ->
            TextTable.percent(one.share())
                + one.interval().map(interval -> " " + Words.of(interval)).orElse(""))
        .findFirst()
        .orElse("-");
  }
}
