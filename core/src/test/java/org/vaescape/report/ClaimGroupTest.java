package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.compare.ClaimAcross;

class ClaimGroupTest {
  private static ClaimAcross.Entry entry(String study, String said) {
    Claim claim =
        new Claim(
            "user/vae/val_mse/budget",
            "vae: " + said + ".",
            "val_mse",
            "vae",
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            5,
            Claim.Verdict.SUPPORTED,
            List.of(),
            "");
    return new ClaimAcross.Entry(study, claim.asMeasured(), "vae: " + said);
  }

  @Test
  void whatWasMeasuredIsSupportedByNothing() {
    ClaimAcross measured =
        new ClaimAcross(
            "user/vae/val_mse/budget",
            "val_mse",
            "vae",
            ClaimAcross.Outcome.MEASURED,
            List.of(entry("a", "one trial is enough"), entry("b", "several trials are enough")),
            List.of());
    assertEquals(
        List.of("user/budget (vae: val_mse): a: one trial is enough; b: several trials are enough"),
        ClaimGroup.of(List.of(measured)).stream().map(ClaimGroup::line).toList());
  }
}
