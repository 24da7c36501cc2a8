package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vaescape.data.MatrixFacts.Kind;

class MatrixFactsTest {
  private static final int SAMPLES = 40;

  private static Matrix matrix(float[]... byGene) {
    return Matrix.of(
        "m.tsv",
        IntStream.range(0, byGene[0].length)
            .mapToObj(s -> "TCGA-AA-000" + s / 2 + "-0" + s)
            .toList(),
        IntStream.range(0, byGene.length).mapToObj(g -> "g" + g).toList(),
        byGene,
        List.of());
  }

  @Test
  void countsWhatIsMissingConstantAndZero() {
    float na = Float.NaN;
    MatrixFacts facts =
        MatrixFacts.of(
            matrix(
                new float[] {0, 2, 3, 7},
                new float[] {5, na, 5, 5},
                new float[] {na, na, na, na},
                new float[] {1, 2, na, 4},
                new float[] {1, 1, 2, 4}));
    assertEquals(6, facts.missing());
    assertEquals(3, facts.incompleteGenes());
    assertEquals(1, facts.emptyGenes());
    assertEquals(2, facts.incompleteSamples());
    assertEquals(1, facts.constantGenes());
    assertEquals(1, facts.everywhere());
    assertEquals(1, facts.zeros());
    assertEquals(0, facts.smallest());
    assertEquals(7, facts.largest());
    assertEquals(42 / 14.0, facts.mean(), 1e-9);
    assertEquals((7 + 10) / 2.0, facts.medianTotal(), "of 7, 5, 10 and 20");
    assertEquals(2, facts.patients());
    assertEquals(Kind.COUNTS, facts.kind());
  }

  @Test
  void aMatrixWithoutAnyValueHasNone() {
    MatrixFacts facts = MatrixFacts.of(matrix(new float[] {Float.NaN, Float.NaN}));
    assertTrue(Float.isNaN(facts.smallest()));
    assertEquals(1, facts.emptyGenes());
    assertEquals(0, facts.incompleteSamples());
  }

  /// As people bring them.
  @ParameterizedTest
  @EnumSource(Kind.class)
  void tellsWhatValuesAre(Kind kind) {
    SplittableRandom random = new SplittableRandom(9);
    float[][] genes = new float[30][SAMPLES];
    for (float[] gene : genes) {
      double level = random.nextDouble(1, 12);
      double sum = 0;
      double squares = 0;
      for (int s = 0; s < SAMPLES; s++) {
        double log = Math.max(0, level + random.nextGaussian());
        sum += log;
        squares += log * log;
        gene[s] =
            (float)
                switch (kind) {
                  case COUNTS -> Math.rint(Math.pow(2, log));
                  case BINARY -> log > level ? 1 : 0;
                  case UNIT -> log / 20;
                  case LOGARITHMS, Z_SCORES -> log;
                  case SIGNED_LOGARITHMS -> log - 6;
                  case LINEAR -> Math.pow(2, log);
                  case OTHER -> Math.pow(2, log) - 1000;
                };
      }
      double mean = sum / SAMPLES;
      double deviation = Math.sqrt(squares / SAMPLES - mean * mean);
      for (int s = 0; s < SAMPLES && kind == Kind.Z_SCORES; s++) {
        gene[s] = (float) ((gene[s] - mean) / deviation);
      }
    }
    assertEquals(kind, MatrixFacts.of(matrix(genes)).kind());
  }
}
