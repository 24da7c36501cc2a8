package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.agreement.MetricAgreement;
import org.vaescape.analysis.agreement.MetricAgreementTest;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.models.ModelComparison;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.SensitivityJson;

class LandscapeTest {
  private static SequencedMap<String, String> settings(String... namesAndValues) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private static Landscape landscape(List<Run> runs) {
    return Landscape.of(new Scope("", new LinkedHashMap<>()), runs, List.of(), false);
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  @Test
  void aNumberOfWhichEverySettingHasItsOwnIsASampleAndNoGrid() {
    List<Run> drawn = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60; i++) {
      double rate = random.nextDouble();
      drawn.add(Runs.run(settings("rate", Double.toString(rate)), 0, 1 + rate));
    }
    Landscape sample = landscape(drawn);
    assertFalse(sample.grid());
    assertEquals(60, sample.cells());
    Sensitivity said = Sensitivity.of(Runs.set(drawn));
    assertTrue(
        said.effects().stream().anyMatch(effect -> effect.method().equals("forest")),
        "the share of a sample is that of a fitted surface");
    assertFalse(said.designs().getFirst().complete());
  }

  @Test
  void runsThatNameNoModelAreAmongAllRunsOnly() {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("model", List.of("vae", "ae", "")),
                Map.entry("rate", List.of("1", "2", "3"))),
            2,
            (settings, repeat) ->
                1 + repeat + Double.parseDouble(settings.getOrDefault("rate", "")));
    List<Run> without = new ArrayList<>();
    for (Run run : runs) {
      SequencedMap<String, String> own = new LinkedHashMap<>(run.settings());
      own.remove("model", "");
      without.add(Runs.run(own, run.repeat(), run.outcome(Runs.LOSS, StopPoint.STOP)));
    }
    RunSet set = Runs.set(without);
    List<String> scopes =
        set.landscapes().stream().map(landscape -> landscape.scope().text()).toList();
    assertEquals(List.of("vae", "ae", "all runs"), scopes);
    List<String> ids = Sensitivity.of(set).claims().stream().map(Claim::id).toList();
    assertEquals(ids.stream().distinct().toList(), ids);
    assertEquals(
        List.of("vae", "ae"),
        CellOutcomes.of(set.landscapes().getLast(), set.outcomes().getFirst(), StopPoint.STOP)
            .models());
  }

  @Test
  void manyValuesThatWereAllTriedWithAllOthersAreAGrid() {
    assertTrue(
        landscape(
                Runs.grid(
                    Runs.space(
                        Map.entry("rate", numbers(60)), Map.entry("optimizer", List.of("a", "b"))),
                    1,
                    (_, _) -> 1))
            .complete());
    assertTrue(
        landscape(Runs.grid(Runs.space(Map.entry("rate", numbers(19))), 1, (_, _) -> 1)).complete(),
        "too few for a surface");
  }

  @Test
  void whoAsksAndHowManyAtOnceMakesNoDifference() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    RunSet set =
        Runs.set(
            Runs.grid(
                Runs.space(
                    Map.entry("model", List.of("vae", "iwae", "infovae", "dae")),
                    Map.entry("learning-rate", List.of("0.001", "0.01", "0.1")),
                    Map.entry("optimizer", List.of("adam", "sgd"))),
                3,
                (_, _) -> random.nextDouble()));
    List<String> scopes = Sensitivity.of(set).designs().stream().map(Design::scope).toList();
    assertEquals(List.of("vae", "iwae", "infovae", "dae", "all runs"), scopes);
    String expected = SensitivityJson.text(Sensitivity.of(set));
    for (int threads : new int[] {1, 4}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        assertEquals(expected, SensitivityJson.text(pool.submit(() -> Sensitivity.of(set)).get()));
      }
    }
  }

  /// A batch for each model, and a momentum that only sgd has.
  @Test
  void saysWhichHyperParameterCannotBeToldApart() {
    List<Run> runs = new ArrayList<>();
    for (String model : List.of("vae", "iwae")) {
      for (String optimizer : List.of("adam", "sgd")) {
        for (String latent : List.of("10", "20")) {
          SequencedMap<String, String> one =
              settings("model", model, "optimizer", optimizer, "latent", latent);
          one.put("batch", model.equals("vae") ? "100" : "50");
          if (optimizer.equals("sgd")) {
            one.put("sgd.momentum", "0.9");
          }
          runs.add(Runs.run(one, 0, runs.size()));
        }
      }
    }
    Design design = Design.of(landscape(runs), "");
    assertEquals(
        List.of("model", "optimizer", "latent"),
        design.variables().stream().map(Variable::name).toList());
    assertEquals(
        List.of(
            new Design.Untold("batch", "cannot be told apart from model: each model has its own")),
        design.untold());
  }

  /// Each optimizer has rates of its own, and so the rate tells it.
  @Test
  void theOrderOfColumnsDoesNotDecideWhichOfTwoIsToldByTheOther() {
    for (List<String> columns :
        List.of(List.of("optimizer", "rate", "latent"), List.of("latent", "rate", "optimizer"))) {
      List<Run> runs = new ArrayList<>();
      for (String rate : List.of("0.0001", "0.001", "0.01", "0.1")) {
        for (String latent : List.of("10", "20", "50")) {
          Map<String, String> values =
              Map.of(
                  "optimizer",
                  Double.parseDouble(rate) < 0.005 ? "adam" : "sgd",
                  "rate",
                  rate,
                  "latent",
                  latent);
          SequencedMap<String, String> settings = new LinkedHashMap<>();
          columns.forEach(column -> settings.put(column, values.getOrDefault(column, "")));
          runs.add(Runs.run(settings, 0, 1));
        }
      }
      Landscape landscape = landscape(runs);
      assertEquals(
          columns.stream().filter(column -> !column.equals("optimizer")).toList(),
          landscape.variables().stream().map(Variable::name).toList());
      assertTrue(landscape.complete());
      assertEquals(
          List.of(
              new Design.Untold(
                  "optimizer", "cannot be told apart from rate: each rate has its own")),
          Design.of(landscape, "").untold());
    }
  }

  @Test
  void saysThatAForestTakesNoTextsWithoutEnd() {
    List<Run> runs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 90; i++) {
      runs.add(
          Runs.run(
              settings("rate", Double.toString(random.nextDouble()), "host", "h" + i % 70),
              0,
              random.nextDouble()));
    }
    Design.Untold untold = Design.of(landscape(runs), "").untold().getFirst();
    assertEquals("host", untold.key());
    assertTrue(untold.reason().contains("70 values"), untold.reason());
    assertTrue(untold.reason().contains("at most 63"), untold.reason());
  }

  /// Each of 8 hyper-parameters has as many levels as there are runs: what looks for a level run by
  /// run, or at the runs without each level, takes hours.
  @Test
  void aRandomSearchWithTwoOutcomesTakesNoSquareOfItsRuns() {
    SplittableRandom random = new SplittableRandom(3);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      SequencedMap<String, String> one = settings("model", i % 2 == 0 ? "vae" : "iwae");
      for (char name = 'a'; name <= 'h'; name++) {
        one.put(Character.toString(name), Double.toString(random.nextDouble()));
      }
      double loss = 1 + Double.parseDouble(one.get("a"));
      Map<String, Double> outcomes =
          Map.of("val_mse", loss, "knn_accuracy", 1 / (loss + 0.1 * random.nextDouble()));
      runs.add(new Run("" + i, one, 0, Fate.LEARNED, "learned", Map.of(StopPoint.STOP, outcomes)));
    }
    Landscape landscape = landscape(runs);
    RunSet.Outcome error = MetricAgreementTest.ERROR;
    long begun = System.nanoTime();
    MetricAgreement agreement =
        MetricAgreement.of(landscape, error, MetricAgreementTest.ACCURACY).orElseThrow();
    ModelComparison models = ModelComparison.of(landscape, error).orElseThrow();
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertEquals(5000, agreement.agreement().settings());
    assertTrue(agreement.agreement().estimate().orElseThrow() > 0.9);
    assertEquals(2, models.models().size());
    assertTrue(seconds < 20, "took " + seconds + " s where a square takes minutes");
  }

  /// Of two splits one has ten times the error of the other.
  @Test
  void aFailedRunIsTheWorstOfItsSplit() {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("rate", List.of("1", "2", "3")), Map.entry("size", List.of("1", "2"))),
            2,
            (cell, repeat) ->
                cell.getOrDefault("rate", "").equals("3")
                        && cell.getOrDefault("size", "").equals("1")
                    ? Double.NaN
                    : Integer.parseInt(cell.getOrDefault("rate", "")) * (repeat == 0 ? 1 : 10));
    View view =
        new View(Runs.LOSS, true, Scale.RAW, StopPoint.STOP, FailureRule.WORST, Optional.empty());
    Landscape crossed = Runs.set(runs).landscapes().getFirst();
    assertArrayEquals(
        new double[] {1, 10, 1, 10, 2, 20, 2, 20, 3, 30, 3, 30}, crossed.values(view));
    assertArrayEquals(
        new double[] {1, 10, 1, 10, 2, 20, 2, 20, 30, 30, 3, 30}, landscape(runs).values(view));
  }

  @Test
  void aSplitInWhichNothingRanHasTheWorstOfAll() {
    List<Run> runs =
        Runs.grid(
            Runs.space(Map.entry("rate", List.of("1", "2", "3"))),
            2,
            (cell, repeat) ->
                repeat == 1 ? Double.NaN : Integer.parseInt(cell.getOrDefault("rate", "")));
    View view =
        new View(Runs.LOSS, true, Scale.RAW, StopPoint.STOP, FailureRule.WORST, Optional.empty());
    assertArrayEquals(
        new double[] {1, 3, 2, 3, 3, 3}, Runs.set(runs).landscapes().getFirst().values(view));
  }
}
