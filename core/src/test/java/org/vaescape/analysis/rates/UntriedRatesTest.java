package org.vaescape.analysis.rates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.korkic2021.StudyClaim;
import org.vaescape.analysis.korkic2021.StudyClaims;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;

class UntriedRatesTest {
  private static final String DOUBT =
      "the best learning_rate of sgd may lie beyond 0.0001 to 0.1, which were tried";

  /// Both optimizers are as good at their best rates: that of adam is 0.01, that of sgd this one.
  private static Sensitivity found(double ofSgd) {
    SplittableRandom random = new SplittableRandom(1);
    return Sensitivity.of(
        Runs.set(
            Runs.grid(
                Runs.space(
                    Map.entry("optimizer", List.of("adam", "sgd")),
                    Map.entry("learning_rate", List.of("0.0001", "0.001", "0.01", "0.1")),
                    Map.entry("latent", List.of("10", "50"))),
                3,
                (cell, _) -> {
                  double best = cell.getOrDefault("optimizer", "").equals("sgd") ? ofSgd : 0.003;
                  double off =
                      Math.log10(Double.parseDouble(cell.getOrDefault("learning_rate", "")) / best);
                  return 0.01 * Math.exp(0.6 * off * off + 0.03 * random.nextGaussian());
                })));
  }

  private static Claim claim(Sensitivity found, String id) {
    return found.claims().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void areADoubtOfEveryClaimThatAnOptimizerIsBetter() {
    Sensitivity found = found(10);
    Claim importance = claim(found, "importance/all runs/val_mse");
    assertEquals("optimizer", importance.answer());
    assertEquals(Claim.Verdict.SUPPORTED, importance.verdict());
    assertTrue(importance.reason().contains(DOUBT), importance.reason());
    Claim least = claim(found, "user/all runs/val_mse/least-sensitive");
    assertEquals("adam", least.answer());
    assertTrue(least.reason().contains(DOUBT), least.reason());
    Advice keep =
        found.advice().stream()
            .filter(one -> one.kind().equals(Advice.KEEP))
            .filter(one -> one.sentence().contains("optimizer"))
            .findFirst()
            .orElseThrow();
    assertTrue(keep.reason().contains(DOUBT), keep.reason());
  }

  @Test
  void areNoDoubtOfWhatIsNotAboutOptimizersNorWhereAllBestRatesLieInside() {
    assertFalse(claim(found(10), "best-setting/all runs/val_mse").reason().contains(DOUBT));
    for (Claim claim : found(0.01).claims()) {
      assertFalse(claim.reason().contains("may lie beyond"), claim.reason());
    }
  }

  @Test
  void areADoubtOfClaimsThatTheStudyMakes() {
    Set<String> made =
        StudyClaims.scored(PlantedStudy.landscape("vae", 2, PlantedStudy::typical), 1).stream()
            .map(StudyClaim::name)
            .collect(Collectors.toSet());
    for (String name : UntriedRates.OF_STUDY) {
      assertTrue(made.contains("korkic2021/" + name), name + " is none of " + made);
    }
  }

  @Test
  void ofTheWinnerItselfAreNone() {
    BestRate adam =
        new BestRate(
            "lr", "adam", OptionalDouble.of(0.1), List.of(), 0.01, 0.1, 6, 6, List.of(1.0));
    assertEquals("", UntriedRates.doubt(List.of(adam), "adam"));
    assertEquals(
        "the best lr of adam may lie beyond 0.01 to 0.1, which were tried",
        UntriedRates.doubt(List.of(adam), "sgd"));
  }
}
