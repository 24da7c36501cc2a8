package org.vaescape.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;

/// Shares of the single hyper-parameter of a grid: it has no rival, so that there is no claim on
/// which matters most.
final class OnlyVariable {
  private OnlyVariable() {}

  /// @param metrics outcomes that settings are chosen by
  static Stream<EffectShare> shares(Sensitivity sensitivity, Collection<String> metrics) {
    return sensitivity.designs().stream()
        .filter(design -> design.variables().size() == 1)
        .flatMap(design ->
            metrics.stream()
                .distinct()
                .flatMap(metric -> first(sensitivity, design, metric).stream()));
  }

  /// Of the scale that comes first. Runs that are no grid have a table of their shares.
  private static Optional<EffectShare> first(
      Sensitivity sensitivity, Design design, String metric) {
    return sensitivity.effects().stream()
        .filter(one -> one.scope().equals(design.scope()) && one.metric().equals(metric))
        .filter(one -> one.method().startsWith("components"))
        .filter(one -> one.factors().equals(List.of(design.variables().getFirst().name())))
        .filter(one -> Double.isFinite(one.estimate()))
        .findFirst();
  }

  /// `61 % [55, 66]`.
  static String number(EffectShare share) {
    return Words.percent(share.estimate())
        + share.interval().map(interval -> " " + Words.of(interval)).orElse("");
  }

  static String sentence(EffectShare share) {
    return "%s: %s is the only hyper-parameter that varied; its share of the variation of %s (%s scale) is %s.%s"
        .formatted(
            share.scope(),
            share.factors().getFirst(),
            share.metric(),
            share.scale().text(),
            number(share),
            share.reason().isEmpty() ? "" : " (" + share.reason() + ".)");
  }
}
