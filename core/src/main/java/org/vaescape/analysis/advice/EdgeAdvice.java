package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Role;

/// Learning rates to try beyond those that were tried.
record EdgeAdvice(Grounds grounds, Findings found) {

  /// For optimizers whose best rate lies at an edge, unless what to tune says so already.
  ///
  /// @param tuned names of what is tuned
  List<Advice> beyond(List<String> tuned) {
    List<Advice> all = new ArrayList<>();
    for (BestRate best : found.fairRange().map(FairRange::best).orElse(List.of())) {
      boolean near = TuningRange.near(best.optimizer(), found);
      if (best.edge() && !(near && (tuned.contains(best.name()) || anyRateDoes()))) {
        String order = best.advice() + (near ? "" : ", before you call it worse than others");
        String beyond =
            "its best %s may lie beyond %s to %s, which were tried"
                .formatted(
                    best.name(), BestRate.text(best.lowest()), BestRate.text(best.highest()));
        all.add(
            grounds
                .counted(
                    found.metric(),
                    Advice.NEXT,
                    "%s: %s.".formatted(Words.capital(order), beyond),
                    List.of(),
                    "fair-range")
                .inShort(Brief.of(order, beyond)));
      }
    }
    return all;
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
