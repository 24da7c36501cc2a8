package org.vaescape.analysis.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;

class ClaimTest {
  @Test
  void countsAndMeasurementsAskNothing() {
    List<Run> runs = PlantedStudy.landscape("", 2, PlantedStudy::typical).allRuns();
    assertEquals(
        Set.of(
            "failures/all runs",
            "unlearned/all runs",
            "seed-noise/all runs/val_mse",
            "user/all runs/val_mse/budget",
            "user/all runs/val_mse/closeness"),
        Sensitivity.of(Runs.set(runs)).claims().stream()
            .filter(Claim::measured)
            .map(Claim::id)
            .collect(Collectors.toSet()));
  }

  @Test
  void anUndecidedClaimIsNotReadAsAFact() {
    assertEquals(
        "vae: these runs do not tell whether latent has the largest main effect.",
        claim("vae: latent has the largest main effect.", Claim.Verdict.UNDECIDED).words());
  }

  @Test
  void whatSaysSoAlreadyAndWhatIsDecidedIsReadAsItStands() {
    for (String sentence :
        List.of(
            "vae: whether latent matters is not estimable.",
            "vae: no optimizer can be called least sensitive.")) {
      assertEquals(sentence, claim(sentence, Claim.Verdict.UNDECIDED).words());
    }
    String sentence = "vae: latent has the largest main effect.";
    assertEquals(sentence, claim(sentence, Claim.Verdict.SUPPORTED).words());
  }

  @Test
  void aContradictedClaimIsNotReadAsAFact() {
    Claim claim = claim("vae: latent 10 is enough.", Claim.Verdict.CONTRADICTED);
    assertEquals("vae: these runs contradict that latent 10 is enough.", claim.words());
    assertEquals("contradicted", claim.surety());
  }

  /// A bracket that says "contradicted" before "does not account for" reads as its opposite.
  @Test
  void aSentenceThatSaysWhatCameOutIsNotCalledContradicted() {
    String sentence = "vae: the optimizer does not account for more.";
    Claim claim = claim(sentence, Claim.Verdict.CONTRADICTED).asDenied();
    assertEquals(Claim.Verdict.CONTRADICTED, claim.verdict());
    assertEquals(sentence, claim.words());
    assertEquals("supported", claim.surety());
    Claim otherwise = claim(sentence, Claim.Verdict.SUPPORTED).asDenied();
    assertEquals(
        "vae: these runs contradict that the optimizer does not account for more.",
        otherwise.words());
    assertEquals("contradicted", otherwise.surety());
  }

  @Test
  void aSentenceOfWhatWasFoundIsDeniedByNothing() {
    String sentence = "vae: the first 3 settings come to 0.03, random ones to 0.02.";
    for (Claim.Verdict verdict : List.of(Claim.Verdict.SUPPORTED, Claim.Verdict.CONTRADICTED)) {
      Claim claim = claim(sentence, verdict).asFound();
      assertEquals(verdict, claim.verdict());
      assertEquals(sentence, claim.words());
      assertEquals("supported", claim.surety());
    }
    assertEquals("undecided", claim(sentence, Claim.Verdict.UNDECIDED).asFound().surety());
  }

  @Test
  void aCountIsSupportedByNothing() {
    String sentence = "vae: 4 of 9 runs failed.";
    Claim count = claim(sentence, Claim.Verdict.SUPPORTED);
    assertEquals("counted", count.asCounted().surety());
    assertEquals("measured", count.asMeasured().surety());
    assertEquals("undecided", claim(sentence, Claim.Verdict.UNDECIDED).asMeasured().surety());
  }

  /// Whatever the difference, its noise and the repeats.
  @Test
  void isDecidedExactlyWhereTheIntervalBesideItDoesNotHoldWhatItDenies() {
    for (double difference = -4; difference <= 4; difference += 0.01) {
      for (double degrees : new double[] {1, 2, 9.5, 100}) {
        OrderingProbability order = new OrderingProbability(difference, 0.5, degrees);
        Interval interval = order.interval(Claim.CONFIDENCE);
        assertEquals(
            interval.high() < 0
                ? Claim.Verdict.SUPPORTED
                : interval.low() > 0 ? Claim.Verdict.CONTRADICTED : Claim.Verdict.UNDECIDED,
            Claim.Verdict.of(order.firstIsLower()),
            interval + " at " + degrees);
      }
    }
  }

  private static Claim claim(String sentence, Claim.Verdict verdict) {
    return new Claim(
        "importance/vae/val_mse",
        sentence,
        "val_mse",
        "vae",
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        9,
        verdict,
        List.of(),
        "");
  }
}
