package org.vaescape.analysis.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// The loss grows tenfold with rate, twofold with batch, and not with warm-up.
class GridImportanceTest {
  private static final List<String> LEVELS = List.of("1", "2", "3", "4");
  private static final String NEGLIGIBLE = "negligible/";

  private static List<Run> runs(int repeats, double noise) {
    SplittableRandom random = new SplittableRandom(4);
    return Runs.grid(
        Runs.space(
            Map.entry("rate", LEVELS), Map.entry("batch", LEVELS), Map.entry("warm-up", LEVELS)),
        repeats,
        (cell, _) ->
            Math.exp(
                Integer.parseInt(cell.getOrDefault("rate", "")) * Math.log(10) / 3
                    + Integer.parseInt(cell.getOrDefault("batch", "")) * Math.log(2) / 3
                    + noise * random.nextGaussian()));
  }

  private static Sensitivity of(List<Run> runs, RunSet.Origin origin) {
    RunSet set = Runs.set(runs);
    return Sensitivity.of(
        new RunSet(
            set.name(),
            set.seed(),
            set.runs(),
            set.readings(),
            set.crossed(),
            set.logarithmic(),
            set.genes(),
            set.outcomes(),
            origin));
  }

  private static Claim only(Sensitivity found, String kind) {
    List<Claim> claims =
        found.claims().stream().filter(claim -> claim.id().startsWith(kind)).toList();
    assertEquals(1, claims.size(), claims::toString);
    return claims.getFirst();
  }

  @Test
  void interactionsAreTheNoiseOfATableOfOneRunASetting() {
    Sensitivity found = of(runs(1, 0.1), RunSet.Origin.TABLE);
    Claim largest = only(found, "importance/");
    assertEquals(Claim.Verdict.SUPPORTED, largest.verdict());
    assertTrue(largest.interval().orElseThrow().contains(0.906)); // 10 : 2 in logarithms, squared
    assertTrue(largest.reason().contains("interactions of three"), largest.reason());
    assertTrue(
        found.effects().stream()
            .allMatch(effect -> effect.method().equals("components of one run")));
    Claim least = only(found, NEGLIGIBLE);
    assertTrue(least.sentence().startsWith("all runs: warm-up makes at most "), least.sentence());
    assertTrue(least.interval().orElseThrow().high() < 0.05);
  }

  /// In noise the variable of most levels has the largest mean square, and not the largest
  /// component: the other ways of looking must ask for what the claim says.
  @Test
  void ofOneRunASettingAllWaysOfLookingTakeInteractionsForNoise() {
    for (int seed = 0; seed < 8; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Run> runs =
          Runs.grid(
              Runs.space(
                  Map.entry("a", List.of("1", "2")),
                  Map.entry("b", List.of("1", "2", "3", "4", "5", "6", "7", "8")),
                  Map.entry("c", LEVELS)),
              1,
              (_, _) -> Math.exp(0.3 * random.nextGaussian()));
      Claim claim = only(of(runs, RunSet.Origin.TABLE), "importance/");
      assertFalse(claim.overturnedBy().contains(""), claim.sentence());
    }
  }

  @Test
  void namesWhatSplitsAndNoiseMakeWhereThatIsNotLittle() {
    SplittableRandom random = new SplittableRandom(4);
    List<Run> shifted =
        Runs.grid(
            Runs.space(Map.entry("rate", LEVELS), Map.entry("batch", LEVELS)),
            3,
            (cell, repeat) ->
                Math.exp(
                    5 * repeat
                        + 0.5 * Integer.parseInt(cell.getOrDefault("rate", ""))
                        + 0.01 * random.nextGaussian()));
    String words = only(of(shifted, RunSet.Origin.STUDY), "importance/").sentence();
    assertTrue(words.matches(".*, splits 9\\d %, noise .* %\\. .*"), words);
    String few = only(of(runs(3, 0.01), RunSet.Origin.STUDY), "importance/").sentence();
    assertFalse(few.contains("splits") || few.contains("noise"), few);
  }

  @Test
  void aStudyOfOneRepeatHasNoIntervals() {
    Sensitivity found = of(runs(1, 0.1), RunSet.Origin.STUDY);
    assertEquals(Claim.Verdict.UNDECIDED, only(found, "importance/").verdict());
    assertTrue(found.effects().stream().allMatch(effect -> effect.interval().isEmpty()));
    assertTrue(found.claims().stream().noneMatch(claim -> claim.id().startsWith(NEGLIGIBLE)));
  }

  @Test
  void whatIsSmallButNotSurelyIsNotCalledNegligible() {
    assertEquals(
        "no probability: the interval is added up from those of several effects",
        only(of(runs(3, 0.1), RunSet.Origin.STUDY), NEGLIGIBLE).reason());
    assertFalse(
        of(runs(3, 1.5), RunSet.Origin.STUDY).claims().stream()
            .anyMatch(claim -> claim.id().startsWith(NEGLIGIBLE)));
  }

  /// Nobody knows whose it is what four settings do together and no three of them.
  @Test
  void whatAllSettingsDoTogetherKeepsEachFromBeingCalledNegligible() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> levels = List.of("1", "2");
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("a", levels),
                Map.entry("b", levels),
                Map.entry("c", levels),
                Map.entry("d", levels)),
            3,
            (cell, _) -> {
              long ones = cell.values().stream().filter("1"::equals).count();
              return Math.exp((ones % 2 == 0 ? 1 : -1) + 0.1 * random.nextGaussian());
            });
    Sensitivity found = of(runs, RunSet.Origin.STUDY);
    assertTrue(
        found.effects().stream()
            .anyMatch(effect ->
                effect.factors().equals(List.of("higher-order")) && effect.estimate() > 0.9));
    assertTrue(found.claims().stream().noneMatch(claim -> claim.id().startsWith(NEGLIGIBLE)));
  }

  @Test
  void saysSoWhereHardlyAnyOfTheComparedRunsLearned() {
    List<Run> runs = new ArrayList<>();
    for (Run run : runs(3, 0.1)) {
      boolean high = run.setting("rate").equals("4"); // 48 of 192 runs
      Fate fate = high ? Fate.LEARNED : Fate.UNLEARNED;
      runs.add(new Run(run.id(), run.settings(), run.repeat(), fate, "collapsed", run.outcomes()));
    }
    Sensitivity found = of(runs, RunSet.Origin.STUDY);
    String words =
        "48 of the 192 runs compared learned: the shares are mostly of networks that learned nothing";
    assertEquals(words, only(found, "importance/").reason());
    assertTrue(only(found, NEGLIGIBLE).reason().endsWith("effects; " + words));
    assertEquals("", only(of(runs(3, 0.1), RunSet.Origin.STUDY), "importance/").reason());
  }

  @Test
  void runsOfLevelsThatAreLeftOutAreNotCompared() {
    List<Run> runs = new ArrayList<>();
    for (Run run : runs(3, 0.1)) {
      boolean high = run.setting("rate").equals("4");
      boolean failed = high && !run.setting("batch").equals("1");
      runs.add(
          new Run(
              run.id(),
              run.settings(),
              run.repeat(),
              failed ? Fate.FAILED : high ? Fate.LEARNED : Fate.UNLEARNED,
              "collapsed",
              run.outcomes()));
    }
    Claim largest = only(of(runs, RunSet.Origin.STUDY), "importance/");
    assertTrue(largest.sentence().contains("are missing: rate 4."), largest.sentence());
    assertTrue(
        largest.reason().startsWith("none of the 144 runs compared learned"), largest.reason());
  }
}
