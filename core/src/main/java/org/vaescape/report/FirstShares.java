package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;

/// What the variation of a scope's first outcome comes from, on the scale that comes first.
///
/// @param parts of the variation, as [EffectShare#isPart]
record FirstShares(Design design, String metric, Scale scale, List<EffectShare> parts) {
  FirstShares {
    parts = List.copyOf(parts);
  }

  /// Of every scope that has shares: by the outcome that its settings are chosen by, or by its
  /// first one where nothing learned.
  static List<FirstShares> of(Sensitivity found) {
    FirstOutcomes first = FirstOutcomes.of(found);
    List<FirstShares> all = new ArrayList<>();
    for (Design design : found.designs()) {
      String scope = design.scope();
      List<EffectShare> own =
          found.effects().stream()
              .filter(one -> one.scope().equals(scope) && one.isPart())
              .filter(one -> Double.isFinite(one.estimate()))
              .filter(one -> !first.metrics().containsKey(scope) || first.has(scope, one.metric()))
              .toList();
      if (!own.isEmpty()) {
        EffectShare begin = own.getFirst();
        all.add(
            new FirstShares(
                design,
                begin.metric(),
                begin.scale(),
                own.stream()
                    .filter(one -> one.metric().equals(begin.metric()))
                    .filter(one -> one.scale() == begin.scale())
                    .filter(one -> one.method().equals(begin.method()))
                    .toList()));
      }
    }
    return all;
  }

  String scope() {
    return design.scope();
  }

  /// Of one hyper-parameter alone, or of two together, in any order.
  Optional<EffectShare> share(List<String> factors) {
    return parts.stream()
        .filter(one -> one.factors().size() == factors.size())
        .filter(one -> one.factors().containsAll(factors))
        .findFirst();
  }

  /// Of two together.
  List<EffectShare> pairs() {
    return parts.stream().filter(one -> one.factors().size() == 2).toList();
  }

  Optional<EffectShare> strongestPair() {
    return pairs().stream().max(Comparator.comparingDouble(EffectShare::estimate));
  }
}
