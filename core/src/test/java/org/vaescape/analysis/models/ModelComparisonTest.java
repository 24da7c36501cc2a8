package org.vaescape.analysis.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.ModelRanks;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.study.Metric;

class ModelComparisonTest {
  private static final RunSet.Outcome LOSS =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);

  private static Landscape landscape(List<Run> runs, boolean crossed) {
    return Landscape.of(new Scope("", new LinkedHashMap<>()), runs, List.of(), crossed);
  }

  private static SequencedMap<String, List<String>> space(String... models) {
    return Runs.space(
        Map.entry("model", List.of(models)),
        Map.entry("latent", List.of("10", "20", "50")),
        Map.entry("optimizer", List.of("adam", "sgd")));
  }

  private static ModelComparison comparison(List<Run> runs, boolean crossed) {
    return ModelComparison.of(landscape(runs, crossed), LOSS).orElseThrow();
  }

  @Test
  void findsTheBetterModelAtItsBestSetting() {
    SplittableRandom random = new SplittableRandom(1);
    Runs.Outcome outcome =
        (settings, repeat) ->
            (settings.containsValue("vae") ? 1.2 : 1.0)
                * (settings.containsValue("50") ? 1 : 1.3)
                * (settings.containsValue("adam") ? 1 : 3)
                * Math.exp(0.01 * random.nextGaussian() + 0.2 * repeat);
    ModelComparison found = comparison(Runs.grid(space("vae", "iwae"), 5, outcome), true);
    ModelComparison.Best first = found.models().getFirst();
    assertEquals("iwae", first.model());
    assertEquals(Map.of("latent", "50", "optimizer", "adam"), first.settings());
    assertEquals(Math.exp(0.2 * 3), first.value(), 0.03, "mean of repeats 2, 3 and 4");
    assertEquals(1, first.stability().getAsDouble());
    assertEquals(1, first.meanRank());
    assertEquals(2, found.choosing());
    assertEquals(3, found.judging());
    Claim claim = found.claim();
    assertEquals(1.2, claim.estimate().getAsDouble(), 0.03);
    assertTrue(claim.interval().orElseThrow().contains(1.2));
    assertEquals(Claim.Verdict.SUPPORTED, claim.verdict());
    assertTrue(found.overturnedBy().isEmpty());
    assertEquals(60, claim.trials());
    assertTrue(
        claim
            .sentence()
            .startsWith(
                "all runs: by val_mse, each model at its best, iwae comes first. Outcomes: iwae "
                    + Digits.three(first.value())
                    + " (latent 50, optimizer adam); vae "),
        claim.sentence());
  }

  @Test
  void judgesASettingByRepeatsThatDidNotChooseIt() {
    Runs.Outcome outcome =
        (settings, repeat) -> {
          boolean lucky = settings.containsValue("vae") && settings.containsValue("20");
          return lucky && repeat < 2 ? 0.5 : 1.0 + 0.001 * repeat;
        };
    ModelComparison found = comparison(Runs.grid(space("iwae", "vae"), 4, outcome), false);
    ModelComparison.Best first = found.models().getFirst();
    assertEquals("vae", first.model());
    assertEquals("20", first.settings().get("latent"));
    assertEquals(Math.sqrt(1.002 * 1.003), first.value(), 1e-12);
    assertEquals(1, found.separations().getFirst().estimate().getAsDouble(), 1e-12);
    assertEquals(Claim.Verdict.UNDECIDED, found.claim().verdict());
  }

  @Test
  void doesNotCallAModelBestThatIsNot() {
    SplittableRandom random = new SplittableRandom(2);
    Runs.Outcome outcome = (settings, repeat) -> Math.exp(0.1 * random.nextGaussian());
    int studies = 160;
    int supported = 0;
    for (int study = 0; study < studies; study++) {
      List<Run> runs = Runs.grid(space("vae", "iwae", "infovae"), 4, outcome);
      supported +=
          comparison(runs, study % 2 == 0).claim().verdict() == Claim.Verdict.SUPPORTED ? 1 : 0;
    }
    assertTrue(supported <= 0.05 * studies + 8, "supported " + supported); // + 3 standard errors
  }

  @Test
  void refusesToCompareOwnLosses() {
    Runs.Outcome outcome = (settings, repeat) -> 1.0 + repeat;
    Landscape landscape = landscape(Runs.grid(space("vae", "iwae"), 2, outcome), true);
    ModelComparison found =
        ModelComparison.of(landscape, new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, false))
            .orElseThrow();
    assertTrue(found.models().isEmpty());
    assertTrue(found.ranks().isEmpty());
    Claim claim = found.claim();
    assertEquals("each model's own loss has its own terms and weights", claim.reason());
    assertEquals("all runs: no comparison of models by val_mse.", claim.words());
    assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.estimate().isEmpty() && claim.probability().isEmpty());
  }

  @Test
  void comparesOnlyModelsThatLearned() {
    Runs.Outcome outcome =
        (settings, repeat) ->
            settings.containsValue("iwae") || (settings.containsValue("sgd") && repeat == 1)
                ? Double.NaN
                : 1 + 0.1 * repeat;
    ModelComparison two = comparison(Runs.grid(space("vae", "iwae"), 2, outcome), true);
    assertEquals(List.of("iwae"), two.without());
    assertEquals(3, two.models().getFirst().learned());
    assertEquals(6, two.models().getFirst().tried());
    assertEquals("one model is no comparison", two.claim().reason());
    assertEquals(
        "all runs: no comparison of models by val_mse: only vae has a setting that learned in every repeat.",
        two.claim().words());
    assertTrue(two.claim().estimate().isEmpty());
    assertEquals(
        Optional.empty(),
        ModelComparison.of(landscape(Runs.grid(space("vae"), 2, outcome), true), LOSS));
  }

  @Test
  void namesTheLevelThatTheOrderHangsOn() {
    Runs.Outcome outcome =
        (settings, repeat) ->
            (settings.containsValue("vae") && settings.containsValue("50")
                    ? 0.5
                    : settings.containsValue("vae") ? 2 : 1)
                + 0.001 * repeat;
    ModelComparison found = comparison(Runs.grid(space("vae", "iwae"), 2, outcome), true);
    assertEquals("vae", found.models().getFirst().model());
    assertEquals(List.of("without latent 50"), found.overturnedBy());
  }

  @Test
  void givesNoPForSplitsOfOneDataSet() {
    Runs.Outcome outcome = (settings, repeat) -> settings.containsValue("vae") ? 1 : 2 + repeat;
    List<Run> runs = Runs.grid(space("vae", "iwae"), 6, outcome);
    ModelComparison crossed = comparison(runs, true);
    assertInstanceOf(ModelRanks.Described.class, crossed.ranks().orElseThrow());
    assertTrue(crossed.reason().contains("splits of one data set share samples"));
    assertEquals(2, crossed.models().get(1).meanRank());
    assertTrue(comparison(runs, false).reason().contains("equal settings are repeats here"));
  }

  @Test
  void leavesOneSeedUndecided() {
    Runs.Outcome outcome = (settings, repeat) -> settings.containsValue("vae") ? 1 : 2;
    ModelComparison found = comparison(Runs.grid(space("vae", "iwae"), 1, outcome), true);
    assertEquals("vae", found.models().getFirst().model());
    assertTrue(found.models().getFirst().stability().isEmpty());
    Claim claim = found.claim();
    assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
    assertEquals(Claim.ONE_REPEAT, claim.reason());
    assertTrue(claim.estimate().isEmpty());
  }
}
