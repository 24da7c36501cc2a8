package org.vaescape.analysis.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;

class ClaimTest {
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
    assertEquals(sentence, claim(sentence, Claim.Verdict.CONTRADICTED).words());
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
