package org.vaescape.analysis.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class DefaultClaimTest {
  private static final SequencedMap<String, List<String>> SPACE =
      Runs.space(
          Map.entry("learning-rate", List.of("0.001", "0.01")),
          Map.entry("optimizer", List.of("adam", "sgd")));

  private static UserSensitivity felt(List<Run> runs) {
    return UserSensitivity.of(
            Runs.set(runs).landscapes().getFirst(),
            new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true))
        .orElseThrow();
  }

  private static Claim claim(UserSensitivity felt, String name) {
    return felt.claims().stream()
        .filter(claim -> claim.id().endsWith("/" + name))
        .findFirst()
        .orElseThrow();
  }

  /// The claim goes to whichever side came out: a one-sided level would err twice as often.
  @Test
  void isWrongInOneOfTwentyStudiesOfWhichAllSettingsAreEqual() {
    int studies = 1000;
    int decided = 0;
    for (int study = 0; study < studies; study++) {
      SplittableRandom random = new SplittableRandom(1_000_003L * study);
      UserSensitivity felt = felt(Runs.grid(SPACE, 3, (_, _) -> 10 + random.nextGaussian()));
      for (Claim claim : felt.claims()) { // none where the best gains nothing, in 1 of 100
        if (claim.id().endsWith("/default")) {
          decided += claim.verdict() == Claim.Verdict.UNDECIDED ? 0 : 1;
          assertEquals(
              claim.verdict() == Claim.Verdict.UNDECIDED,
              claim.interval().orElseThrow().contains(0),
              claim.sentence());
        }
      }
    }
    // 5 % have a standard deviation of 7 studies
    assertTrue(decided <= 0.05 * studies + 14, decided + " of " + studies);
    assertTrue(decided >= 0.05 * studies - 14, decided + " of " + studies);
  }

  @Test
  void saysByHowMuchTheDefaultIsBetterThanChance() {
    UserSensitivity felt =
        felt(
            Runs.grid(
                SPACE,
                3,
                (cell, repeat) ->
                    (cell.getOrDefault("optimizer", "").equals("adam") ? 1 : 3) + 0.01 * repeat));
    Claim claim = claim(felt, "default");
    assertTrue(
        claim.sentence().contains("does better than a setting at random in val_mse, by 1: of what"),
        claim.sentence());
    assertEquals("better than chance", claim.answer());
    assertEquals(
        felt.defaultRegret().orElseThrow() - felt.randomRegret().orElseThrow(),
        claim.estimate().orElseThrow(),
        1e-12);
  }

  /// The best beats PCA by a hundredth of what the others lose against it.
  @Test
  void countsNoPercentsOfAGainThatIsNearlyNothing() {
    List<Run> runs =
        Runs.grid(
                SPACE,
                3,
                (cell, repeat) ->
                    (cell.getOrDefault("learning-rate", "").equals("0.01") ? 0.0099 : 0.02)
                        + 0.00001 * repeat)
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
                        Map.of(
                            Runs.LOSS, run.outcome(Runs.LOSS, StopPoint.STOP), "pca_mse", 0.01))))
            .toList();
    UserSensitivity felt = felt(runs);
    assertTrue(felt.defaultRegret().orElseThrow() > 50, "" + felt.defaultRegret());
    String sentence = claim(felt, "default").sentence();
    assertTrue(
        sentence.contains("it gives up all (worse than the reference), one at random all (worse"),
        sentence);
    assertTrue(
        claim(felt, "least-sensitive")
            .sentence()
            .contains("adam all (0.0124, worse than the reference)"));
    assertFalse(sentence.matches(".*\\d{3,} %.*"), sentence);
  }

  /// Of a gain of 2 the default gives up 0.8, by 0.4 more or less in each repeat.
  @Test
  void hasAnIntervalAlsoWhereItReachesPastTheReference() {
    UserSensitivity felt =
        felt(
            Runs.grid(
                SPACE,
                3,
                (cell, repeat) ->
                    cell.getOrDefault("optimizer", "").equals("sgd")
                        ? 3
                        : cell.getOrDefault("learning-rate", "").equals("0.01")
                            ? 1
                            : 1.4 + 0.4 * repeat));
    String sentence = claim(felt, "default").sentence();
    assertTrue(sentence.contains("it gives up 40 % [-38.6, all], one at"), sentence);
  }

  @Test
  void isNotMadeOfHyperParametersThatAreSomebodysOwn() {
    Sensitivity found =
        Sensitivity.of(
            Runs.set(
                Runs.grid(
                    Runs.space(Map.entry("a", List.of("1", "2", "3"))),
                    3,
                    (cell, repeat) ->
                        Double.parseDouble(cell.getOrDefault("a", "")) + 0.01 * repeat)));
    UserSensitivity felt = found.userSensitivity().getFirst();
    assertTrue(felt.defaults().isEmpty());
    assertEquals(
        "no usual setting is known of runs without an optimizer or a learning rate", felt.reason());
    assertTrue(felt.claims().stream().noneMatch(claim -> claim.id().endsWith("/default")));
    for (Advice advice : found.advice()) {
      assertFalse(
          advice.sentence().contains("default") || advice.sentence().contains("adam"),
          advice.sentence());
    }
  }
}
