package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class LatentUnitsTest {
  @Test
  void agreesWithTheGoldenLatent() {
    JsonNode latent = Golden.at(Golden.read(GoldenPoints.FILE), "latent");
    Golden.Array mu = Golden.array(latent, "mu");
    LatentUnits units =
        LatentUnits.of(mu.floats(), Golden.array(latent, "logvar").floats(), mu.shape()[0]);
    Golden.assertClose(
        Golden.array(latent, "mean_kl_per_dimension").doubles(), units.kl(), 1e-5, 1e-8, "KL");
    Golden.assertClose(
        Golden.array(latent, "variance_of_mean_ddof0").doubles(),
        units.varianceOfMean(),
        1e-6,
        0,
        "variance of the means");
    Golden.assertClose(
        Golden.number(latent, "kl_total"), units.totalKl(), 1e-6, 0, "KL of all units");
    assertEquals(
        Golden.number(latent, "threshold"), LatentUnits.VARIANCE_IN_USE, "another threshold");
    assertEquals(Golden.number(latent, "active_units_ddof0"), units.inUseByVariance());
    // The divisor that others take moves no unit over the threshold here.
    double samples = mu.shape()[0];
    Golden.assertClose(
        Golden.array(latent, "variance_of_mean_ddof1").doubles(),
        Arrays.stream(units.varianceOfMean()).map(v -> v * samples / (samples - 1)).toArray(),
        1e-6,
        0,
        "variance of the means, divisor n - 1");
    assertEquals(Golden.number(latent, "active_units_ddof1"), units.inUseByVariance());
  }

  @Test
  void countsUnitsAboveATenthOfANat() {
    // KL of N(m, 1) to N(0, 1) is m^2 / 2.
    float half = (float) Math.sqrt(2 * 0.5);
    float little = (float) Math.sqrt(2 * 0.09);
    float[] mu = {half, little, 0, -half, -little, 0};
    LatentUnits units = LatentUnits.of(mu, new float[6], 2);
    assertArrayEquals(new double[] {0.5, 0.09, 0}, units.kl(), 1e-7);
    assertArrayEquals(new double[] {1, 0.18, 0}, units.varianceOfMean(), 1e-7);
    assertEquals(1, units.inUseByKl());
    assertEquals(2, units.inUseByVariance());
    assertEquals(0.59, units.totalKl(), 1e-7);
  }

  @Test
  void countsAnExplodedUnitAsItIs() {
    LatentUnits units = LatentUnits.of(new float[] {0}, new float[] {200}, 1);
    assertEquals(Double.POSITIVE_INFINITY, (float) units.totalKl());
  }
}
