package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class GeneCorrelationsTest {
  @Test
  void agreesWithScipyWhateverTheBlocksAndTheShift() {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    float[] x = Golden.array(file, "x").floats();
    Golden.Array decoded = Golden.array(file, "reconstruction/xhat");
    int genes = decoded.shape()[1];
    float[] xhat = decoded.floats();
    for (int rows : new int[] {64, 16}) {
      for (double shift : new double[] {0, 0.5}) {
        double[] near = new double[genes];
        Arrays.fill(near, shift);
        GeneCorrelations correlations = new GeneCorrelations(near);
        for (int from = 0; from < xhat.length; from += rows * genes) {
          correlations.add(x, from, Arrays.copyOfRange(xhat, from, from + rows * genes));
        }
        Golden.assertClose(
            Golden.array(file, "reconstruction/pearson_per_gene").doubles(),
            correlations.byGene(),
            1e-5,
            0,
            rows + " rows at a time, shifted by " + shift);
      }
    }
  }

  @Test
  void givesNoneToAGeneThatOneSideDoesNotVary() {
    // Genes: both sides vary; x constant; reconstruction constant but for rounding.
    float[] x = {1, 5, 1, 2, 5, 2, 3, 5, 3};
    float[] xhat = {3, 1, 0.7f, 2, 2, 0.7f, 1, 3, Math.nextUp(0.7f)};
    GeneCorrelations correlations = new GeneCorrelations(new double[3]);
    correlations.add(x, 0, xhat);
    assertArrayEquals(new double[] {-1, Double.NaN, Double.NaN}, correlations.byGene(), 1e-12);
  }

  @Test
  void takesQuantilesBetweenNumbersAndLeavesOutNone() {
    double[] values = {4, Double.NaN, 1, 2, 3};
    assertEquals(1.75, GeneCorrelations.quantile(values, 0.25));
    assertEquals(2.5, GeneCorrelations.quantile(values, 0.5));
    assertEquals(4, GeneCorrelations.quantile(values, 1));
    assertEquals(Double.NaN, GeneCorrelations.quantile(new double[] {Double.NaN}, 0.5));
  }
}
