package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.user.UserSensitivity;

/// What to tune first where no default says what tuning gains: the largest share of variation.
record ShareAdvice(Grounds grounds, Findings found) {
  private static final String IMPORTANCE = "importance";

  /// The largest main effect, on the scale of its claim.
  Optional<EffectShare> largest() {
    Optional<Scale> scale = found.effects().stream().map(EffectShare::scale).findFirst();
    return found.effects().stream()
        .filter(effect -> scale.equals(Optional.of(effect.scale())))
        .filter(effect -> effect.isMain() && effect.estimate() > 0)
        .filter(effect -> grounds.landscape().variable(effect.factors().getFirst()).isPresent())
        .max(Comparator.comparingDouble(EffectShare::estimate));
  }

  Advice advice(EffectShare effect) {
    String name = effect.factors().getFirst();
    TuningRange range =
        TuningRange.of(
            grounds.landscape().variable(name).orElseThrow(), found, grounds.landscape());
    List<String> because = new ArrayList<>();
    because.add(
        "what tuning gains is not known, as %s; a share of variation counts bad settings too"
            .formatted(found.felt().map(UserSensitivity::reason).orElse("there is no default")));
    because.addAll(found.untriedRates(name, ""));
    if (range.atEdge()) {
      because.add(TuningRange.EDGE);
    }
    String share =
        Words.percent(effect.estimate())
            + effect.interval().map(known -> " " + Words.of(known)).orElse("")
            + " of the variation";
    return grounds
        .advice(
            found.metric(),
            Advice.TUNE_FIRST,
            "Tune %s first, %s: %sit accounts for %s of %s.%s"
                .formatted(
                    name,
                    range.words(),
                    grounds.oneRepeat() ? "in this one seed, " : "",
                    share,
                    Words.outcome(View.of(found.metric(), effect.scale())),
                    range.extensionSentence()),
            because,
            IMPORTANCE,
            "safe-region",
            "fair-range")
        .inShort(
            Brief.of(name + ", " + range.words(), share)
                .judgedBy(grounds.claimId(IMPORTANCE, found.metric()))
                .doubted(found.briefOfRates(name, ""))
                .before(range.extension()));
  }
}
