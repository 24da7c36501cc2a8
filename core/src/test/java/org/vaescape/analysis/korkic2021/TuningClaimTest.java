package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.PlantedStudy.Ends;

class TuningClaimTest {
  private static final String NAME = "adam-rmsprop-less-sensitive-than-sgd";

  private static StudyClaim claim(int repeats, Ends ends) {
    return PlantedStudy.claim(PlantedStudy.landscape("vae", repeats, ends), NAME);
  }

  /// SGD is bad everywhere and so has the smallest spread; a user of Adam gets far with three
  /// tries.
  @Test
  void anOptimizerThatNeverLearnsIsNotInsensitive() {
    StudyClaim claim = claim(2, PlantedStudy::typical);
    assertTrue(claim.holds());
    assertEquals(Verdict.SUPPORTED, claim.claim().verdict());
    assertTrue(claim.claim().estimate().getAsDouble() > 3);
    assertTrue(claim.claim().sentence().contains("would call sgd the least sensitive"));
    assertTrue(claim.claim().sentence().contains("sgd 0 of 30"));
  }

  @Test
  void anOptimizerThatIsGoodEverywhereIsTheLeastSensitive() {
    Ends ends =
        setting ->
            End.learned(
                (setting.is("sgd") ? 0.011 : setting.rate() == 2 ? 0.010 : 0.05)
                    * Math.exp(0.01 * setting.noise()));
    StudyClaim claim = claim(2, ends);
    assertFalse(claim.holds());
    assertEquals(Verdict.CONTRADICTED, claim.claim().verdict());
  }

  /// Six of thirty settings have 0.01 and the rest 0.04: the best of three drawn without
  /// replacement is 0.04 with probability C(24, 3) / C(30, 3), on the logarithm.
  @Test
  void expectsTheBestOfThreeRandomSettings() {
    Ends ends =
        setting -> End.learned(setting.is("sgd") ? 0.08 : setting.rate() == 2 ? 0.01 : 0.04);
    double none = 24.0 * 23 * 22 / (30.0 * 29 * 28);
    double expected = 0.01 * Math.pow(4, none);
    assertEquals(0.08 / expected, claim(1, ends).claim().estimate().getAsDouble(), 1e-9);
  }
}
