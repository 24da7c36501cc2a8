package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.PlantedStudy.Setting;
import org.vaescape.analysis.runs.Run;

class FailureClaimsTest {
  private static final String TENTH = "nan-rmsprop-at-0.1-low-latent";
  private static final String IWAE = "nan-iwae-low-learning-rate";
  private static final String LOG_COSH = "nan-logcosh-low-learning-rate-low-latent";
  private static final String MEMORY = "infovae-out-of-memory-latent-200";

  private static StudyClaim claim(
      String model, String name, String ending, Predicate<Setting> fails) {
    return PlantedStudy.claim(
        PlantedStudy.landscape(
            model, 1, setting -> fails.test(setting) ? End.failed(ending) : End.learned(0.01)),
        name);
  }

  private static StudyClaim diverging(String model, String name, Predicate<Setting> fails) {
    return claim(model, name, "diverged", fails);
  }

  private static void verdict(Verdict verdict, StudyClaim claim) {
    assertEquals(verdict, claim.claim().verdict(), claim.claim().reason());
    assertTrue(claim.claim().reason().startsWith("a count"), claim.claim().reason());
    assertTrue(claim.claim().sentence().contains("One seed."), claim.claim().sentence());
  }

  private static void verdict(boolean holds, StudyClaim claim) {
    assertEquals(holds, claim.holds());
    verdict(holds ? Verdict.SUPPORTED : Verdict.CONTRADICTED, claim);
  }

  @Test
  void rmspropDivergesAtATenthWithLowLatents() {
    StudyClaim as =
        diverging("vae", TENTH, s -> s.is("rmsprop") && s.rate() == 4 && s.latent() < 3);
    verdict(true, as);
    assertTrue(as.claim().sentence().contains("diverges at latent 10, 20 and 30 and at no other"));
    verdict(
        false, diverging("vae", TENTH, s -> s.is("rmsprop") && s.rate() == 4 && s.latent() > 2));
    StudyClaim everywhere = diverging("vae", TENTH, s -> s.is("rmsprop") && s.rate() == 4);
    assertFalse(everywhere.holds());
    verdict(Verdict.UNDECIDED, everywhere);
  }

  /// 3 of 3 settings against 1 of 3 comes by chance in one case of five.
  @Test
  void aHandfulOfSettingsDecidesOnlyWhatChanceDoesNotExplain() {
    StudyClaim few =
        diverging(
            "vae",
            TENTH,
            s -> s.is("rmsprop") && s.rate() == 4 && (s.latent() < 3 || s.latent() == 5));
    assertTrue(few.holds());
    verdict(Verdict.UNDECIDED, few);
    assertTrue(few.claim().reason().contains("3 of 3 and 1 of 3: p = 0.2"), few.claim().reason());
  }

  /// Ten repeats of two settings are two settings.
  @Test
  void repeatsOfASettingAreNoFurtherSigns() {
    Landscape landscape =
        PlantedStudy.landscape(
            "vae",
            10,
            s ->
                s.is("rmsprop") && s.rate() == 4 && s.latent() < 2
                    ? End.failed("diverged")
                    : End.learned(0.01));
    Claim claim = PlantedStudy.claim(landscape, TENTH).claim();
    assertEquals(Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.sentence().contains("20 of 30 runs diverged"), claim.sentence());
    assertFalse(claim.sentence().contains("One seed"), claim.sentence());
  }

  @Test
  void whereNothingFailsTheNumberOfSettingsDecides() {
    verdict(Verdict.UNDECIDED, diverging("vae", TENTH, _ -> false));
    verdict(
        Verdict.UNDECIDED,
        diverging("vae", TENTH, s -> s.is("adam") && s.rate() == 4 && s.latent() < 3));
    StudyClaim none = diverging("iwae", IWAE, _ -> false);
    verdict(false, none);
    assertTrue(none.claim().reason().contains("none in 24 settings"), none.claim().reason());
    assertTrue(none.claim().sentence().contains("is not found again"), none.claim().sentence());
  }

  @Test
  void iwaeDivergesAtLowRates() {
    StudyClaim as = diverging("iwae", IWAE, s -> !s.is("sgd") && s.rate() < 2);
    verdict(true, as);
    assertEquals(1, as.claim().estimate().getAsDouble());
    assertTrue(as.claim().sentence().contains("agree with it as it stands"));
    StudyClaim turned = diverging("iwae", IWAE, s -> !s.is("sgd") && s.rate() > 2);
    verdict(false, turned);
    assertTrue(turned.claim().sentence().contains("turned round it would agree"));
    verdict(false, diverging("iwae", IWAE, s -> s.is("sgd") && s.rate() < 2));
  }

  @Test
  void logCoshDivergesAtLowRatesAndLatents() {
    verdict(
        true,
        diverging("logcosh-vae", LOG_COSH, s -> s.is("rmsprop") && s.rate() < 2 && s.latent() < 3));
    StudyClaim turned =
        diverging("logcosh-vae", LOG_COSH, s -> s.is("rmsprop") && s.rate() > 2 && s.latent() < 3);
    verdict(false, turned);
    assertTrue(turned.claim().sentence().contains("turned round it would agree"));
    verdict(
        false,
        diverging("logcosh-vae", LOG_COSH, s -> s.is("rmsprop") && s.rate() < 2 && s.latent() > 2));
  }

  @Test
  void claimsOfOneModelAreMadeOfItAlone() {
    List<String> names =
        StudyClaims.scored(PlantedStudy.landscape("vae", 1, PlantedStudy::typical), 1).stream()
            .map(StudyClaim::name)
            .toList();
    assertFalse(names.contains("korkic2021/" + IWAE));
    assertFalse(names.contains("korkic2021/" + LOG_COSH));
    assertFalse(names.contains("korkic2021/" + MEMORY));
  }

  @Test
  void infoVaeRunsOutOfMemoryAtTheLargestLatent() {
    verdict(true, claim("infovae", MEMORY, "out-of-memory", s -> s.latent() == 5));
    verdict(false, claim("infovae", MEMORY, "out-of-memory", s -> s.latent() == 0));
    verdict(false, diverging("infovae", MEMORY, s -> s.latent() == 5));
    verdict(
        Verdict.UNDECIDED,
        claim(
            "infovae",
            MEMORY,
            "out-of-memory",
            s -> s.latent() == 5 && s.rate() == 4 && s.is("adam")));
    StudyClaim none = claim("infovae", MEMORY, "out-of-memory", _ -> false);
    verdict(false, none);
    assertTrue(
        none.claim()
            .sentence()
            .contains("3.2 GB at latent 200 and batch 1000, 1.6 GB at latent 100"));
  }

  /// 4 arrays of 1000 x 1000 x 200 numbers of 4 bytes.
  @Test
  void memoryGrowsWithTheSquareOfTheBatch() {
    assertEquals("3.2", MemoryClaim.gigabytes(1000, 200));
    assertEquals("0.032", MemoryClaim.gigabytes(100, 200));
  }

  @Test
  void takesTheBatchFromTheRunsWhereTheyHaveOne() {
    Landscape landscape = PlantedStudy.landscape("infovae", 1, _ -> End.learned(0.01));
    List<Run> runs = new ArrayList<>();
    for (Run run : landscape.runs()) {
      SequencedMap<String, String> settings = new LinkedHashMap<>(run.settings());
      settings.put("batch", "500");
      runs.add(new Run(run.id(), settings, run.repeat(), run.fate(), run.ending(), run.outcomes()));
    }
    StudyClaim claim =
        PlantedStudy.claim(Landscape.of(landscape.scope(), runs, List.of(), true), MEMORY);
    assertTrue(claim.claim().sentence().contains("0.8 GB at latent 200 and batch 500"));
  }
}
