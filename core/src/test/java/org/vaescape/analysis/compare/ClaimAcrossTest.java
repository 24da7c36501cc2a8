package org.vaescape.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Runs;

class ClaimAcrossTest {
  /// Which numbers in a sentence are values of a hyper-parameter.
  private static final Wording KNOWN =
      Wording.of(
          Runs.grid(
              Runs.space(
                  Map.entry("model", List.of("vae")),
                  Map.entry("latent", List.of("10", "20", "50", "100")),
                  Map.entry("learning-rate", List.of("0.0001", "0.001", "0.01")),
                  Map.entry("optimizer", List.of("adam", "rmsprop", "sgd")),
                  Map.entry("sgd.momentum", List.of("0.9"))),
              1,
              (settings, repeat) -> 1));

  @Test
  void saysWhichClaimsHoldAndWhichFlip() {
    ClaimAcross.Entry yes = entry("a", Claim.Verdict.SUPPORTED, "adam is best");
    ClaimAcross.Entry too = entry("b", Claim.Verdict.SUPPORTED, "adam is best");
    ClaimAcross.Entry another = entry("b", Claim.Verdict.SUPPORTED, "sgd is best");
    ClaimAcross.Entry no = entry("b", Claim.Verdict.CONTRADICTED, "adam is best");
    ClaimAcross.Entry never = entry("a", Claim.Verdict.CONTRADICTED, "adam is best");
    ClaimAcross.Entry open = entry("b", Claim.Verdict.UNDECIDED, "sgd is best");
    assertEquals(ClaimAcross.Outcome.HOLDS, outcome(yes, too));
    assertEquals(ClaimAcross.Outcome.FLIPS, outcome(yes, another));
    assertEquals(ClaimAcross.Outcome.FLIPS, outcome(yes, no));
    assertEquals(ClaimAcross.Outcome.FAILS, outcome(never, no));
    assertEquals(ClaimAcross.Outcome.OPEN, outcome(yes, open));
    assertEquals(
        ClaimAcross.Outcome.OPEN,
        new ClaimAcross("id", "", "vae", List.of(yes), List.of("b")).outcome());
  }

  /// That adam is not best in one study and sgd not in the other can both be true of both.
  @Test
  void whatStudiesSayOfDifferentAnswersContradictsNothing() {
    ClaimAcross.Entry yes = entry("a", Claim.Verdict.SUPPORTED, "adam is best");
    ClaimAcross.Entry never = entry("a", Claim.Verdict.CONTRADICTED, "adam is best");
    ClaimAcross.Entry notAnother = entry("b", Claim.Verdict.CONTRADICTED, "sgd is best");
    ClaimAcross.Entry another = entry("c", Claim.Verdict.SUPPORTED, "rmsprop is best");
    assertEquals(ClaimAcross.Outcome.OPEN, outcome(never, notAnother));
    assertEquals(ClaimAcross.Outcome.OPEN, outcome(yes, notAnother));
    assertEquals(ClaimAcross.Outcome.FLIPS, outcome(yes, notAnother, another));
  }

  /// That one setting is nearly the best here and another one there can both be true of both; that
  /// one is the best cannot.
  @Test
  void goodSettingsExcludeNothingAndTheBestOneAllOthers() {
    ClaimAcross.Entry yes = entry("a", Claim.Verdict.SUPPORTED, "latent 10");
    ClaimAcross.Entry too = entry("b", Claim.Verdict.SUPPORTED, "latent 10");
    ClaimAcross.Entry another = entry("b", Claim.Verdict.SUPPORTED, "latent 20");
    ClaimAcross.Entry no = entry("c", Claim.Verdict.CONTRADICTED, "latent 10");
    for (String kind : List.of("start", "first-settings", "safe-region")) {
      ClaimAcross across = across(kind, yes, another);
      assertEquals(ClaimAcross.Outcome.OPEN, across.outcome(), kind);
      assertTrue(across.differs(), kind);
      assertEquals(ClaimAcross.Outcome.HOLDS, across(kind, yes, too).outcome(), kind);
      assertFalse(across(kind, yes, too).differs(), kind);
      assertEquals(ClaimAcross.Outcome.FLIPS, across(kind, yes, no).outcome(), kind);
      assertEquals(ClaimAcross.Outcome.FLIPS, across(kind, yes, another, no).outcome(), kind);
    }
    for (String kind : List.of("best-setting", "importance", "smallest-latent", "best-model")) {
      assertEquals(ClaimAcross.Outcome.FLIPS, across(kind, yes, another).outcome(), kind);
      assertFalse(across(kind, yes, another).differs(), kind);
    }
  }

  private static ClaimAcross across(String kind, ClaimAcross.Entry... entries) {
    return new ClaimAcross(kind + "/vae/val_mse", "val_mse", "vae", List.of(entries), List.of());
  }

  /// A loss of 0.0213 here and of 0.0225 there is no conclusion.
  @Test
  void measurementsNeitherHoldNorFlip() {
    List<ClaimAcross.Entry> entries = new ArrayList<>();
    for (String said : List.of("all at latent 10", "all at latent 20")) {
      Claim claim = claim(Claim.Verdict.SUPPORTED, "", said + ".").asMeasured();
      entries.add(new ClaimAcross.Entry(said, claim, said));
    }
    for (List<ClaimAcross.Entry> own :
        List.of(entries, List.of(entries.getFirst(), entries.getFirst()))) {
      ClaimAcross across = new ClaimAcross("id", "", "vae", own, List.of());
      assertEquals(ClaimAcross.Outcome.MEASURED, across.outcome());
      assertFalse(across.conclusion());
    }
  }

  private static ClaimAcross.Outcome outcome(ClaimAcross.Entry... entries) {
    return new ClaimAcross("id", "", "vae", List.of(entries), List.of()).outcome();
  }

  private static ClaimAcross.Entry entry(String study, Claim.Verdict verdict, String answer) {
    return new ClaimAcross.Entry(
        study, claim(verdict, "", "said in " + study + ".").naming(answer), "said in " + study);
  }

  private static Claim claim(Claim.Verdict verdict, String metric, String sentence) {
    return new Claim(
        "id",
        sentence,
        metric,
        "vae",
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        5,
        verdict,
        List.of(),
        "");
  }

  @Test
  void readsAClaimApartFromItsNumbersAndEvidence() {
    assertReads(
        "vae: # of # runs failed, all at learning-rate 0.1 or 0.01, latent 10",
        List.of("6", "90"),
        "vae: 6 of 90 runs failed (6 diverged (NaN)), all at learning-rate 0.1 or 0.01, latent 10. Whether a run fails varies with latent 20 %.");
    assertReads(
        "vae: sgd momentum 0.9 has # times [#, #]",
        List.of("1.03", "0.99", "-1.07e-3"),
        "vae: sgd momentum 0.9 has 1.03 times [0.99, -1.07e-3].");
    assertReads(
        "vae: optimizer has the largest main effect on val_mse",
        List.of(),
        "vae: optimizer has the largest main effect on log val_mse: optimizer 58 % [57, 58], learning-rate 28 % [28, 28].");
    assertReads(
        "vae: latent # % and the best setting has learning rate 0.01, not #",
        List.of("20", "0.001"),
        "vae: latent 20 % and the best setting has learning rate 0.01, not 0.001: val_mse 0.2.");
  }

  private static void assertReads(String wording, List<String> numbers, String sentence) {
    Claim claim = claim(Claim.Verdict.SUPPORTED, "val_mse", sentence);
    assertEquals(wording, KNOWN.of(claim));
    assertEquals(numbers, new ClaimAcross.Entry("a", claim, wording).numbers());
  }

  /// Which scale an outcome has, and what noise is told from, are no conclusions.
  @Test
  void readsAlikeOnEveryScaleAndWhateverIsSmall() {
    List<String> read = new ArrayList<>();
    for (String sentence :
        List.of(
            "vae: latent has the largest main effect on log val_mse: latent 9 %, optimizer 5 %.",
            "vae: latent has the largest main effect on val_mse: latent 7 %, learning-rate 4 %.")) {
      read.add(KNOWN.of(claim(Claim.Verdict.SUPPORTED, "val_mse", sentence)));
    }
    assertEquals(read.get(0), read.get(1));
  }
}
