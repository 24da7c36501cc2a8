package org.vaescape.analysis.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.DifferenceNoise;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Parting;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.Metric;

class SeedNoiseTest {
  private static final RunSet.Outcome LOSS =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);

  private static Landscape landscape(List<Run> runs, boolean crossed) {
    return Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), crossed);
  }

  private static SequencedMap<String, List<String>> space(int settings, String... optimizers) {
    List<String> latents = IntStream.rangeClosed(1, settings).mapToObj(Integer::toString).toList();
    return Runs.space(Map.entry("latent", latents), Map.entry("optimizer", List.of(optimizers)));
  }

  private static SeedNoise noise(List<Run> runs, boolean crossed) {
    return SeedNoise.of(landscape(runs, crossed), LOSS).orElseThrow();
  }

  /// As many repeats as there are do not tell the two best apart, whatever the noise of their
  /// estimate says of how many would.
  @Test
  void repeatsToRunAreMoreThanThereAre() {
    for (int needed : new int[] {3, 5, 9}) {
      Separation two =
          new Separation(
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              Scale.LOG,
              3,
              OptionalDouble.of(1.1),
              Optional.empty(),
              OptionalDouble.of(0.9),
              OptionalDouble.of(1.2),
              OptionalInt.of(needed),
              "");
      SeedNoise noise =
          new SeedNoise("vae", "loss", Scale.LOG, 5, false, List.of(), Optional.of(two), 10);
      assertEquals(OptionalInt.of(Math.max(needed, 6)), noise.repeatsToRun());
    }
  }

  @Test
  void computesTheDeviationOfAHandfulByHand() {
    // Logarithms: latent 1 has 0 and 2, latent 2 has 1 and 5. Variances 2 and 8, mean 5; of the
    // differences 1 and 3 the variance is 2, half of it is each setting's.
    double[][] logs = {{0, 2}, {1, 5}};
    Runs.Outcome outcome =
        (settings, repeat) ->
            Math.exp(logs[Integer.parseInt(settings.getOrDefault("latent", "")) - 1][repeat]);
    List<Run> runs = Runs.grid(space(2, "adam"), 2, outcome);
    SeedNoise.OfOptimizer fixed = noise(runs, false).optimizers().getFirst();
    assertEquals(Math.sqrt(5), fixed.deviation().getAsDouble(), 1e-12);
    assertEquals(2, fixed.degrees());
    SeedNoise.OfOptimizer crossed = noise(runs, true).optimizers().getFirst();
    assertEquals(1, crossed.deviation().getAsDouble(), 1e-12);
    assertEquals(1, crossed.degrees());
    // scipy.stats.chi2: 1 / chi2.ppf([.975, .025], 1) ** .5
    assertEquals(0.446149, crossed.interval().orElseThrow().low(), 1e-6);
    assertEquals(31.91016, crossed.interval().orElseThrow().high(), 1e-5);
  }

  @Test
  void tellsTheNoiseOfOptimizersApartAndLeavesTheSplitOut() {
    SplittableRandom random = new SplittableRandom(3);
    double[] shift = {0.4, -0.3, 0.1, 0.2};
    Runs.Outcome outcome =
        (settings, repeat) -> {
          double deviation = settings.containsValue("adam") ? 0.1 : 0.004;
          return Math.exp(
              Integer.parseInt(settings.getOrDefault("latent", "")) * 0.05
                  + shift[repeat]
                  + deviation * random.nextGaussian());
        };
    SeedNoise noise = noise(Runs.grid(space(60, "adam", "sgd"), 4, outcome), true);
    SeedNoise.OfOptimizer adam = noise.optimizers().get(0);
    SeedNoise.OfOptimizer sgd = noise.optimizers().get(1);
    assertEquals(177, adam.degrees());
    assertEquals(0.1, adam.deviation().getAsDouble(), 0.016); // three standard errors
    assertEquals(0.004, sgd.deviation().getAsDouble(), 0.00064);
    assertTrue(adam.interval().orElseThrow().contains(0.1));
    // Of two normal means of 4, 177 degrees: (t.ppf(.975) + t.ppf(.8)) sqrt(2/4) = 1.99 deviations.
    double expected = Math.exp(1.99 * adam.deviation().getAsDouble());
    assertEquals(expected, adam.smallest().getAsDouble(), 0.001);
    // What is not told from none: t.ppf(.975) sqrt(2/4) = 1.40 deviations.
    double limit = Math.exp(1.3955 * adam.deviation().getAsDouble());
    assertEquals(limit, adam.limit().getAsDouble(), 0.0001);
    assertEquals(Scale.LOG, noise.scale());
    Claim claim = noise.claims().getFirst();
    assertEquals(adam.smallest(), claim.estimate(), "the noisiest bounds all");
    assertEquals(Claim.Verdict.SUPPORTED, claim.verdict());
  }

  @Test
  void countsTheRepeatsThatChooseAmongThoseThatAreNeeded() {
    for (int judging = 1; judging <= 50; judging++) {
      int all = Parting.repeatsFor(judging);
      assertEquals(judging, Parting.of(all).judging().length);
      assertTrue(Parting.of(all - 1).judging().length < judging);
    }
    SplittableRandom random = new SplittableRandom(1);
    Runs.Outcome outcome =
        (settings, _) ->
            Math.exp(
                0.03 * Integer.parseInt(settings.getOrDefault("latent", ""))
                    + 0.1 * random.nextGaussian());
    Separation best = noise(Runs.grid(space(4, "adam"), 4, outcome), false).twoBest().orElseThrow();
    int needed = best.needed().orElseThrow();
    assertEquals(needed, Parting.repeatsFor(Parting.of(needed).judging().length));
    assertTrue(best.planWords().contains(needed + " repeats of each, the smaller half to choose"));
  }

  @Test
  void takesDifferencesWhereHigherIsBetter() {
    RunSet.Outcome accuracy = new RunSet.Outcome(Runs.LOSS, Metric.Better.HIGHER, true);
    Runs.Outcome outcome =
        (settings, repeat) ->
            0.1 * Integer.parseInt(settings.getOrDefault("latent", "")) + 0.02 * repeat;
    Landscape landscape = landscape(Runs.grid(space(3, "adam"), 2, outcome), false);
    SeedNoise noise = SeedNoise.of(landscape, accuracy).orElseThrow();
    assertEquals(Scale.RAW, noise.scale());
    assertEquals(Math.sqrt(0.0002), noise.optimizers().getFirst().deviation().getAsDouble(), 1e-12);
    Separation best = noise.twoBest().orElseThrow();
    assertEquals("3", best.better().get("latent"));
    assertEquals(0.1, best.estimate().getAsDouble(), 1e-12);
  }

  @Test
  void countsOnlySettingsThatLearnedInEveryRepeat() {
    Runs.Outcome outcome =
        (settings, repeat) ->
            settings.containsValue("sgd")
                    || (settings.getOrDefault("latent", "").equals("4") && repeat == 1)
                ? Double.NaN
                : 1 + 0.1 * repeat;
    SeedNoise noise = noise(Runs.grid(space(4, "adam", "sgd"), 2, outcome), false);
    assertEquals(3, noise.optimizers().get(0).settings());
    assertEquals("no setting learned in every repeat", noise.optimizers().get(1).reason());
    assertTrue(noise.optimizers().get(1).deviation().isEmpty());
    assertEquals(6, noise.runs());
    String sentence = noise.claims().getFirst().sentence();
    assertTrue(sentence.endsWith("Unknown for sgd: no setting learned in every repeat."), sentence);
  }

  @Test
  void saysThatNoNoiseIsKnownWhereOneSettingIsLeftOfSplits() {
    Runs.Outcome outcome =
        (settings, repeat) ->
            settings.getOrDefault("latent", "").equals("2") && repeat == 1
                ? Double.NaN
                : 1 + 0.1 * repeat;
    Claim claim = noise(Runs.grid(space(2, "adam"), 2, outcome), true).claims().getFirst();
    assertEquals("vae: no noise of val_mse is known.", claim.words());
    assertEquals("undecided", claim.surety());
  }

  @Test
  void knowsNothingOfNoiseFromOneSeed() {
    Runs.Outcome outcome =
        (settings, repeat) -> Integer.parseInt(settings.getOrDefault("latent", ""));
    SeedNoise noise = noise(Runs.grid(space(4, "adam"), 1, outcome), true);
    for (Claim claim : noise.claims()) {
      assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
      assertEquals(Claim.ONE_REPEAT, claim.reason());
      assertTrue(claim.estimate().isEmpty() && claim.probability().isEmpty(), claim.sentence());
    }
    assertEquals("1", noise.twoBest().orElseThrow().better().get("latent"));
  }

  @Test
  void findsNoBestSettingWhereAllAreEqual() {
    SplittableRandom random = new SplittableRandom(5);
    Runs.Outcome outcome = (settings, repeat) -> Math.exp(0.1 * random.nextGaussian());
    int studies = 160;
    int supported = 0;
    double mean = 0;
    for (int study = 0; study < studies; study++) {
      List<Run> runs = Runs.grid(space(15, "adam", "sgd"), 4, outcome);
      Claim best = noise(runs, study % 2 == 0).claims().get(1);
      supported += best.verdict() == Claim.Verdict.SUPPORTED ? 1 : 0;
      mean += best.probability().getAsDouble() / studies;
    }
    // By the repeats that chose them the best of 30 would win nearly always.
    assertEquals(0.05, (double) supported / studies, 0.052); // three standard errors
    assertEquals(0.5, mean, 0.069);
  }

  /// Splits that shift adam and sgd otherwise: settings of two optimizers differ by more than the
  /// noise of both.
  @Test
  void coversDifferencesOfTwoOptimizersThatSplitsShiftOtherwise() {
    SplittableRandom random = new SplittableRandom(11);
    int studies = 1000;
    int covered = 0;
    int coveredByNoiseAlone = 0;
    for (int study = 0; study < studies; study++) {
      double[] ofAdam = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[] ofSgd = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      Runs.Outcome outcome =
          (settings, repeat) ->
              settings.containsValue("adam")
                  ? Math.exp(0.08 * ofAdam[repeat] + 0.1 * random.nextGaussian())
                  : Math.exp(0.08 * ofSgd[repeat] + 0.02 * random.nextGaussian());
      CellOutcomes outcomes =
          CellOutcomes.of(
              landscape(Runs.grid(space(6, "adam", "sgd"), 3, outcome), true),
              LOSS,
              StopPoint.STOP);
      CellOutcomes.Cell adam = outcomes.cells().get(0);
      CellOutcomes.Cell sgd = outcomes.cells().get(1);
      CellNoise noise = CellNoise.of(outcomes);
      covered += interval(adam, sgd, noise.between(adam, sgd).orElseThrow()).contains(0) ? 1 : 0;
      DifferenceNoise alone =
          new DifferenceNoise.Separate(
              noise.group(adam).noise().orElseThrow(), noise.group(sgd).noise().orElseThrow());
      coveredByNoiseAlone += interval(adam, sgd, alone).contains(0) ? 1 : 0;
    }
    assertEquals(0.95, (double) covered / studies, 0.021, "three standard errors");
    assertTrue(coveredByNoiseAlone < 0.85 * studies, "covered " + coveredByNoiseAlone);
  }

  private static Interval interval(
      CellOutcomes.Cell one, CellOutcomes.Cell other, DifferenceNoise noise) {
    return OrderingProbability.of(one.mean(0, 1, 2), 3, other.mean(0, 1, 2), 3, noise)
        .interval(0.95);
  }
}
