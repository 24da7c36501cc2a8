package org.vaescape.analysis.rates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.rates.FairComparison.Share;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.SimulationSeed;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.View;
import org.vaescape.study.Metric;

/// Over 400 lines because each planted landscape of rates stands beside what has to come out of it.
class FairRangeTest {
  private static final RunSet.Outcome LOSS =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final List<String> RATES =
      List.of("0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10");

  /// Log loss by decades from the best rate, the same for every optimizer: far below it nothing is
  /// learned, above it little is lost.
  private static double bowl(double decades) {
    return decades < -1.5 ? 3 : decades < -0.5 ? 1 : decades < 0.5 ? 0 : 0.2;
  }

  private static double decade(Map<String, String> settings) {
    return Math.log10(Double.parseDouble(settings.getOrDefault("learning-rate", "")));
  }

  /// Normal, of standard deviation 1; its own for each setting and repeat.
  private static double noise(long study, Map<String, String> settings, int repeat) {
    return new SplittableRandom(SimulationSeed.of(study, settings.toString(), "r" + repeat))
        .nextGaussian();
  }

  private static SequencedMap<String, List<String>> space(
      List<String> optimizers, List<String> rates) {
    return Runs.space(
        Map.entry("optimizer", optimizers),
        Map.entry("learning-rate", rates),
        Map.entry("latent", List.of("10", "50")));
  }

  private static FairRange fair(List<Run> runs) {
    return FairRange.of(Runs.set(runs).landscapes().getFirst(), LOSS, 7).orElseThrow();
  }

  private static BestRate best(FairRange fair, String optimizer) {
    return fair.best().stream()
        .filter(one -> one.optimizer().equals(optimizer))
        .findFirst()
        .orElseThrow();
  }

  private static Share share(FairRange fair, int place) {
    return fair.comparison().orElseThrow().shares().get(place);
  }

  /// Both optimizers have the same bowl, sgd's four decades higher, so that most rates are far too
  /// low for it; what it loses besides is the optimizer's own effect.
  private static List<Run> twoBowls(double ofSgd, int repeats) {
    return Runs.grid(
        space(List.of("adam", "sgd"), RATES),
        repeats,
        (settings, repeat) -> {
          boolean sgd = settings.getOrDefault("optimizer", "").equals("sgd");
          double decades = decade(settings) - (sgd ? 0 : -4);
          return Math.exp(
              bowl(decades) + (sgd ? ofSgd : 0) + 0.02 * noise(1, settings, repeat) - 4);
        });
  }

  @Test
  void anEffectOfRatesThatAreTooLowForOneOptimizerIsGoneInTheFairRange() {
    FairRange fair = fair(twoBowls(0, 3));
    // By hand, of 7 rates: sgd 3 3 3 3 1 0 .2, adam 1 0 .2 .2 .2 .2 .2.
    assertEquals(0.414, share(fair, 0).full().getAsDouble(), 0.01);
    assertEquals(0.325, share(fair, 1).full().getAsDouble(), 0.01);
    assertEquals(0, share(fair, 0).fair(), 0.001);
    assertTrue(share(fair, 0).fairInterval().high() < 0.01);
    assertTrue(share(fair, 1).fair() > 0.98);
    Claim claim = fair.claim();
    assertEquals(Verdict.CONTRADICTED, claim.verdict());
    assertEquals("supported", claim.surety());
    assertEquals(claim.sentence(), claim.words());
    assertEquals("fair-range/all runs/val_mse", claim.id());
    assertEquals(2 * 3 * 2 * 3, claim.trials());
    assertTrue(
        claim
            .sentence()
            .startsWith(
                "all runs: within one decade of each optimizer's own best learning rate (x0.1, x1, x10), the optimizer no longer accounts for more of the variation of log val_mse than the learning rate: optimizer less than 0.1 % [0, 0.1], learning rate 99.7 %"),
        claim.sentence());
    assertTrue(claim.sentence().contains(" Over all rates: optimizer 41 %"), claim.sentence());
    assertEquals(List.of(1.0, 1.0, 1.0), best(fair, "sgd").crossFitted());
    assertEquals(List.of(0.0001, 0.0001, 0.0001), best(fair, "adam").crossFitted());
  }

  @Test
  void aTrueEffectOfTheOptimizerSurvives() {
    FairRange fair = fair(twoBowls(1, 3));
    // Variance of +-.5 is .25, of 1 0 .2 about its mean .18667; noise .0004.
    assertEquals(0.25 / (0.25 + 0.18667 + 0.0004), share(fair, 0).fair(), 0.01);
    assertTrue(share(fair, 0).fairInterval().contains(0.25 / (0.25 + 0.18667 + 0.0004)));
    assertEquals(0, share(fair, 2).fair(), 0.001);
    Claim claim = fair.claim();
    assertEquals(Verdict.SUPPORTED, claim.verdict());
    assertTrue(
        claim.sentence().contains("the optimizer still accounts for more"), claim.sentence());
    assertEquals(share(fair, 0).fair(), claim.estimate().getAsDouble());
  }

  @Test
  void aBestRateAtAnEdgeGivesARateToExtendToAndNoNumber() {
    FairRange fair =
        fair(
            Runs.grid(
                space(List.of("adam", "sgd"), List.of("0.001", "0.01", "0.1")),
                3,
                (settings, repeat) -> {
                  double best = settings.getOrDefault("optimizer", "").equals("sgd") ? 0 : -2;
                  return Math.exp(
                      Math.abs(decade(settings) - best) + 0.01 * noise(2, settings, repeat));
                }));
    assertTrue(fair.comparison().isEmpty());
    assertEquals(
        "not estimable, extend learning-rate to 1, which is one decade above 0.1, for sgd: a best learning rate at an edge of what was tried may not be the best",
        fair.reason());
    Claim claim = fair.claim();
    assertTrue(claim.estimate().isEmpty());
    assertTrue(claim.interval().isEmpty());
    assertTrue(claim.probability().isEmpty());
    assertEquals(Verdict.UNDECIDED, claim.verdict());
    assertEquals(fair.reason(), claim.reason());
    assertTrue(best(fair, "sgd").edge());
    assertEquals(List.of(1.0), best(fair, "sgd").extendTo());
    assertFalse(best(fair, "adam").edge());
  }

  @Test
  void theEdgeOfOneRepeatIsEnough() {
    // Without repeat 0 the mean of adam is lowest at 0.1, without any other at 0.01.
    double[][] adam = {{9, 1, 9}, {9, 5, 4}, {9, 5, 4}};
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), List.of("0.001", "0.01", "0.1")),
            3,
            (settings, repeat) -> {
              int rate = (int) Math.round(decade(settings)) + 3;
              return settings.getOrDefault("optimizer", "").equals("adam")
                  ? adam[repeat][rate]
                  : rate == 1 ? 1 : 2;
            });
    FairRange fair = fair(runs);
    assertEquals(List.of(0.1, 0.01, 0.01), best(fair, "adam").crossFitted());
    assertEquals(0.01, best(fair, "adam").rate().getAsDouble());
    assertTrue(fair.comparison().isEmpty());
    assertTrue(fair.reason().contains("to 1, which is one decade above 0.1, for adam"));
  }

  @Test
  void oneRepeatGivesNoNumberButShowsTheRatesChosenOnIt() {
    FairRange fair = fair(twoBowls(0, 1));
    assertTrue(fair.comparison().isEmpty());
    assertEquals(
        "not estimable, one seed: a best learning rate cannot be taken from other repeats",
        fair.reason());
    assertTrue(fair.claim().estimate().isEmpty());
    assertEquals(1, best(fair, "sgd").rate().getAsDouble());
    assertEquals(0.0001, best(fair, "adam").rate().getAsDouble());
    assertEquals(List.of(), best(fair, "sgd").crossFitted());
  }

  @Test
  void anOptimizerThatNeverLearnsIsSaidAndLeftOut() {
    List<Run> runs = new ArrayList<>(twoBowls(1, 3));
    for (Run run : twoBowls(0, 3)) {
      if (run.setting("optimizer").equals("sgd")) {
        SequencedMap<String, String> settings = new LinkedHashMap<>(run.settings());
        settings.put("optimizer", "lion");
        runs.add(
            new Run(
                "lion " + run.id(),
                settings,
                run.repeat(),
                Fate.UNLEARNED,
                "untrained",
                Map.of(StopPoint.STOP, Map.of(Runs.LOSS, 0.5 + run.repeat()))));
      }
    }
    FairRange with = fair(runs);
    assertEquals(List.of("adam", "sgd"), with.comparison().orElseThrow().optimizers());
    assertEquals(
        "lion never learned (0 of 42 runs): not estimable, extend learning-rate to 100, which is one decade above 10, for lion",
        best(with, "lion").note());
    assertTrue(with.claim().sentence().endsWith(best(with, "lion").note() + "; it is left out."));
    FairRange without = fair(twoBowls(1, 3));
    assertEquals(without.comparison(), with.comparison());
  }

  @Test
  void whereOneOptimizerAloneLearnedThereIsNothingToCompare() {
    FairRange fair =
        fair(
            Runs.grid(
                space(List.of("adam", "sgd"), RATES),
                2,
                (settings, repeat) ->
                    settings.getOrDefault("optimizer", "").equals("sgd")
                        ? Double.NaN
                        : Math.exp(
                            bowl(decade(settings) + 3) + 0.01 * noise(3, settings, repeat))));
    assertEquals(
        "not estimable, only adam learned, which leaves nothing to compare", fair.reason());
    // Diverged at every rate: a lower one is what may learn.
    assertEquals(List.of(0.000001), best(fair, "sgd").extendTo());
    assertTrue(fair.claim().estimate().isEmpty());
  }

  /// Chosen by the same runs, the best of three would be low by luck, by .85 x .5.
  @Test
  void theBestRateIsNotLowByLuck() {
    double sum = 0;
    int count = 0;
    for (long study = 0; study < 200; study++) {
      long own = study;
      Landscape landscape =
          Runs.set(
                  Runs.grid(
                      Runs.space(
                          Map.entry("optimizer", List.of("adam", "sgd")),
                          Map.entry("learning-rate", RATES.subList(0, 5))),
                      4,
                      (settings, repeat) ->
                          (Math.abs(decade(settings) + 3) > 1.5 ? 1000 : 100)
                              + noise(own, settings, repeat)))
              .landscapes()
              .getFirst();
      List<TriedRates> tried = TriedRates.of(landscape, LOSS);
      List<BestRate> best = tried.stream().map(one -> one.best(landscape.repeats())).toList();
      for (Run run : FairRuns.of(tried, best, landscape.repeats()).runs()) {
        if (run.setting(FairRuns.OFFSET).equals("x1")) {
          sum += run.outcome(Runs.LOSS, StopPoint.STOP) - 100;
          count++;
        }
      }
    }
    assertEquals(200 * 2 * 4, count);
    assertEquals(0, sum / count, 0.1); // standard error .025
  }

  @Test
  void aRepeatTakesItsRateFromTheOthers() {
    // Repeat 0 alone is best at 0.01, the others are at 0.001; by far.
    double[][] losses = {{9, 5, 1, 9}, {9, 1, 8, 9}, {9, 1, 8, 9}};
    Landscape landscape =
        Runs.set(
                Runs.grid(
                    Runs.space(
                        Map.entry("optimizer", List.of("adam", "sgd")),
                        Map.entry("learning-rate", List.of("0.0001", "0.001", "0.01", "0.1"))),
                    3,
                    (settings, repeat) -> losses[repeat][(int) Math.round(decade(settings)) + 4]))
            .landscapes()
            .getFirst();
    List<TriedRates> tried = TriedRates.of(landscape, LOSS);
    List<BestRate> best = tried.stream().map(one -> one.best(landscape.repeats())).toList();
    assertEquals(List.of(0.001, 0.001, 0.001), best.getFirst().crossFitted());
    FairRuns fair = FairRuns.of(tried, best, landscape.repeats());
    assertEquals(List.of("x0.1", "x1", "x10"), fair.offsets());
    assertEquals(2 * 3 * 3, fair.runs().size());
    Run run =
        fair.runs().stream()
            .filter(one -> one.repeat() == 0 && one.setting(FairRuns.OFFSET).equals("x1"))
            .findFirst()
            .orElseThrow();
    assertEquals(5, run.outcome(Runs.LOSS, StopPoint.STOP));
    assertFalse(run.settings().containsKey("learning-rate"));
  }

  @Test
  void eachRepeatHasOffsetsFromItsOwnCenter() {
    // Without repeat 0 the best rate is 0.01, without either of the others it is 0.001.
    double[][] losses = {{9, 1, 7, 9}, {9, 4, 3, 9}, {9, 4, 3, 9}};
    Landscape landscape =
        Runs.set(
                Runs.grid(
                    Runs.space(
                        Map.entry("optimizer", List.of("adam", "sgd")),
                        Map.entry("learning-rate", List.of("0.0001", "0.001", "0.01", "0.1"))),
                    3,
                    (settings, repeat) -> losses[repeat][(int) Math.round(decade(settings)) + 4]))
            .landscapes()
            .getFirst();
    List<TriedRates> tried = TriedRates.of(landscape, LOSS);
    List<BestRate> best = tried.stream().map(one -> one.best(landscape.repeats())).toList();
    assertEquals(List.of(0.01, 0.001, 0.001), best.getFirst().crossFitted());
    double[][] moved = new double[3][3];
    for (Run run : FairRuns.of(tried, best, landscape.repeats()).runs()) {
      int offset = List.of("x0.1", "x1", "x10").indexOf(run.setting(FairRuns.OFFSET));
      moved[run.repeat()][offset] = run.outcome(Runs.LOSS, StopPoint.STOP);
    }
    assertEquals(List.of(1.0, 7.0, 9.0), list(moved[0]));
    assertEquals(List.of(9.0, 4.0, 3.0), list(moved[1]));
    assertEquals(List.of(9.0, 4.0, 3.0), list(moved[2]));
  }

  private static List<Double> list(double[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  @Test
  void aRateAtWhichMoreRunsFailIsWorseWhateverItsMean() {
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), List.of("0.0001", "0.001", "0.01", "0.1")),
            2,
            (settings, repeat) -> {
              boolean fails =
                  settings.getOrDefault("learning-rate", "").equals("0.01")
                      && settings.getOrDefault("latent", "").equals("10")
                      && repeat == 0;
              double[] losses = {9, 5, 1, 9};
              return fails ? Double.NaN : losses[(int) Math.round(decade(settings)) + 4];
            });
    BestRate best = best(fair(runs), "adam");
    assertEquals(0.001, best.rate().getAsDouble());
    // The repeat without the failure is judged by the one with it, and the other way round.
    assertEquals(List.of(0.01, 0.001), best.crossFitted());
    assertEquals(15, best.learned());
    assertEquals(16, best.runs());
  }

  @Test
  void aRunThatLearnedNothingIsNeverBest() {
    List<Run> runs = new ArrayList<>();
    for (Run run :
        Runs.grid(
            space(List.of("adam", "sgd"), List.of("0.0001", "0.001", "0.01", "0.1")),
            2,
            (settings, _) -> new double[] {9, 5, 1, 9}[(int) Math.round(decade(settings)) + 4])) {
      boolean collapsed = run.setting("learning-rate").equals("0.01");
      runs.add(
          new Run(
              run.id(),
              run.settings(),
              run.repeat(),
              collapsed ? Fate.UNLEARNED : Fate.LEARNED,
              collapsed ? "collapsed" : "learned",
              run.outcomes()));
    }
    assertEquals(List.of(0.001, 0.001), best(fair(runs), "adam").crossFitted());
  }

  @Test
  void whereHigherIsBetterTheHighestIsBest() {
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), List.of("0.0001", "0.001", "0.01")),
            2,
            (settings, _) -> new double[] {0.2, 0.9, 0.4}[(int) Math.round(decade(settings)) + 4]);
    Landscape landscape = Runs.set(runs).landscapes().getFirst();
    RunSet.Outcome higher = new RunSet.Outcome(Runs.LOSS, Metric.Better.HIGHER, true);
    assertEquals(
        List.of(0.001, 0.001),
        FairRange.of(landscape, higher, 1).orElseThrow().best().getFirst().crossFitted());
  }

  @Test
  void levelsThatFailedNearTheBestRateAreNamed() {
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), RATES),
            3,
            (settings, repeat) ->
                decade(settings) == -2 && settings.getOrDefault("latent", "").equals("10")
                    ? Double.NaN
                    : Math.exp(
                        bowl(decade(settings) + 3)
                            + (settings.getOrDefault("optimizer", "").equals("sgd") ? 1 : 0)
                            + 0.02 * noise(5, settings, repeat)));
    FairRange fair = fair(runs);
    assertEquals(
        List.of(new View.Level("learning-rate offset", "x10")),
        fair.comparison().orElseThrow().dropped());
    assertTrue(
        fair.claim().sentence().contains(" Without learning-rate offset x10, where runs failed."));
  }

  @Test
  void onlyOffsetsThatAllOptimizersWereTriedAtCount() {
    // adam is best at 0.001, with 0.0001, 0.003 and 0.01 about it; sgd at 0.01 with 0.003 and 0.1.
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), List.of("0.0001", "0.001", "0.003", "0.01", "0.1")),
            2,
            (settings, repeat) ->
                Math.exp(
                    Math.abs(
                            decade(settings)
                                - (settings.getOrDefault("optimizer", "").equals("sgd") ? -2 : -3))
                        + 0.01 * noise(6, settings, repeat)));
    assertEquals(List.of("x0.1", "x1", "x10"), fair(runs).comparison().orElseThrow().offsets());
    // Steps of two decades leave nothing within one.
    FairRange wide =
        fair(
            Runs.grid(
                space(List.of("adam", "sgd"), List.of("0.0001", "0.01", "1")),
                2,
                (settings, repeat) ->
                    Math.exp(Math.abs(decade(settings) + 2) + 0.01 * noise(6, settings, repeat))));
    assertTrue(wide.comparison().isEmpty());
    assertEquals(
        "not estimable, no other learning rate within one decade of the best was tried at the same distance with every optimizer",
        wide.reason());
  }

  @Test
  void offsetsOfThirdsOfADecadeMatchDespiteTheirDigits() {
    List<String> rates = List.of("0.0003", "0.001", "0.003", "0.01", "0.03", "0.1");
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), rates),
            2,
            (settings, repeat) ->
                Math.exp(
                    Math.abs(
                            decade(settings)
                                - (settings.getOrDefault("optimizer", "").equals("sgd") ? -2 : -3))
                        + 0.01 * noise(8, settings, repeat)));
    assertEquals(
        List.of("x0.3", "x1", "x3", "x10"), fair(runs).comparison().orElseThrow().offsets());
  }

  @Test
  void anOptimizerThatLearnedInOneRepeatOnlyHasNoRateFromOthers() {
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), RATES),
            3,
            (settings, repeat) ->
                settings.getOrDefault("optimizer", "").equals("sgd") && repeat > 0
                    ? Double.NaN
                    : Math.exp(bowl(decade(settings) + 3) + 0.01 * noise(9, settings, repeat)));
    FairRange fair = fair(runs);
    assertEquals(
        "not estimable, sgd learned in one repeat only, so that no other repeat can tell its best learning rate",
        fair.reason());
    assertTrue(best(fair, "sgd").crossFitted().getFirst().isNaN());
  }

  @Test
  void noiseAsLargeAsTheEffectsLeavesTheOrderOpen() {
    List<Run> runs =
        Runs.grid(
            space(List.of("adam", "sgd"), RATES.subList(0, 5)),
            2,
            (settings, repeat) ->
                Math.exp(
                    (Math.abs(decade(settings) + 3) > 1.5 ? 30 : 0) + noise(11, settings, repeat)));
    FairRange fair = fair(runs);
    Claim claim = fair.claim();
    assertEquals(Verdict.UNDECIDED, claim.verdict());
    assertEquals(0.5, claim.probability().getAsDouble(), 0.45);
    assertTrue(share(fair, 0).fairInterval().high() - share(fair, 0).fairInterval().low() > 0.3);
    String words = claim.words();
    assertTrue(words.startsWith("all runs: these runs do not tell whether within one"), words);
    assertTrue(words.contains("accounts for more of the variation"), words);
    assertFalse(words.contains("may"), words);
  }

  @Test
  void thereIsNoneWithoutBothVariables() {
    for (String missing : List.of("optimizer", "learning-rate")) {
      SequencedMap<String, List<String>> space =
          new LinkedHashMap<>(space(List.of("adam", "sgd"), RATES));
      space.remove(missing);
      Landscape landscape =
          Runs.set(Runs.grid(space, 2, (settings, repeat) -> 1 + settings.hashCode() % 7))
              .landscapes()
              .getFirst();
      assertTrue(FairRange.of(landscape, LOSS, 1).isEmpty());
    }
    Landscape logarithms =
        Runs.set(Runs.grid(space(List.of("adam", "sgd"), List.of("-3", "-2")), 2, (_, r) -> 1 + r))
            .landscapes()
            .getFirst();
    assertTrue(FairRange.of(logarithms, LOSS, 1).isEmpty());
  }

  @Test
  void equalSeedsGiveEqualBits() {
    assertEquals(fair(twoBowls(1, 3)), fair(twoBowls(1, 3)));
  }
}
