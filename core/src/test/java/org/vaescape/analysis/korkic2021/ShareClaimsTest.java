package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.PlantedStudy.Ends;

class ShareClaimsTest {
  private static final String NAME = "optimizer-most-important";

  /// log loss = a x (optimizer: -1, 0, 1) + b x (rate: -2 to 2), whose variances are 2/3 a^2 and 2
  /// b^2.
  private static Ends effects(double optimizer, double rate, double noise) {
    return setting ->
        End.learned(
            0.02
                * Math.exp(
                    optimizer * (PlantedStudy.OPTIMIZERS.indexOf(setting.optimizer()) - 1)
                        + rate * (setting.rate() - 2)
                        + noise * setting.noise()));
  }

  private static StudyClaim claim(int repeats, Ends ends) {
    return PlantedStudy.claim(PlantedStudy.landscape("vae", repeats, ends), NAME);
  }

  @Test
  void theLargestEffectIsWhatWasPlanted() {
    StudyClaim largest = claim(3, effects(0.6, 0.2, 0.05));
    assertTrue(largest.holds());
    assertEquals(Verdict.SUPPORTED, largest.claim().verdict());
    double share = 0.24 / (0.24 + 0.08 + 0.0025);
    assertEquals(share, largest.claim().estimate().getAsDouble(), 0.02);
    assertTrue(largest.claim().interval().orElseThrow().contains(share));
    StudyClaim second = claim(3, effects(0.3, 0.3, 0.05));
    assertFalse(second.holds());
    assertEquals(Verdict.CONTRADICTED, second.claim().verdict());
    assertTrue(second.claim().sentence().contains("does not have the largest"));
  }

  /// Noise decides between equals, and in one of ten studies it looks sure.
  @Test
  void effectsOfOneSizeAreLeftOpen() {
    assertEquals(
        Verdict.UNDECIDED, claim(4, effects(0.3, 0.3 / Math.sqrt(3), 0.3)).claim().verdict());
  }

  /// Only SGD differs: without it the optimizer does nothing.
  @Test
  void saysThatItHangsOnSgd() {
    Ends ends =
        setting -> End.learned((setting.is("sgd") ? 0.2 : 0.01) * (1 + 0.1 * setting.rate()));
    StudyClaim claim = claim(1, ends);
    assertTrue(claim.holds());
    assertTrue(claim.claim().overturnedBy().contains("without optimizer sgd"));
  }

  @Test
  void saysWhereHardlyAnyRunLearned() {
    Ends learned = effects(0.6, 0.2, 0.05);
    Ends ends = setting -> setting.is("adam") ? learned.of(setting) : End.untrained(0.0777);
    assertTrue(
        claim(3, ends)
            .claim()
            .reason()
            .contains("of the 270 runs compared learned: the shares are"));
    assertFalse(claim(3, learned).claim().reason().contains("compared learned"));
  }
}
