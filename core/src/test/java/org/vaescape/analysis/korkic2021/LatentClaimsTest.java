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

class LatentClaimsTest {
  private static final String LOWER = "lower-latent-favoured";
  private static final String LITTLE = "latent-alone-changes-little";

  /// Losses that grow by a factor from each latent to the next.
  private static Ends growing(double factor, double noise) {
    return setting ->
        End.learned(
            0.01
                * (1 + setting.rate())
                * Math.pow(factor, setting.latent())
                * Math.exp(noise * setting.noise()));
  }

  private static StudyClaim claim(String name, int repeats, Ends ends) {
    return PlantedStudy.claim(PlantedStudy.landscape("vae", repeats, ends), name);
  }

  @Test
  void findsWhichHalfOfTheLatentsIsLower() {
    StudyClaim lower = claim(LOWER, 3, growing(1.02, 0.02));
    assertTrue(lower.holds());
    assertEquals(Verdict.SUPPORTED, lower.claim().verdict());
    double planted = Math.pow(1.02, -3);
    assertEquals(planted, lower.claim().estimate().getAsDouble(), 0.01);
    assertTrue(lower.claim().interval().orElseThrow().contains(planted));
    StudyClaim higher = claim(LOWER, 3, growing(0.98, 0.02));
    assertFalse(higher.holds());
    assertEquals(Verdict.CONTRADICTED, higher.claim().verdict());
    assertTrue(
        higher.claim().words().startsWith("vae: lower latents are not favoured: "),
        higher.claim().words());
    assertEquals("supported", higher.claim().surety());
  }

  @Test
  void noiseAloneLeavesItOpen() {
    assertEquals(Verdict.UNDECIDED, claim(LOWER, 3, growing(1, 0.3)).claim().verdict());
  }

  /// High latents learn only at the worst rate: at equal settings they are better, though their
  /// mean is worse.
  @Test
  void comparesAtEqualOtherSettings() {
    Ends ends =
        setting ->
            setting.latent() >= 3 && setting.rate() < 4
                ? End.untrained(0.08)
                : End.learned((1 + setting.rate()) * (setting.latent() < 3 ? 0.010 : 0.009));
    assertFalse(claim(LOWER, 1, ends).holds());
  }

  @Test
  void latentChangesLittleNextToTheRate() {
    StudyClaim little = claim(LITTLE, 3, growing(1.02, 0.01));
    assertTrue(little.holds());
    assertEquals(Verdict.SUPPORTED, little.claim().verdict());
    assertTrue(little.claim().estimate().getAsDouble() < 0.05);
    StudyClaim much = claim(LITTLE, 3, growing(1.3, 0.01));
    assertFalse(much.holds());
    assertEquals(Verdict.CONTRADICTED, much.claim().verdict());
    assertTrue(much.claim().probability().getAsDouble() < 0.05);
  }

  @Test
  void aShareAtTheLimitIsLeftOpen() {
    // The variance of log latent effects is 0.05 / 0.95 of that of log(1..5) at a factor of 1.078.
    assertEquals(Verdict.UNDECIDED, claim(LITTLE, 3, growing(1.078, 0.25)).claim().verdict());
  }

  @Test
  void tellsTheRatioOfTheWorstToTheBestLatent() {
    Claim claim = claim(LITTLE, 1, growing(1.02, 0)).claim();
    assertTrue(claim.sentence().contains("has 1.1 times"), claim.sentence()); // 1.02^5 = 1.104
  }
}
