package org.vaescape.analysis.models;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.Separation;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;

/// A comparison of models in words.
record ModelClaim(ModelComparison comparison) {
  /// That the first model is better than every other one, each at its best.
  Claim claim() {
    String scope = comparison.scope();
    String metric = comparison.metric();
    List<ModelComparison.Best> models = comparison.models();
    List<Separation> separations = comparison.separations();
    String id = "best-model/" + scope + "/" + metric;
    if (models.size() < 2) {
      String sentence =
          models.isEmpty()
              ? "%s: no comparison of models by %s.".formatted(scope, metric)
              : "%s: no comparison of models by %s: only %s has a setting that learned in every repeat."
                  .formatted(scope, metric, models.getFirst().model());
      return new Claim(
          id,
          sentence,
          metric,
          scope,
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          comparison.runs(),
          Claim.Verdict.UNDECIDED,
          List.of(),
          models.isEmpty() ? comparison.reason() : "one model is no comparison");
    }
    return new Claim(
            id,
            sentence(),
            metric,
            scope,
            separations.getFirst().estimate(),
            separations.getFirst().interval(),
            probability(),
            comparison.runs(),
            verdict(),
            comparison.overturnedBy(),
            separations.stream()
                .map(Separation::reason)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse(comparison.reason()))
        .naming(models.getFirst().model());
  }

  /// At least this sure that the first model is better than every other one: 1 less the sum of the
  /// probabilities that one of them is better (Bonferroni's inequality).
  private OptionalDouble probability() {
    double worse = 0;
    for (Separation one : comparison.separations()) {
      if (one.probability().isEmpty()) {
        return OptionalDouble.empty();
      }
      worse += 1 - one.probability().getAsDouble();
    }
    return OptionalDouble.of(Math.max(0, 1 - worse));
  }

  private Claim.Verdict verdict() {
    OptionalDouble atLeast = probability();
    if (atLeast.isPresent() && atLeast.getAsDouble() >= Claim.SURE) {
      return Claim.Verdict.SUPPORTED;
    }
    boolean beaten =
        comparison.separations().stream()
            .anyMatch(one ->
                one.probability().isPresent() && one.probability().getAsDouble() <= 1 - Claim.SURE);
    return beaten ? Claim.Verdict.CONTRADICTED : Claim.Verdict.UNDECIDED;
  }

  private String sentence() {
    List<ModelComparison.Best> models = comparison.models();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: by %s, each model at its best, %s comes first. Outcomes: %s."
            .formatted(
                comparison.scope(),
                comparison.metric(),
                models.getFirst().model(),
                models.stream().map(this::words).collect(Collectors.joining("; "))));
    if (comparison.judging() > 0) {
      text.append(judged(models.getFirst(), models.get(1), comparison.separations().getFirst()));
    }
    if (comparison.ranks().isPresent() && comparison.judging() > 1) {
      text.append(
          " Mean ranks over these repeats: %s."
              .formatted(
                  models.stream()
                      .map(best -> best.model() + " " + Digits.two(best.meanRank()))
                      .collect(Collectors.joining(", "))));
    }
    if (!comparison.without().isEmpty()) {
      text.append(
          " No setting of %s learned in every repeat."
              .formatted(String.join(", ", comparison.without())));
    }
    if (!comparison.overturnedBy().isEmpty()) {
      text.append(
          " Another model comes first %s."
              .formatted(String.join("; or ", comparison.overturnedBy())));
    }
    return text.toString();
  }

  private String judged(ModelComparison.Best first, ModelComparison.Best second, Separation next) {
    String which =
        " %s chose the settings, %s gave these numbers."
            .formatted(
                Digits.count(comparison.choosing(), "repeat"),
                Digits.count(comparison.judging(), "other repeat"));
    String order =
        " The outcome of %s %s.%s"
            .formatted(second.model(), next.words(first.model()), next.planWords());
    if (next.smallest().isEmpty()) {
      return which + order;
    }
    double smallest = next.smallest().getAsDouble();
    return which
        + order
        + " Of two such settings fixed beforehand, %s would find a true difference 4 times of 5 only from %s on; a smaller one may be real."
            .formatted(
                Digits.count(comparison.choosing() + comparison.judging(), "repeat"),
                comparison.scale() == Scale.LOG
                    ? "a ratio of " + Digits.ratio(smallest)
                    : Digits.three(smallest));
  }

  private String words(ModelComparison.Best best) {
    String where = Digits.settings(best.settings());
    return best.model()
        + " "
        + Digits.three(
            best.value(),
            comparison.models().stream().mapToDouble(ModelComparison.Best::value).toArray())
        + (where.isEmpty() ? "" : " (" + where + ")");
  }
}
