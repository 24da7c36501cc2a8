package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.PlantedStudy.Ends;
import org.vaescape.analysis.runs.PlantedStudy.Setting;

class OptimizerClaimsTest {
  private static final String BEST = "adam-and-rmsprop-best";
  private static final String SLIGHT = "rmsprop-slightly-better-than-adam";
  private static final String DECENT = "adam-rmsprop-decent-in-most";

  private static StudyClaim claim(String name, int repeats, Ends ends) {
    return PlantedStudy.claim(PlantedStudy.landscape("vae", repeats, ends), name);
  }

  /// Losses that differ by optimizer, and a little by rate, all learned.
  private static Ends levels(double adam, double rmsprop, double sgd, double noise) {
    return setting ->
        End.learned(
            (setting.is("adam") ? adam : setting.is("rmsprop") ? rmsprop : sgd)
                * (1 + 0.1 * Math.abs(setting.rate() - 2))
                * Math.exp(noise * setting.noise()));
  }

  @Test
  void bothAreBestWhereTheyAre() {
    StudyClaim claim = claim(BEST, 3, levels(0.010, 0.009, 0.020, 0.01));
    assertTrue(claim.holds());
    assertEquals(Verdict.SUPPORTED, claim.claim().verdict());
    assertEquals(2, claim.claim().estimate().getAsDouble(), 0.1);
    assertTrue(claim.claim().sentence().contains("both have a lower best"));
  }

  @Test
  void oneThatIsWorseThanSgdContradictsThatBothAreBest() {
    StudyClaim claim = claim(BEST, 3, levels(0.010, 0.030, 0.020, 0.01));
    assertFalse(claim.holds());
    assertEquals(Verdict.CONTRADICTED, claim.claim().verdict());
  }

  @Test
  void aLowerBestWithAHigherMedianIsNotBest() {
    Ends ends =
        setting ->
            End.learned(
                setting.is("sgd")
                    ? 0.02
                    : setting.rate() == 2 && setting.latent() < 2 ? 0.01 : 0.03);
    assertFalse(claim(BEST, 1, ends).holds());
  }

  @Test
  void noiseOfTheSizeOfTheDifferenceLeavesItOpen() {
    assertEquals(
        Verdict.UNDECIDED, claim(BEST, 2, levels(0.0199, 0.0199, 0.0200, 0.1)).claim().verdict());
  }

  @Test
  void oneSeedLeavesItOpenAndSaysWhatItShows() {
    Claim claim = claim(BEST, 1, levels(0.010, 0.009, 0.020, 0.01)).claim();
    assertEquals(Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.probability().isEmpty());
    assertTrue(claim.reason().startsWith("one seed"));
    assertTrue(claim.sentence().contains("both have a lower best"));
  }

  /// What did not learn has the lowest number of all and is no optimizer's best.
  @Test
  void whatLearnedNothingIsNeverBest() {
    Ends ends =
        setting ->
            setting.is("sgd")
                ? End.untrained(0.001)
                : End.learned(setting.is("adam") ? 0.010 : 0.009);
    StudyClaim claim = claim(BEST, 1, ends);
    assertTrue(claim.holds());
    assertTrue(claim.claim().sentence().contains("sgd none"));
    assertTrue(claim.claim().estimate().isEmpty());
    assertTrue(claim.claim().reason().contains("no ratio"));
  }

  @Test
  void slightlyBetterIsBetterByUpToATenth() {
    StudyClaim slightly = claim(SLIGHT, 3, levels(0.010, 0.0095, 0.05, 0.002));
    assertTrue(slightly.holds());
    assertEquals(Verdict.SUPPORTED, slightly.claim().verdict());
    assertEquals(0.95, slightly.claim().estimate().getAsDouble(), 0.01);
    StudyClaim much = claim(SLIGHT, 3, levels(0.010, 0.0070, 0.05, 0.002));
    assertFalse(much.holds());
    assertEquals(Verdict.CONTRADICTED, much.claim().verdict());
    assertTrue(much.claim().sentence().contains("more than slightly"));
    StudyClaim worse = claim(SLIGHT, 3, levels(0.010, 0.0105, 0.05, 0.002));
    assertFalse(worse.holds());
    assertTrue(worse.claim().sentence().contains("not better"));
  }

  /// The luck of the best of thirty cells of equal truth: its mean on the repeats that chose it is
  /// too low, on the others it is not.
  @Test
  void theBestIsJudgedByRepeatsThatDidNotChooseIt() {
    Ends ends =
        setting ->
            End.learned(
                setting.is("rmsprop")
                    ? 0.01 * Math.exp(0.2 * setting.noise())
                    : setting.is("adam") ? 0.01 : 0.05);
    Claim claim = claim(SLIGHT, 4, ends).claim();
    double seen = Math.exp(lowestMean(ends, 4)) / 0.01;
    assertTrue(seen < 0.87, "planted luck is " + seen);
    assertTrue(
        claim.estimate().getAsDouble() > seen + 0.05, claim.estimate() + " judged, seen " + seen);
  }

  private static double lowestMean(Ends ends, int repeats) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int rate = 0; rate < 5; rate++) {
      for (int latent = 0; latent < 6; latent++) {
        double mean = 0;
        for (int r = 0; r < repeats; r++) {
          mean += Math.log(ends.of(new Setting(rate, latent, "rmsprop", r)).loss()) / repeats;
        }
        lowest = Math.min(lowest, mean);
      }
    }
    return lowest;
  }

  private static Ends decentAt(int rates) {
    return setting ->
        End.learned(setting.is("sgd") ? 0.08 : setting.rate() < rates ? 0.010 : 0.025).in(20);
  }

  @Test
  void countsDecentSettings() {
    StudyClaim three = claim(DECENT, 1, decentAt(3));
    assertTrue(three.holds());
    assertEquals(0.6, three.claim().estimate().getAsDouble(), 1e-12);
    StudyClaim two = claim(DECENT, 1, decentAt(2));
    assertFalse(two.holds());
    assertEquals(0.4, two.claim().estimate().getAsDouble(), 1e-12);
  }

  /// A collapsed run that measures as well as the best is not decent.
  @Test
  void whatLearnedNothingIsNotDecent() {
    Ends ends =
        setting ->
            !setting.is("sgd") && setting.rate() >= 2 ? End.untrained(0.010) : End.learned(0.010);
    StudyClaim claim = claim(DECENT, 1, ends);
    assertFalse(claim.holds());
    assertEquals(0.4, claim.claim().estimate().getAsDouble(), 1e-12);
  }
}
