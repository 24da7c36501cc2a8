package org.vaescape.analysis.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.compare.ComparedStudy;
import org.vaescape.analysis.compare.SettingAgreement;
import org.vaescape.analysis.compare.StudyAgreement;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.shares.RuleEffects;
import org.vaescape.analysis.user.TuningCost;
import org.vaescape.analysis.user.UserSensitivity;
import org.vaescape.study.Metric;

/// What becomes of a study of which some settings have more repeats than others.
final class UnequalRepeatsTest {
  private static final List<String> RATES = List.of("1e-4", "0.001", "0.01", "0.1");
  private static final List<String> LATENTS = List.of("10", "20", "50");

  /// Best at 0.001; rates of 0.1 diverge under rmsprop, sgd learns best at 0.1.
  private static List<Run> whole(int repeats) {
    return Runs.grid(
        Runs.space(
            Map.entry("latent", LATENTS),
            Map.entry("learning-rate", RATES),
            Map.entry("optimizer", List.of("adam", "sgd", "rmsprop"))),
        repeats,
        (settings, repeat) -> {
          int rate = RATES.indexOf(settings.getOrDefault("learning-rate", ""));
          int latent = LATENTS.indexOf(settings.getOrDefault("latent", ""));
          String optimizer = settings.getOrDefault("optimizer", "");
          if (optimizer.equals("rmsprop") && rate == 3) {
            return Double.NaN;
          }
          double off = Math.abs(rate - (optimizer.equals("sgd") ? 2 : 1));
          double noise = new PlantedStudy.Setting(rate, latent, optimizer, repeat).noise();
          return 0.01 * Math.exp(0.5 * off + 0.05 * latent + 0.1 * repeat + 0.02 * noise);
        });
  }

  private static Sensitivity of(List<Run> runs, boolean crossed) {
    return Sensitivity.of(
        new RunSet(
            "made up",
            1,
            runs,
            List.of(),
            crossed,
            List.of("learning-rate"),
            OptionalInt.empty(),
            List.of(new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true))));
  }

  private static List<Run> without(List<Run> runs, Predicate<Run> lost) {
    return runs.stream().filter(lost.negate()).toList();
  }

  /// Counts are of all runs.
  private static List<Claim> judged(Sensitivity all) {
    return all.claims().stream()
        .filter(claim -> !claim.reason().equals("a count of these runs, not an estimate"))
        .toList();
  }

  private static void assertSame(Sensitivity one, Sensitivity other) {
    assertFalse(one.effects().isEmpty());
    assertEquals(one.effects(), other.effects());
    assertEquals(one.fairRanges(), other.fairRanges());
    assertEquals(one.learningRates(), other.learningRates());
    assertEquals(one.safeRegions(), other.safeRegions());
    assertEquals(one.smallestLatent(), other.smallestLatent());
    assertEquals(one.firstSettings(), other.firstSettings());
    assertEquals(one.noise(), other.noise());
    List<Claim> claims = judged(other);
    for (Claim claim : judged(one)) {
      assertEquals(claim, claims.get(judged(one).indexOf(claim)));
    }
    assertEquals(judged(one).size(), claims.size());
  }

  @Test
  void oneExtraRunChangesNothingButCounts() {
    for (boolean crossed : new boolean[] {true, false}) {
      List<Run> runs = whole(3);
      Sensitivity before = of(runs, crossed);
      List<Run> more = new ArrayList<>(runs);
      more.add(Runs.run(runs.getFirst().settings(), 3, 0.001));
      Sensitivity after = of(more, crossed);
      assertSame(before, after);
      assertEquals(before.failures().getFirst().shares(), after.failures().getFirst().shares());
      assertTrue(
          after.effects().stream().anyMatch(effect -> effect.interval().isPresent()),
          "there are intervals");
      Design design = after.designs().getFirst();
      assertTrue(design.complete());
      assertEquals(3, design.repeats());
      assertEquals(109, design.runs());
      assertEquals(1, design.leftOut());
      assertEquals(0, design.lacking());
    }
  }

  @Test
  void aStudyStoppedInItsLastRepeatIsThatOfItsWholeRepeats() {
    List<Run> runs = whole(3);
    List<Run> last = runs.stream().filter(run -> run.repeat() == 2).toList();
    List<Run> missing = last.subList(last.size() / 2, last.size());
    Sensitivity stopped = of(without(runs, missing::contains), true);
    assertSame(of(whole(2), true), stopped);
    Design design = stopped.designs().getFirst();
    assertTrue(design.complete());
    assertEquals(2, design.repeats());
    assertEquals(18, design.leftOut());
    assertEquals(0, design.lacking());
  }

  /// Half of the settings have 5 repeats and all have 1: 5 x 18 runs are more than 36.
  @Test
  void settingsWithoutAllRepeatsThatCountAreLeftOut() {
    Predicate<Run> rest = run -> List.of("0.01", "0.1").contains(run.setting("learning-rate"));
    List<Run> runs = without(whole(5), rest.and(run -> run.repeat() > 0));
    Sensitivity all = of(runs, true);
    List<EffectShare> half = of(without(whole(5), rest), true).effects();
    assertFalse(half.isEmpty());
    assertEquals(half, all.effects());
    Design design = all.designs().getFirst();
    assertFalse(design.complete());
    assertEquals(36, design.cells());
    assertEquals(5, design.repeats());
    assertEquals(18, design.lacking());
    assertEquals(18, design.leftOut());
    UserSensitivity felt = all.userSensitivity().getFirst();
    assertEquals(18, felt.cells());
    assertEquals(18, felt.leftOut());
    assertEquals(3, all.failures().getFirst().failed(), "all runs that failed are counted");
    assertEquals(List.of("0.1"), all.failures().getFirst().within().get("learning-rate"));
  }

  @Test
  void whatWasNotRunIsNoFailureAndWhatFailedIs() {
    Predicate<Run> corner =
        run -> run.setting("optimizer").equals("adam") && run.setting("latent").equals("50");
    List<Run> runs = without(whole(3), corner);
    Sensitivity all = of(runs, true);
    TuningCost adam = cost(all, "adam");
    assertEquals(8, adam.cells());
    assertEquals(8, adam.learned());
    TuningCost rmsprop = cost(all, "rmsprop");
    assertEquals(12, rmsprop.cells());
    assertEquals(9, rmsprop.learned());
    assertEquals(0, all.userSensitivity().getFirst().leftOut());
    assertEquals(9, all.failures().getFirst().failed());
    assertEquals(32 * 3, all.failures().getFirst().runs());
  }

  /// Of latent 10 nothing is known in the repeats that count.
  @Test
  void aSizeThatWasLeftOutIsNotTooSmall() {
    Predicate<Run> few = run -> run.setting("latent").equals("10") && run.repeat() > 0;
    SmallestLatent whole = of(whole(3), true).smallestLatent().getFirst();
    assertEquals("10", whole.latent());
    assertTrue(whole.atEdge());
    SmallestLatent found = of(without(whole(3), few), true).smallestLatent().getFirst();
    assertEquals("20", found.latent());
    assertTrue(found.atEdge());
  }

  @Test
  void aForestIsFittedToAllRuns() {
    List<Run> runs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 60; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      settings.put("learning-rate", Double.toString(Math.pow(10, -4 * random.nextDouble())));
      settings.put("batch", Integer.toString(random.nextInt(10, 1000)));
      double loss =
          Math.abs(Math.log10(Double.parseDouble(settings.getOrDefault("learning-rate", ""))) + 2);
      for (int repeat = 0; repeat < (i < 10 ? 3 : 1); repeat++) {
        runs.add(Runs.run(settings, repeat, Math.exp(loss + 0.1 * random.nextGaussian())));
      }
    }
    Sensitivity all = of(runs, false);
    Claim claim = all.claims().getFirst();
    assertTrue(claim.sentence().contains("a forest of 80 runs"), claim.sentence());
    assertEquals(Claim.Verdict.SUPPORTED, claim.verdict(), "settings were repeated");
    assertEquals(20, all.designs().getFirst().leftOut());
    List<Run> once = without(runs, run -> run.repeat() > 0);
    assertEquals(Claim.Verdict.UNDECIDED, of(once, false).claims().getFirst().verdict());
  }

  @Test
  void settingsThatAreLeftOutOfOneStudyWereTriedInIt() {
    Predicate<Run> few = run -> run.setting("learning-rate").equals("0.1") && run.repeat() > 0;
    ComparedStudy one = ComparedStudy.of("one", "", Runs.set(whole(2)));
    ComparedStudy other = ComparedStudy.of("other", "", Runs.set(without(whole(2), few)));
    SettingAgreement found = StudyAgreement.of(List.of(one, other)).settings().getFirst();
    assertEquals(27, found.learnedInBoth());
    assertEquals(0, found.onlyInOne() + found.onlyInOther());
  }

  private static TuningCost cost(Sensitivity all, String optimizer) {
    return all.userSensitivity().getFirst().costs().stream()
        .filter(cost -> cost.optimizer().equals(optimizer))
        .findFirst()
        .orElseThrow();
  }

  /// Adam was not run at most latents of its two best rates; all its runs there learned.
  @Test
  void theBestRateIsNotTheOneWithMostRuns() {
    Predicate<Run> missing =
        run ->
            run.setting("optimizer").equals("adam")
                && run.setting("learning-rate").equals("0.001")
                && run.setting("latent").equals("50");
    FairRange fair = of(without(whole(3), missing), true).fairRanges().getFirst();
    assertEquals(0.001, fair.best().getFirst().rate().orElseThrow());
    Predicate<Run> high = run -> run.setting("learning-rate").equals("0.1");
    BestRate rmsprop = of(without(whole(3), high), true).fairRanges().getFirst().best().get(2);
    assertEquals(0.001, rmsprop.rate().orElseThrow());
  }

  @Test
  void claimsOfTheStudyDoNotCountWhatWasNotRun() {
    Landscape whole = PlantedStudy.landscape("vae", 2, PlantedStudy::typical);
    List<Run> runs =
        whole.runs().stream()
            .filter(run ->
                !run.setting("optimizer").equals("adam") || run.setting("latent").equals("10"))
            .toList();
    Landscape few = Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), true);
    String sentence = PlantedStudy.claim(few, "adam-rmsprop-decent-in-most").claim().sentence();
    assertTrue(sentence.contains("adam 2 of 5 (5 learned)"), sentence);
  }

  /// Only runs beyond the first repeat fail, and only few settings have any.
  @Test
  void rulesForFailedRunsAndTheBestTenthAreOfAllRunsWhereTheseAreNoGrid() {
    List<Run> runs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 60; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      double rate = random.nextDouble();
      settings.put("learning-rate", Double.toString(rate));
      settings.put("batch", Integer.toString(random.nextInt(10, 1000)));
      for (int repeat = 0; repeat < (rate > 0.8 ? 3 : 1); repeat++) {
        runs.add(Runs.run(settings, repeat, repeat > 0 ? Double.NaN : Math.exp(rate)));
      }
    }
    Sensitivity all = of(runs, false);
    assertTrue(all.designs().getFirst().leftOut() > 0);
    RuleEffects rules = all.failureRules().getFirst();
    assertEquals(
        List.of(FailureRule.LEFT_OUT, FailureRule.WORST),
        rules.rules().stream().map(RuleEffects.Rule::rule).toList());
    assertEquals(60, rules.learned());
  }

  @Test
  void aLandscapeBesideOtherReadingsHasTheSameRepeats() {
    Predicate<Run> few = run -> run.setting("latent").equals("50") && run.repeat() == 2;
    Landscape own = Runs.set(without(whole(3), few)).landscapes().getFirst();
    Landscape beside = own.beside(List.of(own));
    assertEquals(List.of(0, 1), beside.repeats());
    assertEquals(own.runs(), beside.runs());
    assertEquals(own.allRuns(), beside.allRuns());
    assertEquals(List.of(own), beside.otherReadings());
    Landscape turned = beside.turned(Runs.LOSS);
    assertEquals(own.repeats(), turned.repeats());
    assertEquals(1, turned.otherReadings().size());
    View view = View.of(Runs.LOSS, Scale.RAW);
    double[] losses = own.values(view);
    double[] negative = turned.values(view);
    for (int i = 0; i < losses.length; i++) {
      assertEquals(-losses[i], negative[i]);
    }
  }
}
