package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.ModelRanks;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.models.ModelComparison;
import org.vaescape.analysis.noise.Separation;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;

/// Ranks of models, each at its best, over studies of different data.
///
/// @param scope of the first study, as [org.vaescape.analysis.runs.Scope#text]
/// @param studies that are blocks
/// @param models that every one of them could judge
/// @param values a row for each study, a column for each model
/// @param ranks with tests where no two studies have the same data
/// @param runs of all studies
/// @param reason why there is no test; empty if there is
public record ModelsAcross(
    String scope,
    String metric,
    List<String> studies,
    List<String> models,
    List<List<Double>> values,
    ModelRanks ranks,
    int runs,
    String reason) {
  private static final String SAME_DATA =
      "no p: studies of the same data, or of data that cannot be told apart, are no independent blocks";

  public ModelsAcross {
    studies = List.copyOf(studies);
    models = List.copyOf(models);
    values = values.stream().map(List::copyOf).toList();
  }

  /// Empty where fewer than two models are judged by all.
  static Optional<ModelsAcross> of(
      List<ComparedStudy> studies, Landscape landscape, String metric) {
    List<ModelComparison> comparisons = new ArrayList<>();
    for (ComparedStudy study : studies) {
      Optional<RunSet.Outcome> outcome = study.outcome(metric).filter(RunSet.Outcome::shared);
      Optional<ModelComparison> own =
          outcome.flatMap(
              known -> study.like(landscape).flatMap(like -> ModelComparison.of(like, known)));
      if (own.isEmpty()) {
        return Optional.empty();
      }
      comparisons.add(own.get());
    }
    List<String> models =
        comparisons.getFirst().models().stream()
            .map(ModelComparison.Best::model)
            .filter(model -> comparisons.stream().allMatch(one -> value(one, model).isPresent()))
            .toList();
    if (models.size() < 2) {
      return Optional.empty();
    }
    boolean higher = !studies.getFirst().outcome(metric).orElseThrow().lowerIsBetter();
    List<List<Double>> values = new ArrayList<>();
    double[][] blocks = new double[comparisons.size()][models.size()];
    for (int block = 0; block < blocks.length; block++) {
      List<Double> row = new ArrayList<>();
      for (int model = 0; model < models.size(); model++) {
        double value = value(comparisons.get(block), models.get(model)).getAsDouble();
        row.add(value);
        blocks[block][model] = higher ? -value : value;
      }
      values.add(row);
    }
    boolean independent =
        studies.stream().noneMatch(study -> study.data().isEmpty())
            && new HashSet<>(studies.stream().map(ComparedStudy::data).toList()).size()
                == studies.size();
    return Optional.of(
        new ModelsAcross(
            landscape.scope().text(),
            metric,
            studies.stream().map(ComparedStudy::name).toList(),
            models,
            values,
            ModelRanks.of(blocks, independent),
            comparisons.stream().mapToInt(ModelComparison::runs).sum(),
            independent ? "" : SAME_DATA));
  }

  private static OptionalDouble value(ModelComparison comparison, String model) {
    return comparison.models().stream()
        .filter(best -> best.model().equals(model))
        .mapToDouble(ModelComparison.Best::value)
        .findFirst();
  }

  /// That models differ in rank over data sets.
  public Claim claim() {
    List<Integer> order =
        IntStream.range(0, models.size())
            .boxed()
            .sorted(
                (one, other) -> Double.compare(ranks.meanRanks()[one], ranks.meanRanks()[other]))
            .toList();
    String mean =
        order.stream()
            .map(model -> models.get(model) + " " + Digits.two(ranks.meanRanks()[model]))
            .collect(Collectors.joining(", "));
    String test =
        switch (ranks) {
          case ModelRanks.Described _ -> "";
          case ModelRanks.Tested tested -> words(tested);
        };
    Claim.Verdict verdict =
        switch (ranks) {
          case ModelRanks.Described _ -> Claim.Verdict.UNDECIDED;
          case ModelRanks.Tested tested ->
              p(tested) < Separation.LEVEL ? Claim.Verdict.SUPPORTED : Claim.Verdict.UNDECIDED;
        };
    return new Claim(
        "models-across-data/" + scope + "/" + metric,
        "%s: models, each at its best, differ in rank by %s over %s studies (%s): mean ranks %s.%s"
            .formatted(scope, metric, studies.size(), String.join(", ", studies), mean, test),
        metric,
        scope,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        runs,
        verdict,
        List.of(),
        reason.isEmpty() ? "a test of ranks gives p, no interval and no probability" : reason);
  }

  /// Of Friedman's test in the form of Iman and Davenport, but never below what so few blocks can
  /// give: all orders alike have the probability (models!)^(1 - blocks) if models do not differ,
  /// and F would make that 0.
  private double p(ModelRanks.Tested tested) {
    double smallest = 1;
    for (int model = 2; model <= models.size(); model++) {
      smallest *= Math.pow(model, 1.0 - tested.blocks());
    }
    return Math.max(smallest, tested.friedman().imanDavenportP());
  }

  private String words(ModelRanks.Tested tested) {
    List<String> different =
        tested.pairs().stream()
            .filter(pair -> pair.holmP() < Separation.LEVEL)
            .map(pair -> models.get(pair.one()) + " and " + models.get(pair.other()))
            .toList();
    return " Friedman's test that they rank alike (as F by Iman and Davenport): p %s; a difference of mean ranks counts from %s on (Nemenyi). Pairs that differ (Wilcoxon with Holm's correction): %s%s."
        .formatted(
            Digits.three(p(tested)),
            Digits.two(tested.criticalDifference(Separation.LEVEL)),
            different.isEmpty() ? "none" : String.join("; ", different),
            tested.smallestHolmP() > Separation.LEVEL
                ? ", which so few studies cannot show (smallest possible p "
                    + Digits.two(tested.smallestHolmP())
                    + ")"
                : "");
  }
}
