package org.vaescape.analysis.korkic2021;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Claim.Verdict;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.PlantedStudy.End;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;

class StudyClaimsTest {
  private static List<Claim> scored(Landscape landscape, long seed) {
    return StudyClaims.scored(landscape, seed).stream().map(StudyClaim::claim).toList();
  }

  private static List<Claim> typical(String model, int repeats) {
    return scored(PlantedStudy.landscape(model, repeats, PlantedStudy::typical), 7);
  }

  private static Set<String> names(List<StudyClaim> claims) {
    return claims.stream()
        .map(claim -> claim.name().substring("korkic2021/".length()))
        .collect(Collectors.toSet());
  }

  @Test
  void idsNameTheStudyTheClaimAndTheScope() {
    List<Claim> claims = typical("vae", 1);
    assertEquals(12, claims.size());
    assertEquals(12, claims.stream().map(Claim::id).distinct().count());
    for (Claim claim : claims) {
      assertTrue(claim.id().matches("korkic2021/[a-z0-9.-]+/vae"), claim.id());
      assertTrue(claim.sentence().startsWith("vae: "), claim.sentence());
    }
  }

  @Test
  void oneSeedDecidesCountsAlone() {
    Set<String> counts = Set.of("epochs-12-to-28", "nan-rmsprop-at-0.1-low-latent");
    for (Claim claim : typical("vae", 1)) {
      boolean counted = counts.contains(name(claim));
      assertEquals(counted, claim.verdict() != Verdict.UNDECIDED, claim.id());
      assertEquals(counted, claim.reason().startsWith("a count"), claim.id());
      assertTrue(claim.probability().isEmpty());
    }
  }

  /// `epochs-12-to-28` of `korkic2021/epochs-12-to-28/vae`.
  private static String name(Claim claim) {
    return claim.id().substring(claim.id().indexOf('/') + 1, claim.id().lastIndexOf('/'));
  }

  @Test
  void repeatsDecideWhatWasPlanted() {
    for (Claim claim : typical("vae", 3)) {
      boolean planted =
          !Set.of("best-learning-rate-0.01", "adam-rmsprop-decent-in-most").contains(name(claim));
      assertEquals(planted ? Verdict.SUPPORTED : Verdict.CONTRADICTED, claim.verdict(), claim.id());
    }
  }

  @Test
  void claimsOfLevelsThatWereNotTriedAreNotMade() {
    Scope scope = new Scope("vae", new LinkedHashMap<>());
    Set<String> names =
        names(
            StudyClaims.scored(
                PlantedStudy.landscape(scope, List.of("adam", "rmsprop"), 1, PlantedStudy::typical),
                1));
    assertFalse(names.contains("adam-and-rmsprop-best"));
    assertFalse(names.contains("adam-rmsprop-less-sensitive-than-sgd"));
    assertTrue(names.contains("rmsprop-slightly-better-than-adam"));
    Set<String> withoutRmsprop =
        names(
            StudyClaims.scored(
                PlantedStudy.landscape(scope, List.of("adam", "sgd"), 1, PlantedStudy::typical),
                1));
    assertFalse(withoutRmsprop.contains("rmsprop-slightly-better-than-adam"));
    assertFalse(withoutRmsprop.contains("nan-rmsprop-at-0.1-low-latent"));
    assertTrue(withoutRmsprop.contains("best-learning-rate-0.001"));
  }

  @Test
  void modelsAreScoredByTheirOwnLossAndComparedByOneThatTheyShare() {
    assertEquals("val_reconstruction", typical("vae", 1).getFirst().metric());
    assertEquals("val_mse", typical("", 1).getFirst().metric());
  }

  @Test
  void runsWithoutAnyLossMakeNoClaimAboutLosses() {
    List<Claim> claims = scored(PlantedStudy.landscape("vae", 1, _ -> End.failed("diverged")), 1);
    assertEquals(
        List.of("korkic2021/nan-rmsprop-at-0.1-low-latent/vae"),
        claims.stream().map(Claim::id).toList());
  }

  @Test
  void equalSeedsGiveEqualClaims() {
    assertEquals(typical("vae", 2), typical("vae", 2));
  }

  /// Ids of claims of the study about runs of this origin.
  private static List<String> asked(
      RunSet.Origin origin, List<String> models, List<String> latents) {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("model", models),
                Map.entry("latent", latents),
                Map.entry("learning-rate", List.of("0.001", "0.1")),
                Map.entry("optimizer", List.of("adam", "rmsprop"))),
            1,
            (cell, _) -> "adam".equals(cell.get("optimizer")) ? 0.01 : 0.02);
    RunSet set = Runs.set(runs);
    RunSet own =
        new RunSet(
            set.name(),
            set.seed(),
            runs,
            set.readings(),
            set.crossed(),
            set.logarithmic(),
            set.genes(),
            set.outcomes(),
            origin);
    return Sensitivity.of(own).claims().stream()
        .map(Claim::id)
        .filter(id -> id.startsWith("korkic2021/"))
        .toList();
  }

  @Test
  void areAskedOfNobodysTable() {
    List<String> latents = List.of("10", "200");
    assertEquals(List.of(), asked(RunSet.Origin.TABLE, List.of("vae"), latents));
    assertTrue(
        asked(RunSet.Origin.PRESET, List.of("vae"), latents)
            .contains("korkic2021/nan-rmsprop-at-0.1-low-latent/vae"));
  }

  @Test
  void areAskedOfAStudyThatVariesWhatTheStudyVaried() {
    assertFalse(asked(RunSet.Origin.STUDY, List.of("vae"), List.of("10", "200")).isEmpty());
    assertEquals(List.of(), asked(RunSet.Origin.STUDY, List.of("vae"), List.of("10")));
  }

  @Test
  void areAskedOfModelsOfTheStudyAlone() {
    List<String> ids =
        asked(RunSet.Origin.PRESET, List.of("vae", "beta-vae"), List.of("10", "200"));
    assertFalse(ids.isEmpty());
    assertTrue(ids.stream().allMatch(id -> id.endsWith("/vae")), ids.toString());
  }
}
