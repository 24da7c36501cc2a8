package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Fit;
import org.vaescape.data.DataSettings.Group;
import org.vaescape.data.DataSettings.Missing;
import org.vaescape.data.DataSettings.Scale;
import org.vaescape.data.DataSettings.Stratify;
import org.vaescape.data.DataSettings.Variability;

class PreparationTest {
  private static final Optional<Labels> NO_LABELS = Optional.empty();

  /// Settings of a small matrix, changed one at a time.
  private record Choice(
      Missing missing, Fit fit, int keep, Scale scale, Group group, Stratify stratify) {
    static final Choice USUAL =
        new Choice(Missing.DROP_GENES, Fit.TRAIN, 2, Scale.MIN_MAX, Group.PATIENT, Stratify.NONE);

    DataSettings settings() {
      return new DataSettings(
          Orientation.AUTO,
          missing,
          Counts.AS_THEY_ARE,
          fit,
          Variability.MEAN_ABSOLUTE_DEVIATION,
          keep,
          scale,
          0.2,
          0,
          group,
          stratify);
    }

    Choice missing(Missing other) {
      return new Choice(other, fit, keep, scale, group, stratify);
    }

    Choice fit(Fit other) {
      return new Choice(missing, other, keep, scale, group, stratify);
    }

    Choice keep(int other) {
      return new Choice(missing, fit, other, scale, group, stratify);
    }

    Choice scale(Scale other) {
      return new Choice(missing, fit, keep, other, group, stratify);
    }

    Choice stratify(Stratify other) {
      return new Choice(missing, fit, keep, scale, group, other);
    }
  }

  private static final Choice USUAL = Choice.USUAL;

  private static Matrix matrix(float[]... byGene) {
    List<String> samples = IntStream.range(0, byGene[0].length).mapToObj(i -> "s" + i).toList();
    List<String> genes = IntStream.range(0, byGene.length).mapToObj(i -> "g" + i).toList();
    return Matrix.of("m.tsv", samples, genes, byGene, List.of());
  }

  private static Matrix random(int genes, int samples) {
    SplittableRandom random = new SplittableRandom(11);
    float[][] byGene = new float[genes][samples];
    for (float[] gene : byGene) {
      for (int s = 0; s < samples; s++) {
        gene[s] = (float) random.nextDouble(-5, 15);
      }
    }
    return matrix(byGene);
  }

  private static PreparedData prepare(Matrix matrix, Choice choice, int[] validation) {
    int[] training =
        IntStream.range(0, matrix.samples().size())
            .filter(i -> Arrays.binarySearch(validation, i) < 0)
            .toArray();
    return Preparation.prepare(
        matrix,
        List.of(),
        choice.settings(),
        new Split(training, validation, new int[0]),
        List.of());
  }

  private static String refused(Matrix matrix, Optional<Labels> labels, DataSettings settings) {
    return String.valueOf(
        assertThrows(UserError.class, () -> Preparation.prepare(matrix, labels, settings, 1))
            .getMessage());
  }

  private static Labels labels(String... samplesAndLabels) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < samplesAndLabels.length; i += 2) {
      map.put(samplesAndLabels[i], samplesAndLabels[i + 1]);
    }
    return new Labels("l.tsv", map, List.of());
  }

  @Test
  void seesTheValidationSamplesOnlyWhereFitIsAll() {
    // Gene 2 varies in the last sample alone, which validates; 0 and 1 vary a little everywhere.
    Matrix matrix =
        matrix(
            new float[] {0, 1, 0, 1, 0},
            new float[] {1, 0, 2, 0, 1},
            new float[] {0, 0.1f, 0, 0.1f, 90});
    int[] last = {4};
    PreparedData honest = prepare(matrix, USUAL, last);
    PreparedData leaking = prepare(matrix, USUAL.fit(Fit.ALL), last);
    assertEquals(List.of("g0", "g1"), honest.genes());
    assertEquals(List.of("g1", "g2"), leaking.genes());
    assertEquals(0.5f, honest.validation().values()[1]);
    assertEquals(1, leaking.validation().values()[1]);
    assertEquals(90, leaking.scaling().scale()[1]);
    assertNotEquals(honest.hash(), leaking.hash());
  }

  @Test
  void clipsValidationAndTellsTheShare() {
    Matrix matrix = matrix(new float[] {0, 10, 5, -3, 12}, new float[] {0, 1, 1, 0.5f, 0.25f});
    PreparedData prepared = prepare(matrix, USUAL, new int[] {3, 4});
    assertArrayEquals(new float[] {0, 0.5f, 1, 0.25f}, prepared.validation().values());
    assertArrayEquals(new float[] {0, 0, 1, 1, 0.5f, 1}, prepared.training().values());
    assertEquals(0.5, prepared.clippedShare());
    assertEquals("min-max", prepared.scaling().method());
  }

  @Test
  void standardisesWithoutClipping() {
    Matrix matrix = matrix(new float[] {1, 3, 100}, new float[] {0, 4, 2});
    PreparedData prepared = prepare(matrix, USUAL.scale(Scale.Z_SCORE), new int[] {2});
    assertArrayEquals(new float[] {-1, -1, 1, 1}, prepared.training().values());
    assertArrayEquals(new float[] {98, 0}, prepared.validation().values());
    assertEquals(0, prepared.clippedShare());
  }

  @Test
  void leavesValuesAsTheyAreWithoutScaling() {
    Matrix matrix = matrix(new float[] {1, 3, 100}, new float[] {0, -4, 2});
    PreparedData prepared = prepare(matrix, USUAL.scale(Scale.NONE), new int[] {2});
    assertArrayEquals(new float[] {1, 0, 3, -4}, prepared.training().values());
    assertArrayEquals(new float[] {100, 2}, prepared.validation().values());
  }

  @Test
  void keepsTheFirstOfEquallyVariableGenesInTheOrderOfTheFile() {
    Matrix matrix =
        matrix(
            new float[] {0, 1, 0, 1},
            new float[] {0, 9, 0, 9},
            new float[] {1, 0, 1, 0},
            new float[] {5, 4, 5, 4});
    assertEquals(List.of("g0", "g1"), prepare(matrix, USUAL, new int[] {3}).genes());
    assertEquals(List.of("g0", "g1", "g2"), prepare(matrix, USUAL.keep(3), new int[] {3}).genes());
  }

  @Test
  void dropsGenesWithMissingValuesAndSaysSo() {
    Matrix matrix =
        matrix(
            new float[] {0, 1, 2, 3},
            new float[] {0, Float.NaN, 900, Float.NaN},
            new float[] {7, 7, 7, 7},
            new float[] {0, 2, 4, 6});
    PreparedData prepared = prepare(matrix, USUAL, new int[] {3});
    assertEquals(List.of("g0", "g3"), prepared.genes());
    assertEquals(
        List.of(
            "m.tsv: 2 values are missing, in 1 of 4 genes, which are dropped (g1); set data.missing"
                + " to mean to keep them",
            "m.tsv: 1 of 4 genes are constant in the training samples and never selected (g2);"
                + " taking them out of the matrix only ends this warning"),
        prepared.notes());
  }

  @Test
  void fillsMissingValuesWithTheMeanOfTheTrainingSamples() {
    float nan = Float.NaN;
    Matrix matrix =
        matrix(
            new float[] {0, 4, nan, nan, 100},
            new float[] {0, 1, 0, 1, 0},
            new float[] {nan, nan, nan, 1, 2});
    PreparedData prepared =
        prepare(matrix, USUAL.missing(Missing.MEAN).scale(Scale.NONE), new int[] {3, 4});
    assertEquals(List.of("g0", "g1"), prepared.genes());
    assertArrayEquals(new float[] {0, 0, 4, 1, 2, 0}, prepared.training().values());
    assertArrayEquals(new float[] {2, 1, 100, 0}, prepared.validation().values());
    assertEquals(
        List.of(
            "m.tsv: 5 values are missing; the gene's mean stands in, but 1 genes have no value at"
                + " all and are dropped (g2); set data.missing to drop-genes to leave such genes out"),
        prepared.notes());
  }

  @Test
  void refusesMissingValuesWhereToldTo() {
    Matrix matrix = matrix(new float[] {0, 1, 2}, new float[] {0, Float.NaN, 3});
    assertEquals(
        "m.tsv: gene g1 has no value in sample s1, and data.missing is refuse; set it to drop-genes"
            + ", drop-samples or mean",
        refused(matrix, NO_LABELS, USUAL.missing(Missing.REFUSE).settings()));
  }

  @Test
  void refusesFewerGenesThanAskedFor() {
    assertEquals(
        "m.tsv: data.select.keep is 5000 but there are only 3 genes; set data.select.keep to at most"
            + " 3",
        refused(random(3, 10), NO_LABELS, USUAL.keep(5000).settings()));
    Matrix matrix =
        matrix(new float[] {0, 1, 2}, new float[] {0, Float.NaN, 3}, new float[] {5, 5, 5});
    assertEquals(
        "m.tsv: data.select.keep is 5000 but there are only 1 genes that can be used, of 3: 1 are"
            + " incomplete and 1 constant; set data.select.keep to at most 1",
        refused(matrix, NO_LABELS, USUAL.keep(5000).settings()),
        "what it says to set is not refused again");
    assertEquals(
        "m.tsv: data.select.keep is 2 but there are only 1 genes that can be used, of 3: 1 are"
            + " incomplete and 1 constant; set data.select.keep to at most 1",
        refused(matrix, NO_LABELS, USUAL.settings()));
  }

  @Test
  void refusesAnEmptyPart() {
    assertEquals(
        "m.tsv: 1 samples of 1 patients leave 0 for training and 1 for validation; both need at"
            + " least one",
        refused(random(3, 1), NO_LABELS, USUAL.settings()));
    Matrix one =
        Matrix.of(
            "m.tsv",
            List.of("TCGA-22-4593-01", "TCGA-22-4593-11"),
            List.of("a", "b"),
            new float[][] {{1, 2}, {3, 4}},
            List.of());
    assertEquals(
        "m.tsv: 2 samples of 1 patients leave 0 for training and 2 for validation; both need at"
            + " least one",
        refused(one, NO_LABELS, USUAL.settings()));
  }

  @Test
  void keepsPatientsTogetherAndNamesThem() {
    List<String> samples =
        IntStream.range(0, 40)
            .mapToObj(i -> "TCGA-22-%04d-%s".formatted(i / 2, i % 2 == 0 ? "01" : "11"))
            .toList();
    Matrix numbers = random(5, 40);
    Matrix matrix =
        Matrix.of("m.tsv", samples, numbers.genes(), Written.byGene(numbers), List.of());
    for (int seed = 0; seed < 50; seed++) {
      PreparedData prepared = Preparation.prepare(matrix, NO_LABELS, USUAL.settings(), seed);
      List<String> patients = prepared.validation().patients();
      assertEquals(8, patients.size());
      assertEquals(4, patients.stream().distinct().count());
      assertTrue(patients.stream().allMatch(patient -> patient.matches("TCGA-22-\\d{4}")));
    }
  }

  @Test
  void givesEachSampleItsOwnValuesAndLabel() {
    Matrix matrix = random(2, 20);
    Labels labels = labels("s3", "a", "s4", "b", "s5", "a");
    DataSettings settings = USUAL.scale(Scale.NONE).settings();
    PreparedData prepared = Preparation.prepare(matrix, Optional.of(labels), settings, 5);
    for (Part part : List.of(prepared.training(), prepared.validation())) {
      for (int i = 0; i < part.size(); i++) {
        String sample = part.samples().get(i);
        assertEquals(labels.of(sample), part.labels().get(i));
        int column = matrix.samples().indexOf(sample);
        assertEquals(matrix.values().of(0)[column], part.values()[2 * i]);
        assertEquals(matrix.values().of(1)[column], part.values()[2 * i + 1]);
      }
    }
    assertEquals(
        List.of(
            "l.tsv: 17 of the 20 samples of m.tsv have no label; outcomes by it leave them out, unless you give them one"),
        prepared.notes());
  }

  @Test
  void putsATestPartAside() {
    DataSettings d = USUAL.settings();
    DataSettings settings =
        new DataSettings(
            d.orientation(),
            d.missing(),
            d.counts(),
            d.fit(),
            d.by(),
            d.keep(),
            d.scale(),
            0.2,
            0.3,
            d.group(),
            d.stratify());
    PreparedData prepared = Preparation.prepare(random(4, 20), NO_LABELS, settings, 1);
    assertEquals(
        List.of(10, 4, 6),
        List.of(prepared.training().size(), prepared.validation().size(), prepared.test().size()));
    assertEquals(2, prepared.test().genes());
    assertEquals(
        0, Preparation.prepare(random(4, 20), NO_LABELS, USUAL.settings(), 1).test().size());
  }

  @Test
  void refusesLabelsThatFitNoSample() {
    assertEquals(
        "l.tsv: labels none of the 10 samples of m.tsv; its first sample is 'S1', the matrix has"
            + " 's0'",
        refused(random(3, 10), Optional.of(labels("S1", "a")), USUAL.settings()));
  }

  @Test
  void countsLabelsWithoutASample() {
    Labels labels = labels("s0", "a", "s1", "b", "s2", "b", "x", "c", "y", "c");
    PreparedData prepared =
        Preparation.prepare(
            matrix(new float[] {1, 2, 3}, new float[] {2, 4, 8}),
            Optional.of(labels),
            USUAL.settings(),
            1);
    assertEquals(
        List.of(
            "l.tsv: 2 of its 5 labels are of samples that m.tsv does not have; take them out if they should not be there"),
        prepared.notes());
  }

  @Test
  void stratifiesByLabelAndRefusesToWithoutLabels() {
    Matrix matrix = random(3, 20);
    String[] pairs = new String[40];
    for (int i = 0; i < 20; i++) {
      pairs[2 * i] = "s" + i;
      pairs[2 * i + 1] = i < 10 ? "a" : "b";
    }
    DataSettings settings = USUAL.stratify(Stratify.LABEL).settings();
    for (int seed = 0; seed < 20; seed++) {
      PreparedData prepared =
          Preparation.prepare(matrix, Optional.of(labels(pairs)), settings, seed);
      List<String> labels = prepared.validation().labels().stream().sorted().toList();
      assertEquals(List.of("a", "a", "b", "b"), labels);
    }
    assertEquals(
        "data.split.stratify is label but there are no labels; give a labels file or set it to none",
        refused(matrix, NO_LABELS, settings));
  }

  @Test
  void givesEqualArgumentsEqualBitsAndOtherWorkAnotherHash() {
    Matrix matrix = random(6, 30);
    PreparedData one = Preparation.prepare(matrix, NO_LABELS, USUAL.settings(), 1);
    PreparedData again = Preparation.prepare(matrix, NO_LABELS, USUAL.settings(), 1);
    assertArrayEquals(one.training().values(), again.training().values());
    assertEquals(one.hash(), again.hash());
    assertEquals(
        "ee7fcdfcb396d17e697d35f5886ae7e208b9ee70dde639d86b4e4b1159f15647",
        one.hash(),
        "stored trials name their data so: no other text, unless data or preparation change");
    List<String> hashes =
        List.of(
            one.hash(),
            Preparation.prepare(matrix, NO_LABELS, USUAL.settings(), 2).hash(),
            Preparation.prepare(matrix, NO_LABELS, USUAL.keep(3).settings(), 1).hash(),
            Preparation.prepare(matrix, NO_LABELS, USUAL.fit(Fit.ALL).settings(), 1).hash(),
            Preparation.prepare(matrix, NO_LABELS, USUAL.scale(Scale.NONE).settings(), 1).hash(),
            Preparation.prepare(matrix, NO_LABELS, USUAL.missing(Missing.MEAN).settings(), 1)
                .hash(),
            Preparation.prepare(random(7, 30), NO_LABELS, USUAL.settings(), 1).hash());
    assertEquals(hashes.size(), hashes.stream().distinct().count());
    Labels labels = labels("s1", "a");
    assertEquals(
        one.hash(), Preparation.prepare(matrix, Optional.of(labels), USUAL.settings(), 1).hash());
  }
}
