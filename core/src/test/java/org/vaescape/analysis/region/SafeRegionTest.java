package org.vaescape.analysis.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
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
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.Metric;

class SafeRegionTest {
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final SequencedMap<String, List<String>> STUDY =
      Runs.space(
          Map.entry("learning-rate", List.of("1e-5", "1e-4", "0.001", "0.01", "0.1")),
          Map.entry("latent", List.of("10", "20", "50", "100", "200", "500")),
          Map.entry("optimizer", List.of("adam", "sgd", "rmsprop")));

  private static Optional<SafeRegion> region(List<Run> runs) {
    return SafeRegion.of(Runs.set(runs).landscapes().getFirst(), MSE);
  }

  /// Rates 0.001 and 0.01, sizes from 20 to 200, adam and rmsprop do equally well; rmsprop fails at
  /// 0.1.
  private static List<Run> plateau(int repeats, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] splits = random.doubles(repeats).toArray();
    return Runs.grid(
        STUDY,
        repeats,
        (cell, repeat) -> {
          String rate = cell.getOrDefault("learning-rate", "");
          String size = cell.getOrDefault("latent", "");
          String optimizer = cell.getOrDefault("optimizer", "");
          boolean good =
              (rate.equals("0.001") || rate.equals("0.01"))
                  && !size.equals("10")
                  && !size.equals("500")
                  && !optimizer.equals("sgd");
          double loss =
              (good ? 0.01 : 0.02) * Math.exp(noise * random.nextGaussian() + 0.1 * splits[repeat]);
          return rate.equals("0.1") && optimizer.equals("rmsprop") ? Double.NaN : loss;
        });
  }

  @Test
  void recoversAPlantedPlateauThatHoldsOnOtherRepeats() {
    for (int repeats : new int[] {2, 3, 4}) {
      double whole = 0;
      double cells = 0;
      int studies = 60;
      for (int seed = 0; seed < studies; seed++) {
        SafeRegion region = region(plateau(repeats, 0.01, 1_000_003L * seed)).orElseThrow();
        assertTrue(
            List.of("0.001", "0.01").containsAll(region.sides().get(0).levels())
                && List.of("20", "50", "100", "200").containsAll(region.sides().get(1).levels())
                && List.of("adam", "rmsprop").containsAll(region.sides().get(2).levels()),
            region.words());
        whole += region.cells() == 16 ? 1.0 / studies : 0;
        cells += (double) region.cells() / studies;
      }
      assertTrue(whole > 0.65, repeats + " repeats: " + whole);
      assertTrue(cells > 13.5, repeats + " repeats: " + cells);
    }
  }

  @Test
  void saysWhatItCoversOnOtherRepeatsAndWhatChanceDoes() {
    SafeRegion region = region(plateau(10, 0.01, 3)).orElseThrow();
    assertEquals(
        "learning-rate 0.001 to 0.01, latent 20 to 200, optimizer adam or rmsprop", region.words());
    assertEquals(16, region.cells());
    assertEquals(90, region.of());
    assertTrue(region.coverage().orElseThrow() > 0.9, region.toString());
    assertEquals(16 / 90.0, region.chance().orElseThrow(), 0.02);
    assertEquals(0.01, region.deviation().orElseThrow(), 0.002, "what splits shift is taken off");
    assertEquals(Claim.Verdict.SUPPORTED, region.claim().verdict());
    assertTrue(region.claim().sentence().contains("these 16 of 90 settings"));
  }

  /// Where all settings are alike a box covers what chance does: held against it, one table in ten
  /// was contradicted.
  @Test
  void tablesOfNoiseAreHardlyEverContradicted() {
    for (int repeats : new int[] {2, 3, 5}) {
      RegionCalibration.Counts counts = RegionCalibration.of(new int[] {3, 2, 2}, repeats, 0, 60);
      assertTrue(counts.falselyUnsafe() <= 3, repeats + " repeats: " + counts);
      assertTrue(counts.falseLatent() <= 3, repeats + " repeats: " + counts);
      int supported = counts.region().getOrDefault(Claim.Verdict.SUPPORTED, 0);
      assertTrue(supported >= 20, repeats + " repeats: " + supported);
    }
  }

  /// The best latent of three is 2 deviations better than the next.
  @Test
  void slopesAreHardlyEverCalledSafe() {
    for (int repeats : new int[] {2, 3, 5}) {
      RegionCalibration.Counts counts = RegionCalibration.of(new int[] {3, 2, 2}, repeats, -2, 60);
      assertTrue(counts.falselySafe() <= 3, repeats + " repeats: " + counts);
    }
  }

  /// The best setting stands alone, with a level of its own for the optimizer, apart from a plateau
  /// within 5 % of it.
  @Test
  void saysWhereTheBestSettingIsOutside() {
    SafeRegion region =
        region(
                Runs.grid(
                    STUDY,
                    1,
                    (cell, _) ->
                        cell.getOrDefault("optimizer", "").equals("adam")
                            ? 0.0102
                            : cell.equals(last()) ? 0.01 : 0.02))
            .orElseThrow();
    assertFalse(region.bestInside());
    assertEquals(last(), region.best());
    assertTrue(
        region.claim().sentence().contains("The best setting (learning-rate"),
        region.claim().sentence());
    assertTrue(region(plateau(4, 0.01, 3)).orElseThrow().bestInside());
  }

  private static Map<String, String> last() {
    SequencedMap<String, String> last = new LinkedHashMap<>();
    STUDY.forEach((name, levels) -> last.put(name, levels.getLast()));
    return last;
  }

  @Test
  void coversNearlyAllOfATruePlateau() {
    double covered = 0;
    int studies = 40;
    for (int seed = 0; seed < studies; seed++) {
      covered +=
          region(plateau(4, 0.02, 1_000_003L * seed)).orElseThrow().coverage().orElseThrow()
              / studies;
    }
    assertTrue(covered > 0.97, "" + covered);
  }

  @Test
  void doesNotCallALuckySettingSafe() {
    // one setting is far better in the first repeat only
    SafeRegion region =
        region(
                Runs.grid(
                    STUDY,
                    2,
                    (cell, repeat) ->
                        cell.equals(first()) && repeat == 0
                            ? 0.001
                            : 0.03
                                * Math.exp(
                                    0.01
                                        * new SplittableRandom(31L * cell.hashCode() + repeat)
                                            .nextGaussian())))
            .orElseThrow();
    assertTrue(region.claim().verdict() != Claim.Verdict.SUPPORTED, region.claim().sentence());
  }

  @Test
  void holdsAGainOfFivePercentWhereARatioMeansNothing() {
    // a loss of 2000 and more, of which settings differ by 100 at most
    List<Run> runs =
        Runs.grid(
                STUDY,
                1,
                (cell, _) -> cell.getOrDefault("learning-rate", "").equals("0.01") ? 2000 : 2100)
            .stream()
            .map(run ->
                new Run(
                    run.id(),
                    run.settings(),
                    run.repeat(),
                    run.fate(),
                    run.ending(),
                    Map.of(
                        StopPoint.STOP,
                        Map.of("val_loss", run.outcome(Runs.LOSS, StopPoint.STOP)))))
            .toList();
    SafeRegion region =
        SafeRegion.of(
                Runs.set(runs).landscapes().getFirst(),
                new RunSet.Outcome("val_loss", Metric.Better.LOWER, true))
            .orElseThrow();
    assertEquals(18, region.cells());
    assertEquals(Scale.RAW, region.scale());
    assertEquals(
        "within 5 % of the best's gain over the worst run that learned (one seed does not tell its noise)",
        region.within());
  }

  @Test
  void isNoSaferThanChanceWhereThereIsNoPlateau() {
    double covered = 0;
    double chance = 0;
    int studies = 40;
    for (int seed = 0; seed < studies; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // repeats disagree: what is good in one is not in another
      SafeRegion region =
          region(
                  Runs.grid(
                      STUDY,
                      2,
                      (_, _) -> random.nextInt(4) == 0 ? 0.01 + 1e-3 * random.nextDouble() : 0.03))
              .orElseThrow();
      covered += region.coverage().orElseThrow() / studies;
      chance += region.chance().orElseThrow() / studies;
    }
    assertEquals(chance, covered, 0.03);
  }

  @Test
  void holdsNoOptimizerThatDoesNotLearn() {
    SplittableRandom random = new SplittableRandom(1);
    List<Run> runs =
        Runs.grid(
                STUDY,
                3,
                (cell, _) ->
                    cell.getOrDefault("optimizer", "").equals("sgd")
                        ? 0.0045
                        : 0.01 * Math.exp(0.02 * random.nextGaussian()))
            .stream()
            .map(run ->
                run.setting("optimizer").equals("sgd")
                    ? new Run(
                        run.id(),
                        run.settings(),
                        run.repeat(),
                        Fate.UNLEARNED,
                        "untrained",
                        run.outcomes())
                    : run)
            .toList();
    SafeRegion region = region(runs).orElseThrow();
    assertFalse(region.sides().getLast().levels().contains("sgd"));
    assertTrue(region.coverage().orElseThrow() > 0.9);
    assertTrue(region.chance().orElseThrow() < 0.7);
  }

  @Test
  void isNotWidenedByTheNoiseOfSettingsThatAreFarFromTheBest() {
    SplittableRandom random = new SplittableRandom(1);
    SafeRegion region =
        region(
                Runs.grid(
                    STUDY,
                    3,
                    (cell, _) -> {
                      boolean wild = cell.getOrDefault("learning-rate", "").equals("0.1");
                      return wild
                          ? 0.2 * Math.exp(random.nextGaussian())
                          : 0.01 * Math.exp(0.01 * random.nextGaussian());
                    }))
            .orElseThrow();
    assertEquals(0.01, region.deviation().orElseThrow(), 0.003);
  }

  @Test
  void saysThatOneSeedDoesNotTellItsNoise() {
    SafeRegion region = region(plateau(1, 0.005, 1)).orElseThrow();
    assertTrue(region.deviation().isEmpty() && region.coverage().isEmpty());
    assertEquals("within 5 % of the best (one seed does not tell its noise)", region.within());
    assertEquals(16, region.cells());
    Claim claim = region.claim();
    assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.reason().contains("one seed"), claim.reason());
    assertTrue(claim.estimate().isEmpty());
  }

  @Test
  void saysNothingWhereAllFailed() {
    assertEquals(Optional.empty(), region(Runs.grid(STUDY, 2, (_, _) -> Double.NaN)));
  }

  @Test
  void namesTheOnlySettingThatIsSafe() {
    SafeRegion region =
        region(
                Runs.grid(
                    STUDY,
                    2,
                    (cell, repeat) ->
                        cell.equals(first()) ? 0.01 + 1e-5 * repeat : 0.03 + 1e-5 * repeat))
            .orElseThrow();
    assertEquals(1, region.cells());
    assertTrue(
        region.claim().sentence().contains("this one of 90 settings has val_mse within"),
        region.claim().sentence());
  }

  private static SequencedMap<String, String> first() {
    SequencedMap<String, String> first = new LinkedHashMap<>();
    STUDY.forEach((name, levels) -> first.put(name, levels.getFirst()));
    return first;
  }
}
