package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Missing;

class CompleteSamplesTest {
  private static final float NA = Float.NaN;

  private static Matrix matrix(float[]... byGene) {
    return Matrix.of(
        "m.tsv",
        IntStream.range(0, byGene[0].length).mapToObj(s -> "s" + s).toList(),
        IntStream.range(0, byGene.length).mapToObj(g -> "g" + g).toList(),
        byGene,
        List.of());
  }

  /// The second gene, which no sample has, takes no sample along.
  @Test
  void samplesThatLackAValueGo() {
    Matrix matrix =
        matrix(new float[] {1, NA, 3, 4}, new float[] {NA, NA, NA, NA}, new float[] {5, NA, 7, NA});
    Matrix kept = CompleteSamples.of(matrix, Missing.DROP_SAMPLES);
    assertEquals(List.of("s0", "s2"), kept.samples());
    assertEquals(matrix.genes(), kept.genes());
    assertArrayEquals(new float[][] {{1, 3}, {NA, NA}, {5, 7}}, Written.byGene(kept));
    assertEquals(
        List.of(
            "m.tsv: 3 values are missing, in 2 of 4 samples, which are dropped (s1, s3); set data.missing to mean to keep them"),
        kept.notes());
    assertSame(matrix, CompleteSamples.of(matrix, Missing.MEAN));
  }

  @Test
  void aCompleteMatrixIsLeftAlone() {
    Matrix matrix = matrix(new float[] {1, 2}, new float[] {NA, NA});
    assertSame(matrix, CompleteSamples.of(matrix, Missing.DROP_SAMPLES));
  }

  @Test
  void saysThatNoSampleIsComplete() {
    Matrix matrix = matrix(new float[] {1, NA}, new float[] {NA, 2});
    UserError error =
        assertThrows(UserError.class, () -> CompleteSamples.of(matrix, Missing.DROP_SAMPLES));
    assertEquals(
        "m.tsv: data.missing is drop-samples, but each of the 2 samples lacks a value; set it to drop-genes or mean",
        error.getMessage());
  }
}
