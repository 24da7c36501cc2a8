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

class RateClaimsTest {
  private static final String THOUSANDTH = "best-learning-rate-0.001";
  private static final String HUNDREDTH = "best-learning-rate-0.01";

  private static Ends byRate(double noise, double... losses) {
    return setting -> End.learned(losses[setting.rate()] * Math.exp(noise * setting.noise()));
  }

  private static StudyClaim claim(String name, int repeats, Ends ends) {
    return PlantedStudy.claim(PlantedStudy.landscape("vae", repeats, ends), name);
  }

  @Test
  void oneOfTwoRatesIsTheBest() {
    Ends ends = byRate(0.01, 0.05, 0.03, 0.010, 0.015, 0.04);
    assertTrue(claim(THOUSANDTH, 3, ends).holds());
    assertEquals(Verdict.SUPPORTED, claim(THOUSANDTH, 3, ends).claim().verdict());
    assertFalse(claim(HUNDREDTH, 3, ends).holds());
    assertEquals(Verdict.CONTRADICTED, claim(HUNDREDTH, 3, ends).claim().verdict());
    assertEquals(1.5, claim(HUNDREDTH, 3, ends).claim().estimate().getAsDouble(), 0.05);
    Ends other = byRate(0.01, 0.05, 0.03, 0.015, 0.010, 0.04);
    assertFalse(claim(THOUSANDTH, 3, other).holds());
    assertTrue(claim(HUNDREDTH, 3, other).holds());
  }

  @Test
  void ratesThatDifferByLessThanNoiseAreLeftOpen() {
    Ends ends = byRate(0.1, 0.05, 0.03, 0.0100, 0.0101, 0.04);
    assertEquals(Verdict.UNDECIDED, claim(THOUSANDTH, 2, ends).claim().verdict());
    assertEquals(Verdict.UNDECIDED, claim(HUNDREDTH, 2, ends).claim().verdict());
  }

  /// The best cell is at 0.001, while all others there are worse than those at 0.01.
  @Test
  void tellsTheRateOfTheLowestMeanToo() {
    Ends ends =
        setting ->
            End.learned(
                switch (setting.rate()) {
                  case 2 -> setting.latent() == 0 ? 0.009 : 0.030;
                  case 3 -> 0.010;
                  default -> 0.05;
                });
    StudyClaim claim = claim(THOUSANDTH, 1, ends);
    assertTrue(claim.holds());
    assertTrue(
        claim.claim().sentence().contains("lowest mean over settings that learned is 0.01."));
  }

  @Test
  void whatLearnedNothingHasNoBestRate() {
    Ends ends =
        setting ->
            setting.rate() == 3
                ? End.untrained(0.001)
                : End.learned(0.01 + 0.01 * Math.abs(setting.rate() - 2));
    assertTrue(claim(THOUSANDTH, 1, ends).holds());
    assertFalse(claim(HUNDREDTH, 1, ends).holds());
  }

  @Test
  void saysThatABestRateLiesAtTheEdge() {
    Claim claim = claim(HUNDREDTH, 1, byRate(0, 0.05, 0.04, 0.03, 0.02, 0.01)).claim();
    assertTrue(
        claim.sentence().contains("learning rate 0.1, not 0.01 (the highest that was tried)"),
        claim.sentence());
  }

  @Test
  void hangsOnTheLevelThatItNames() {
    Claim claim = claim(HUNDREDTH, 1, byRate(0, 0.05, 0.04, 0.010, 0.011, 0.02)).claim();
    assertTrue(claim.overturnedBy().contains("without learning-rate 0.001"));
  }
}
