package org.vaescape.analysis.korkic2021;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.ShareIntervals;
import org.vaescape.analysis.VarianceComponents;
import org.vaescape.analysis.VarianceComponents.Component;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Question;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.shares.GridImportance;

/// What the study says of how much of the variation each hyper-parameter accounts for.
final class ShareClaims {
  /// A main effect below this share of the variation is little.
  static final double LITTLE = 0.05;

  /// Halvings of a confidence: to 0.004.
  private static final int HALVINGS = 8;

  private ShareClaims() {}

  static Optional<StudyClaim> optimizerMostImportant(StudyCase study) {
    Question question = new GridImportance.LargestEffect(StudyCase.OPTIMIZER, false);
    return study
        .importance()
        .flatMap(importance ->
            question
                .holds(importance.grid())
                .map(holds -> {
                  List<Component> main = importance.components().main();
                  Component own = component(main, StudyCase.OPTIMIZER).orElseThrow();
                  Component rival =
                      main.stream()
                          .filter(other -> !other.equals(own))
                          .max(Comparator.comparingDouble(Component::variance))
                          .orElseThrow();
                  return study.tried(
                      "optimizer-most-important",
                      question,
                      View.of(study.metric(), Scale.LOG),
                      holds,
                      share(importance, own),
                      evidence(
                          importance,
                          own,
                          known ->
                              known.probabilityLarger(
                                  place(importance, own), place(importance, rival))),
                      "optimizer %s the largest main effect on log %s: %s."
                          .formatted(
                              holds ? "has" : "does not have", study.metric(), words(importance)));
                }));
  }

  static Optional<StudyClaim> latentAloneChangesLittle(StudyCase study) {
    Question question = new SmallEffect(StudyCase.LATENT);
    return study
        .importance()
        .flatMap(importance ->
            question
                .holds(importance.grid())
                .map(holds -> {
                  Component own =
                      component(importance.components().main(), StudyCase.LATENT).orElseThrow();
                  OptionalDouble ratio =
                      study.cells().map(LatentClaims::worstOverBest).orElse(OptionalDouble.empty());
                  return study.tried(
                      "latent-alone-changes-little",
                      question,
                      View.of(study.metric(), Scale.LOG),
                      holds,
                      share(importance, own),
                      evidence(
                          importance, own, known -> below(known, place(importance, own), holds)),
                      "latent alone changes %s: its main effect is %s of the variation of log %s (little is below %s).%s"
                          .formatted(
                              holds ? "little" : "more than a little",
                              Words.percent(share(importance, own).orElseThrow()),
                              study.metric(),
                              Words.percent(LITTLE),
                              ratio.isPresent()
                                  ? " At equal other settings the worst latent that learned has %s times the %s of the best (median; noise is part of it)."
                                      .formatted(Digits.ratio(ratio.getAsDouble()), study.metric())
                                  : ""));
                }));
  }

  private interface Probability {
    double of(ShareIntervals intervals);
  }

  private static Evidence evidence(
      GridImportance importance, Component own, Probability probability) {
    return importance
        .intervals()
        .map(known ->
            Evidence.of(
                known.effect(place(importance, own), Claim.CONFIDENCE), probability.of(known)))
        .orElse(Evidence.none(Claim.ONE_REPEAT))
        .because(importance::doubt);
  }

  /// Confidence, on one side, that a share is below the limit: the highest of which an interval
  /// lies on the side of the estimate.
  private static double below(ShareIntervals intervals, int effect, boolean estimatedBelow) {
    double sure = 0;
    double unsure = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double confidence = (sure + unsure) / 2;
      Interval interval = intervals.effect(effect, confidence);
      if (estimatedBelow ? interval.high() < LITTLE : interval.low() >= LITTLE) {
        sure = confidence;
      } else {
        unsure = confidence;
      }
    }
    return estimatedBelow ? (1 + sure) / 2 : (1 - sure) / 2;
  }

  private static Optional<Component> component(List<Component> main, String variable) {
    return main.stream().filter(effect -> effect.factors().getFirst().equals(variable)).findFirst();
  }

  private static int place(GridImportance importance, Component effect) {
    return importance.components().effects().indexOf(effect);
  }

  private static OptionalDouble share(GridImportance importance, Component effect) {
    return OptionalDouble.of(importance.components().share(effect.variance()));
  }

  private static String words(GridImportance importance) {
    return importance.components().main().stream()
        .sorted(Comparator.comparingDouble(Component::variance).reversed())
        .map(effect ->
            effect.factors().getFirst()
                + " "
                + Words.percent(share(importance, effect).orElseThrow())
                + importance
                    .interval(place(importance, effect))
                    .map(known -> " " + Words.of(known))
                    .orElse(""))
        .collect(Collectors.joining(", "));
  }

  /// Whether the main effect of a variable is less than a little.
  record SmallEffect(String variable) implements Question {
    @Override
    public Optional<Boolean> holds(GridView view) {
      VarianceComponents components = VarianceComponents.of(view.grid());
      return component(components.main(), variable)
          .filter(_ -> components.main().size() > 1 && components.total() > 0)
          .map(effect -> components.share(effect.variance()) < LITTLE);
    }
  }
}
