package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Role;

/// Learning rates to try beyond those that were tried.
record EdgeAdvice(Grounds grounds, Findings found) {

  /// For optimizers whose best rate lies at an edge, at once for those of the same rates, unless
  /// what to tune says so already.
  ///
  /// @param tuned names of what is tuned
  List<Advice> beyond(List<String> tuned) {
    SequencedMap<String, List<BestRate>> alike = new LinkedHashMap<>();
    for (BestRate best : found.fairRange().map(FairRange::best).orElse(List.of())) {
      boolean near = TuningRange.near(best.optimizer(), found);
      if (best.edge() && !(near && (tuned.contains(best.name()) || anyRateDoes()))) {
        alike
            .computeIfAbsent(near + best.advice("") + beyond(best), _ -> new ArrayList<>())
            .add(best);
      }
    }
    return alike.values().stream().map(this::extend).toList();
  }

  /// @param alike optimizers to which the same is said
  private Advice extend(List<BestRate> alike) {
    BestRate one = alike.getFirst();
    String order = order(alike);
    String beyond = (alike.size() == 1 ? "its " : "their ") + beyond(one);
    return grounds
        .counted(
            found.metric(),
            Advice.NEXT,
            "%s: %s.".formatted(Words.capital(order), beyond),
            List.of(),
            "fair-range")
        .inShort(Brief.of(order, beyond));
  }

  private String order(List<BestRate> alike) {
    BestRate one = alike.getFirst();
    return one.advice(alike.stream().map(BestRate::optimizer).collect(Collectors.joining(" and ")))
        + (TuningRange.near(one.optimizer(), found)
            ? ""
            : ", before you call %s worse than others"
                .formatted(alike.size() == 1 ? "it" : "them"));
  }

  private static String beyond(BestRate best) {
    return "best %s may lie beyond %s to %s, which were tried"
        .formatted(best.name(), BestRate.text(best.lowest()), BestRate.text(best.highest()));
  }

  private boolean anyRateDoes() {
    return grounds
        .landscape()
        .variable(Role.LEARNING_RATE)
        .flatMap(found::side)
        .filter(SafeRegion.Side::all)
        .isPresent();
  }
}
