package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Log;
import org.vaescape.data.DataSettings.Normalize;

/// Counts per million and size factors are those that NumPy finds (`counts/make.py`).
class CountScaleTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/counts");
  private static final Matrix COUNTS =
      MatrixFile.read(FOLDER.resolve("counts.csv"), Orientation.GENES_IN_COLUMNS);
  private static final int[] ALL = IntStream.range(0, 12).toArray();
  private static final int[] FIRST_8 = IntStream.range(0, 8).toArray();

  /// A column of a table with a line of names and a column of names.
  private static double[] column(String file, int column) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
        .toArray();
  }

  private static CountScale fit(Normalize normalize, Log log, int... fit) {
    return CountScale.fit(COUNTS, new Counts(normalize, log), fit);
  }

  private static float[][] values(CountScale scale) {
    return Written.byGene(scale.apply(COUNTS));
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "2, 8"})
  void sizeFactorsAreThoseOfDeseq(int column, int fitted) throws IOException {
    int[] fit = IntStream.range(0, fitted).toArray();
    double[] expected = column("factors.csv", column);
    double[] factors = fit(Normalize.SIZE_FACTORS, Log.NONE, fit).factors();
    for (int sample = 0; sample < expected.length; sample++) {
      assertEquals(expected[sample], 1 / factors[sample], 1e-12 * expected[sample]);
    }
  }

  /// What tells whoever encodes other samples how theirs are found.
  @Test
  void sizeFactorsCanBeFoundAgainFromWhatIsRecorded() throws IOException {
    CountScaling recorded = fit(Normalize.SIZE_FACTORS, Log.LOG2, FIRST_8).scaling();
    assertEquals("size-factors", recorded.normalize());
    assertEquals("log2", recorded.log());
    assertEquals(List.of("g1", "g5", "g6", "g7", "g8", "g9"), recorded.genes());
    double[] means = column("means.csv", 2);
    double[] expected = column("factors.csv", 2);
    for (int sample = 0; sample < 12; sample++) {
      int s = sample;
      double[] ratios =
          IntStream.range(0, recorded.genes().size())
              .mapToDouble(i -> {
                int gene = COUNTS.genes().indexOf(recorded.genes().get(i));
                assertEquals(means[gene], recorded.means().get(i), 1e-9 * means[gene]);
                return COUNTS.values().of(gene)[s] / recorded.means().get(i);
              })
              .filter(ratio -> ratio > 0)
              .sorted()
              .toArray();
      int half = ratios.length / 2;
      double logMedian =
          ratios.length % 2 == 1
              ? Math.log(ratios[half])
              : (Math.log(ratios[half - 1]) + Math.log(ratios[half])) / 2;
      assertEquals(expected[sample], Math.exp(logMedian), 1e-9);
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE", "LOG1P", "LOG2"})
  void countsPerMillionAreOfAllGenes(Log log) throws IOException {
    double[] totals = column("factors.csv", 3);
    float[][] values = values(fit(Normalize.CPM, log, FIRST_8));
    for (int gene = 0; gene < values.length; gene++) {
      for (int sample = 0; sample < totals.length; sample++) {
        double cpm = COUNTS.values().of(gene)[sample] * 1e6 / totals[sample];
        double expected =
            switch (log) {
              case NONE -> cpm;
              case LOG1P -> Math.log(cpm + 1);
              case LOG2 -> Math.log(cpm + 1) / Math.log(2);
            };
        assertEquals(expected, values[gene][sample], 1e-6 * Math.max(1, expected));
      }
    }
  }

  @Test
  void whatIsNotAskedForChangesNothing() {
    CountScale none = fit(Normalize.NONE, Log.NONE, ALL);
    assertEquals(COUNTS, none.apply(COUNTS));
    assertEquals(CountScaling.NONE, none.scaling());
    float[][] logs = values(fit(Normalize.NONE, Log.LOG1P, ALL));
    assertEquals((float) Math.log1p(COUNTS.values().of(0)[0]), logs[0][0], 1e-6);
  }

  private static Matrix matrix(float[]... byGene) {
    return Matrix.of(
        "m.tsv",
        IntStream.range(0, byGene[0].length).mapToObj(s -> "s" + s).toList(),
        IntStream.range(0, byGene.length).mapToObj(g -> "g" + g).toList(),
        byGene,
        List.of());
  }

  private static String refused(Matrix matrix, Normalize normalize, Log log, int... fit) {
    UserError error =
        assertThrows(
            UserError.class, () -> CountScale.fit(matrix, new Counts(normalize, log), fit));
    return String.valueOf(error.getMessage());
  }

  @Test
  void missingValuesStayMissingAndAreNoPartOfAnySum() {
    Matrix matrix = matrix(new float[] {3, Float.NaN}, new float[] {1, 4}, new float[] {4, 8});
    CountScale cpm = CountScale.fit(matrix, new Counts(Normalize.CPM, Log.NONE), new int[] {0, 1});
    assertArrayEquals(
        new float[][] {{375000, Float.NaN}, {125000, 1e6f / 3}, {500000, 2e6f / 3}},
        Written.byGene(cpm.apply(matrix)));
    CountScale sizes =
        CountScale.fit(matrix, new Counts(Normalize.SIZE_FACTORS, Log.NONE), new int[] {0, 1});
    assertEquals(List.of("g1", "g2"), sizes.scaling().genes());
  }

  @Test
  void saysWhereAValueIsNegative() {
    Matrix matrix = matrix(new float[] {1, 2}, new float[] {3, -0.5f});
    assertEquals(
        "m.tsv: gene g1 is -0.5 in sample s1, but data.normalize is cpm, which takes values of at least 0; set data.normalize and data.log to none, or bring counts",
        refused(matrix, Normalize.CPM, Log.LOG2, 0, 1));
    assertEquals(
        "m.tsv: gene g1 is -0.5 in sample s1, but data.log is log2, which takes values of at least 0; set data.normalize and data.log to none, or bring counts",
        refused(matrix, Normalize.NONE, Log.LOG2, 0, 1));
  }

  @Test
  void saysThatNoGeneIsInAllSamples() {
    Matrix sparse = matrix(new float[] {1, 0, 2}, new float[] {0, 3, 5}, new float[] {0, 0, 0});
    assertEquals(
        "m.tsv: data.normalize is size-factors, which compares genes that are above 0 in every sample, and no gene is above 0 in all 2 of them; set it to cpm",
        refused(sparse, Normalize.SIZE_FACTORS, Log.NONE, 0, 1));
    assertEquals(
        "m.tsv: data.normalize is size-factors, but sample s1 has none of the 1 genes that are above 0 in the others; take it out of the matrix, or set data.normalize to cpm",
        refused(sparse, Normalize.SIZE_FACTORS, Log.NONE, 0, 2));
  }

  @Test
  void warnsOfLogarithmsAndOfEmptySamples() {
    Matrix matrix = matrix(new float[] {1.5f, 0, 2}, new float[] {3, 0, 5});
    CountScale scale = CountScale.fit(matrix, new Counts(Normalize.CPM, Log.LOG2), new int[] {0});
    assertEquals(
        List.of(
            "m.tsv: values have fractions and are at most 5.0, as logarithms are, and data.normalize is cpm and data.log log2; set both to none if they are logarithms",
            "m.tsv: 1 of 3 samples have no count at all (s1) and stay 0; take them out of the matrix"),
        scale.notes());
    assertEquals(0, scale.apply(matrix).values().of(0)[1]);
  }

  /// Of a sparse matrix no gene is held but the one that is looked at.
  @Test
  void isTheSameOfASparseMatrix() {
    SparseGenes.Builder sparse = new SparseGenes.Builder("m", 9, 12, 10);
    for (int gene = 0; gene < 9; gene++) {
      float[] values = COUNTS.values().of(gene);
      for (int sample = 0; sample < 12; sample++) {
        if (values[sample] != 0) {
          sparse.add(gene, sample, values[sample]);
        }
      }
    }
    Matrix same = COUNTS.with(sparse.build());
    for (Normalize normalize : Normalize.values()) {
      Counts counts = new Counts(normalize, Log.LOG1P);
      assertArrayEquals(
          Written.byGene(CountScale.fit(COUNTS, counts, ALL).apply(COUNTS)),
          Written.byGene(CountScale.fit(same, counts, ALL).apply(same)),
          Arrays.toString(ALL));
    }
  }
}
