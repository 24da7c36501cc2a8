package org.vaescape.analysis.rates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.study.Metric;
import org.vaescape.train.Optimizer;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Pace;

class LearningRatesTest {
  private static final RunSet.Outcome LOSS =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final int GENES = 3426;

  /// Best at 10 for sgd and at 0.01 for all others, which both lie inside.
  private static List<Run> runs(List<String> optimizers, int repeats) {
    List<Run> runs = new ArrayList<>();
    for (Run run :
        Runs.grid(
            Runs.space(
                Map.entry("optimizer", optimizers),
                Map.entry("learning-rate", List.of("0.001", "0.01", "0.1", "1", "10", "100")),
                Map.entry("latent", List.of("10", "50"))),
            repeats,
            (settings, repeat) -> {
              double best = settings.getOrDefault("optimizer", "").equals("sgd") ? 1 : -2;
              double rate = Double.parseDouble(settings.getOrDefault("learning-rate", ""));
              return 1 + Math.abs(Math.log10(rate) - best) + 0.01 * repeat;
            })) {
      double rate = Double.parseDouble(run.setting("learning-rate"));
      double latent = Double.parseDouble(run.setting("latent"));
      Map<String, Double> outcomes = new LinkedHashMap<>(run.outcomes().get(StopPoint.STOP));
      outcomes.put("learning_rate_budget", rate * 20 * latent);
      outcomes.put("relative_update", 0.001 + run.repeat() * 0.002);
      runs.add(
          new Run(
              run.id(),
              run.settings(),
              run.repeat(),
              run.fate(),
              run.ending(),
              Map.of(StopPoint.STOP, outcomes)));
    }
    return runs;
  }

  private static LearningRates rates(List<Run> runs, OptionalInt genes) {
    return LearningRates.of(Runs.set(runs).landscapes().getFirst(), LOSS, genes).orElseThrow();
  }

  @Test
  void givesBudgetAndUpdatesOfTheRunsAtTheBestRate() {
    LearningRates rates = rates(runs(List.of("sgd", "adam"), 2), OptionalInt.of(GENES));
    LearningRates.Row sgd = rates.rows().getFirst();
    assertEquals(10, sgd.best().rate().getAsDouble());
    assertEquals(10 * 20 * 30, sgd.budget().getAsDouble(), 1e-9); // latents 10 and 50
    assertEquals(0.002, sgd.relativeUpdate().getAsDouble(), 1e-12);
    assertEquals(4, sgd.learned());
    assertEquals("", sgd.reason());
    LearningRates.Row adam = rates.rows().get(1);
    assertEquals(0.01, adam.best().rate().getAsDouble());
    assertEquals(0.01 * 20 * 30, adam.budget().getAsDouble(), 1e-9);
    assertEquals(10 / 3426.0, sgd.summedLossRate().getAsDouble(), 1e-12);
    assertEquals(
        "a step is the rate times the gradient, with momentum or without", sgd.summedLossReason());
    assertEquals(0.01, adam.summedLossRate().getAsDouble());
  }

  @Test
  void runsThatDidNotLearnCountForNothing() {
    List<Run> runs = new ArrayList<>();
    for (Run run : runs(List.of("sgd", "adam"), 2)) {
      // One of the settings at sgd's best rate and at all others learned nothing.
      boolean lost = run.setting("optimizer").equals("sgd") && run.setting("latent").equals("50");
      runs.add(
          lost
              ? new Run(
                  run.id(),
                  run.settings(),
                  run.repeat(),
                  Fate.UNLEARNED,
                  "collapsed",
                  run.outcomes())
              : run);
    }
    LearningRates.Row sgd = rates(runs, OptionalInt.of(GENES)).rows().getFirst();
    assertEquals(10, sgd.best().rate().getAsDouble());
    assertEquals(2, sgd.learned());
    assertEquals(10 * 20 * 10, sgd.budget().getAsDouble(), 1e-9);
  }

  @Test
  void dividesTheRateOfSgdAloneByTheGenes() {
    List<LearningRates.Row> known =
        rates(runs(List.of("sgd", "adam", "radam", "mine"), 2), OptionalInt.of(GENES)).rows();
    assertEquals(10.0 / GENES, known.get(0).summedLossRate().getAsDouble(), 1e-15);
    assertEquals(OptionalDouble.of(0.01), known.get(1).summedLossRate());
    assertEquals(OptionalDouble.empty(), known.get(2).summedLossRate());
    assertEquals(OptionalDouble.empty(), known.get(3).summedLossRate());
    assertEquals("no optimizer of this name is known: mine", known.get(3).summedLossReason());
    List<LearningRates.Row> unknown =
        rates(runs(List.of("sgd", "adam"), 2), OptionalInt.empty()).rows();
    assertEquals(OptionalDouble.empty(), unknown.get(0).summedLossRate());
    assertTrue(unknown.get(0).summedLossReason().endsWith("the number of genes is not known"));
    assertEquals(OptionalDouble.of(0.01), unknown.get(1).summedLossRate());
  }

  @Test
  void saysWhereTheBestRateIsAtAnEdgeOrFromOneSeed() {
    List<Run> runs =
        runs(List.of("sgd", "adam"), 1).stream()
            .filter(run -> !List.of("10", "100").contains(run.setting("learning-rate")))
            .toList();
    LearningRates rates = rates(runs, OptionalInt.empty());
    assertEquals(
        "one seed: chosen on the same run; sgd: not estimable, extend learning-rate to 10, which is one decade above 1, for sgd",
        rates.rows().get(0).reason());
    assertEquals("one seed: chosen on the same run", rates.rows().get(1).reason());
    assertTrue(rates.rows().get(0).best().edge());
  }

  @Test
  void knowsOptimizersInCapitalsToo() {
    LearningRates.Row adam =
        rates(runs(List.of("SGD", "Adam"), 2), OptionalInt.of(GENES)).rows().get(1);
    assertTrue(adam.summedLossReason().startsWith("scale-free"), adam.summedLossReason());
    assertEquals(adam.best().rate(), adam.summedLossRate());
  }

  @Test
  void anOptimizerThatNeverLearnedHasNoRate() {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("optimizer", List.of("sgd", "adam")),
                Map.entry("learning-rate", List.of("0.001", "0.01", "0.1"))),
            2,
            (settings, _) -> {
              double rate = Double.parseDouble(settings.getOrDefault("learning-rate", ""));
              return settings.getOrDefault("optimizer", "").equals("sgd")
                  ? Double.NaN
                  : 1 + Math.abs(Math.log10(rate) + 2);
            });
    LearningRates rates = rates(runs, OptionalInt.of(GENES));
    LearningRates.Row sgd = rates.rows().getFirst();
    assertEquals(OptionalDouble.empty(), sgd.best().rate());
    assertEquals(OptionalDouble.empty(), sgd.summedLossRate());
    assertEquals(OptionalDouble.empty(), sgd.budget());
    assertEquals(
        "sgd never learned (0 of 6 runs): not estimable, extend learning-rate to 0.0001, which is one decade below 0.001, for sgd",
        sgd.reason());
    assertEquals(OptionalDouble.empty(), rates.rows().get(1).budget());
  }

  @Test
  void theRateOfAnOptimizerWithSettingsIsThatOfItsName() {
    List<Run> runs = new ArrayList<>();
    for (Run run : runs(List.of("sgd", "adam"), 2)) {
      for (String momentum : List.of("0", "0.9")) {
        Map<String, String> own = new LinkedHashMap<>(run.settings());
        if (run.setting("optimizer").equals("sgd")) {
          own.put("sgd.momentum", momentum);
        } else if (momentum.equals("0.9")) {
          continue;
        }
        runs.add(
            new Run(
                run.id() + momentum,
                new LinkedHashMap<>(own),
                run.repeat(),
                run.fate(),
                run.ending(),
                run.outcomes()));
      }
    }
    LearningRates rates = rates(runs, OptionalInt.of(GENES));
    assertEquals(
        List.of("sgd momentum 0", "sgd momentum 0.9", "adam"),
        rates.rows().stream().map(row -> row.best().optimizer()).toList());
    assertEquals(10.0 / GENES, rates.rows().get(1).summedLossRate().getAsDouble(), 1e-15);
  }

  static List<String> optimizers() {
    return Optimizers.CATALOGUE.names();
  }

  /// Gradients of a sum over genes are those of the mean times their number: where does that lead?
  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerDoesWhatTheTableSays(String name) {
    double rate = 0.05;
    double[] mean = path(name, 1, rate);
    boolean divided = near(mean, path(name, GENES, rate / GENES));
    boolean kept = near(mean, path(name, GENES, rate));
    LossScale.Kind kind =
        divided
            ? LossScale.Kind.PROPORTIONAL
            : kept ? LossScale.Kind.SCALE_FREE : LossScale.Kind.MIXED;
    assertEquals(kind, LossScale.of(name).orElseThrow().kind());
    assertTrue(!divided || !kept, "the path is too short to tell");
  }

  @Test
  void adadeltaIsScaleFreeForLargeGradientsOnly() {
    double[] small = path("adadelta", 1e-5, 0.05);
    double[] scaled = path("adadelta", 1e-5 * GENES, 0.05);
    assertTrue(!near(small, scaled));
  }

  private static final double[] START = {1, -2, 0.5, 3};

  /// Within a thousandth of how far the path went.
  private static boolean near(double[] one, double[] other) {
    for (int i = 0; i < one.length; i++) {
      if (!(Math.abs(one[i] - other[i]) <= 1e-3 * Math.abs(one[i] - START[i]))) {
        return false;
      }
    }
    return true;
  }

  /// Where 30 steps on the scale x curvature x (parameter - minimum)^2 / 2 end.
  private static double[] path(String name, double scale, double rate) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.of(DType.FLOAT64, START, 4);
      Tensor curvature = Tensor.of(DType.FLOAT64, new double[] {1, 0.5, 2, 1.5}, 4);
      Tensor minimum = Tensor.of(DType.FLOAT64, new double[] {0.3, -0.4, 0.2, -0.1}, 4);
      Optimizer.Update<Tensor> update = optimizer.start(parameter);
      for (int step = 0; step < 30; step++) {
        update.apply(parameter.minus(minimum).times(curvature).times(scale), Pace.of(rate));
      }
      update.showResult();
      return parameter.doubles();
    }
  }
}
