package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.PlantedStudy.Ends;
import org.vaescape.analysis.runs.PlantedStudy.Setting;

class EpochClaimsTest {
  private static final String MORE = "higher-latent-more-epochs";
  private static final String RANGE = "epochs-12-to-28";

  private interface Epochs {
    double of(Setting setting);
  }

  private static StudyClaim claim(String name, int repeats, Epochs epochs) {
    Ends ends = setting -> End.learned(0.01).in(epochs.of(setting));
    return PlantedStudy.claim(PlantedStudy.landscape("vae", repeats, ends), name);
  }

  @Test
  void findsWhetherEpochsGrowWithLatent() {
    StudyClaim more =
        claim(MORE, 3, setting -> Math.round(20 + 2 * setting.latent() + 2 * setting.noise()));
    assertTrue(more.holds());
    assertEquals(Verdict.SUPPORTED, more.claim().verdict());
    assertTrue(more.claim().estimate().getAsDouble() > 0.8);
    StudyClaim fewer =
        claim(MORE, 3, setting -> Math.round(40 - 2 * setting.latent() + 2 * setting.noise()));
    assertFalse(fewer.holds());
    assertEquals(Verdict.CONTRADICTED, fewer.claim().verdict());
  }

  @Test
  void epochsThatDoNotFollowTheLatentAreLeftOpen() {
    assertEquals(
        Verdict.UNDECIDED,
        claim(MORE, 3, setting -> Math.round(20 + 5 * setting.noise())).claim().verdict());
  }

  /// Over all runs the correlation is below 0, since high rates take long; at equal rates it is 1.
  @Test
  void comparesAtEqualOtherSettings() {
    Ends ends =
        setting ->
            setting.latent() >= 3 && setting.rate() > 1
                ? End.failed("diverged")
                : End.learned(0.01).in(20 + setting.latent() + 20 * setting.rate());
    StudyClaim claim = PlantedStudy.claim(PlantedStudy.landscape("vae", 1, ends), MORE);
    assertTrue(claim.holds());
    assertEquals(1, claim.claim().estimate().getAsDouble(), 1e-12);
  }

  @Test
  void countsEpochsOfConvergedRuns() {
    StudyClaim within = claim(RANGE, 1, setting -> 12 + 2 * setting.latent() + setting.rate());
    assertTrue(within.holds());
    assertEquals(Verdict.SUPPORTED, within.claim().verdict());
    StudyClaim beyond =
        claim(RANGE, 1, setting -> 12 + 2 * setting.latent() + 2 * setting.rate() + 10);
    assertFalse(beyond.holds());
    assertEquals(Verdict.CONTRADICTED, beyond.claim().verdict());
    assertTrue(beyond.claim().sentence().contains("22 to 40 epochs"), beyond.claim().sentence());
    assertTrue(beyond.claim().estimate().getAsDouble() < 1);
  }

  @Test
  void runsThatNeverConvergedAreNotInTheRange() {
    StudyClaim claim = claim(RANGE, 1, setting -> setting.rate() == 0 ? 100 : 20);
    assertTrue(claim.holds());
    assertEquals(72, claim.claim().trials());
  }

  /// 18 of 90 settings converged: were a tenth outside, .9^18 = .15 of such studies would see none.
  @Test
  void fewSettingsWithinTheRangeDoNotSpeakOfAll() {
    StudyClaim claim = claim(RANGE, 1, setting -> setting.rate() == 0 ? 20 : 100);
    assertTrue(claim.holds());
    assertEquals(Verdict.UNDECIDED, claim.claim().verdict());
    assertTrue(claim.claim().reason().contains("18 settings"), claim.claim().reason());
  }
}
