package org.vaescape.analysis.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.Metric;

class SmallestLatentTest {
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final SequencedMap<String, List<String>> STUDY =
      Runs.space(
          Map.entry("latent", List.of("200", "10", "50", "20")),
          Map.entry("learning-rate", List.of("1e-4", "0.001", "0.01")),
          Map.entry("optimizer", List.of("adam", "sgd")));

  private static Optional<SmallestLatent> smallest(List<Run> runs) {
    return SmallestLatent.of(Runs.set(runs).landscapes().getFirst(), MSE);
  }

  /// From this size on nothing is gained, with adam at 0.001.
  private static double loss(SequencedMap<String, String> cell, int enough) {
    double tooSmall =
        Math.max(0, Math.log((double) enough / Integer.parseInt(cell.getOrDefault("latent", ""))));
    boolean tuned = cell.getOrDefault("learning-rate", "").equals("0.001");
    return 0.01 * Math.exp(0.3 * tooSmall + (tuned ? 0 : 0.5));
  }

  private static List<Run> elbow(int repeats, int enough, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Runs.grid(
        STUDY,
        repeats,
        (cell, _) ->
            cell.getOrDefault("optimizer", "").equals("sgd")
                ? Double.NaN
                : loss(cell, enough) * Math.exp(noise * random.nextGaussian()));
  }

  @Test
  void recoversAPlantedElbowThatOtherRepeatsConfirm() {
    for (int repeats : new int[] {2, 3, 4}) {
      double recovered = 0;
      double enough = 0;
      double same = 0;
      double excess = 0;
      int studies = 60;
      for (int seed = 0; seed < studies; seed++) {
        SmallestLatent found = smallest(elbow(repeats, 20, 0.01, 1_000_003L * seed)).orElseThrow();
        assertEquals(repeats == 4 ? 6 : repeats, found.partings());
        assertFalse(found.atEdge());
        recovered += found.latent().equals("20") ? 1.0 / studies : 0;
        enough += (double) found.enough() / found.partings() / studies;
        same += (double) found.same() / found.partings() / studies;
        excess += found.excess().orElseThrow() / studies;
      }
      assertTrue(recovered >= 0.85, repeats + " repeats: " + recovered);
      assertTrue(enough >= 0.9, repeats + " repeats: " + enough);
      assertTrue(same >= 0.8, repeats + " repeats: " + same);
      assertEquals(0, excess, 0.005);
    }
  }

  @Test
  void saysWhichSettingAndWhatEachSizeComesTo() {
    SmallestLatent found = smallest(elbow(3, 20, 0.001, 1)).orElseThrow();
    assertEquals("20", found.latent());
    assertEquals(
        Map.of("latent", "20", "learning-rate", "0.001", "optimizer", "adam"), found.settings());
    assertEquals(Claim.Verdict.SUPPORTED, found.claim().verdict());
    assertEquals(20, found.claim().estimate().orElseThrow());
    assertEquals(
        List.of("10", "20", "50", "200"),
        found.sizes().stream().map(SmallestLatent.Size::latent).toList());
    assertEquals(
        0.01 * Math.exp(0.3 * Math.log(2)),
        found.sizes().getFirst().outcome().orElseThrow(),
        0.0001);
  }

  @Test
  void saysThatNoSmallerOneWasTried() {
    SmallestLatent found = smallest(elbow(3, 5, 0.01, 1)).orElseThrow();
    assertEquals("10", found.latent());
    assertTrue(found.atEdge());
    assertTrue(found.claim().sentence().contains("No smaller one was tried."));
  }

  @Test
  void leavesUndecidedWhatRepeatsDisagreeOn() {
    SplittableRandom random = new SplittableRandom(3);
    int undecided = 0;
    for (int seed = 0; seed < 30; seed++) {
      // at 10 and at 20 it is a matter of luck
      List<Run> runs =
          Runs.grid(
              STUDY,
              2,
              (cell, _) -> {
                boolean small = Integer.parseInt(cell.getOrDefault("latent", "")) < 50;
                return loss(cell, 5)
                    * Math.exp(small && random.nextBoolean() ? 0.5 : 0.01 * random.nextGaussian());
              });
      undecided +=
          smallest(runs).orElseThrow().claim().verdict() == Claim.Verdict.SUPPORTED ? 0 : 1;
    }
    assertTrue(undecided >= 15, undecided + " of 30");
  }

  /// All sizes are alike: that a smaller one is not found enough is luck.
  @Test
  void isNotTheSmallestWhereSmallerOnesWereMerelyNotFoundEnough() {
    int told = 0;
    for (int seed = 0; seed < 60; seed++) {
      SmallestLatent found = smallest(elbow(2, 5, 0.05, 1_000_003L * seed)).orElseThrow();
      boolean supported = found.claim().verdict() == Claim.Verdict.SUPPORTED;
      assertTrue(
          !supported || found.atEdge() || found.smallerWorse().orElseThrow() >= Claim.SURE,
          found.claim().sentence());
      told += supported ? 1 : 0;
    }
    assertTrue(told > 30, told + " of 60");
  }

  @Test
  void saysThatOneSeedDoesNotTellItsNoise() {
    SmallestLatent found = smallest(elbow(1, 20, 0.01, 1)).orElseThrow();
    assertEquals("20", found.latent());
    assertEquals(0, found.partings());
    assertTrue(found.excess().isEmpty());
    Claim claim = found.claim();
    assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.reason().contains("one seed"), claim.reason());
    assertTrue(claim.sentence().contains("within 5 % of the best"), claim.sentence());
  }

  @Test
  void passesOverASizeThatNeverLearns() {
    List<Run> runs =
        Runs.grid(
            STUDY,
            2,
            (cell, repeat) ->
                cell.getOrDefault("latent", "").equals("10")
                    ? Double.NaN
                    : loss(cell, 5) * (1 + 0.001 * repeat));
    SmallestLatent found = smallest(runs).orElseThrow();
    assertEquals("20", found.latent());
    assertTrue(found.sizes().getFirst().outcome().isEmpty());
    assertTrue(found.sizes().getFirst().spectrum().isEmpty());
  }

  @Test
  void saysNothingWithoutALatentSizeOrALearner() {
    assertEquals(Optional.empty(), smallest(Runs.grid(STUDY, 2, (_, _) -> Double.NaN)));
    SequencedMap<String, List<String>> rates =
        Runs.space(Map.entry("learning-rate", List.of("0.1", "0.01")));
    assertEquals(Optional.empty(), smallest(Runs.grid(rates, 2, (_, r) -> 1 + r)));
  }

  @Test
  void countsTheUnitsThatCarryTheKl() {
    // 10 units carry 9 nats each. In the first repeat the other 10 carry 1 each, so that the 10
    // carry
    // 90 of 100; in the second 2 each, so that 5 of them are needed for 99 of 110
    List<Run> runs =
        elbow(2, 20, 0.001, 1).stream()
            .map(run -> run.fate() == Fate.FAILED ? run : withUnits(run))
            .toList();
    SmallestLatent found = smallest(runs).orElseThrow();
    LatentSpectrum spectrum = found.sizes().get(1).spectrum().orElseThrow();
    assertEquals(12.5, spectrum.units(), 1e-12);
    assertEquals(105, spectrum.kl(), 1e-9);
    assertEquals(13, spectrum.forecast().orElseThrow(), 1e-12);
    assertEquals(2, spectrum.runs());
    assertEquals(0.008, found.sizes().get(1).pca().orElseThrow(), 1e-12);
    assertTrue(
        found
            .claim()
            .sentence()
            .contains(
                "There 12.5 of its 20 units carry 90 % of 105 nats of KL (mean of 2 runs); at most 13"),
        found.claim().sentence());
  }

  private static Run withUnits(Run run) {
    Map<String, Double> outcomes = new LinkedHashMap<>(run.outcomes().get(StopPoint.STOP));
    int units = Integer.parseInt(run.setting("latent"));
    for (int unit = 1; unit <= units; unit++) {
      double rest = units == 10 ? 0 : (run.repeat() == 0 ? 10.0 : 20.0) / (units - 10);
      outcomes.put(String.format(Locale.ROOT, "val_kl_unit_%03d", unit), unit <= 10 ? 9.0 : rest);
    }
    outcomes.put("units_forecast", 13.0);
    outcomes.put("pca_mse", 0.008);
    return new Run(
        run.id(),
        run.settings(),
        run.repeat(),
        run.fate(),
        run.ending(),
        Map.of(StopPoint.STOP, outcomes));
  }
}
