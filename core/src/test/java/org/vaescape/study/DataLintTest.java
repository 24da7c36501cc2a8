package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.UserError;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.data.Scaling;
import org.vaescape.search.Cell;
import org.vaescape.train.TestData;

class DataLintTest {
  private static final int GENES = 200;

  /// Samples of many independent genes; `draw` makes a value of a number in (0, 1).
  private static float[] values(long seed, int samples) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[samples * GENES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(0.01, 0.99);
    }
    return values;
  }

  private static PreparedData data(Part training, Part validation, double largest) {
    float[] range = new float[GENES];
    Arrays.fill(range, (float) largest);
    return new PreparedData(
        IntStream.range(0, GENES).mapToObj(gene -> "g" + gene).toList(),
        training,
        validation,
        part("x", new float[0], List.of()),
        new Scaling("min-max", new float[GENES], range),
        0,
        "0".repeat(64),
        List.of());
  }

  @Test
  void looksAtTheTestPartToo() {
    float[] test = values(3, 8);
    test[0] = -0.5f;
    System.arraycopy(values(1, 60), 5 * GENES, test, 3 * GENES, GENES);
    System.arraycopy(values(2, 10), 2 * GENES, test, 6 * GENES, GENES);
    List<String> patients = new ArrayList<>(part("x", test, List.of()).patients());
    patients.set(1, "t17");
    patients.set(2, "v4");
    List<String> common = java.util.Collections.nCopies(60, "common");
    List<String> labels = new ArrayList<>(common.subList(0, 7));
    labels.add("rare");
    Part part = part("x", test, labels);
    PreparedData data =
        TestData.withTest(
            data(
                part("t", values(1, 60), common),
                part("v", values(2, 10), common.subList(0, 10)),
                20),
            new Part(part.samples(), patients, labels, GENES, test));
    assertEquals(
        List.of(
            "1 % of the test values lie outside 0 to 1, where no output of a sigmoid can be; set data.scale to min-max, or output to linear",
            "1 patients have samples in training and in test (t17), which can flatter outcomes; set data.split.group to patient",
            "1 patients have samples in validation and in test (v4), which can flatter outcomes; set data.split.group to patient",
            "1 test samples are nearly the same as a training sample (x3 as t5), which can flatter outcomes; drop one of each from the matrix",
            "1 test samples are nearly the same as a validation sample (x6 as v2), which can flatter outcomes; drop one of each from the matrix",
            "1 of 2 labels have fewer than 5 training or 2 validation or test samples (rare): outcomes by label say little of them; join or leave out such labels, or raise data.split.validation and data.split.test"),
        check(data));
    for (String term : List.of("bce", "nb")) {
      assertThrows(UserError.class, () -> DataLint.check(cells(term, "sigmoid"), data));
    }
    assertEquals(
        "reconstruction bce needs data in [0, 1] but 1 % of the test values lie outside; set data.scale to min-max, or take reconstruction mse",
        assertThrows(UserError.class, () -> DataLint.check(cells("bce", "sigmoid"), data))
            .getMessage());
  }

  private static PreparedData data(float[] training, float[] validation) {
    return data(part("t", training, List.of()), part("v", validation, List.of()), 20);
  }

  private static Part part(String prefix, float[] values, List<String> labels) {
    List<String> names =
        IntStream.range(0, values.length / GENES).mapToObj(row -> prefix + row).toList();
    return new Part(names, names, labels, GENES, values);
  }

  private static List<Cell> cells(String reconstruction, String output) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    values.put("reconstruction", reconstruction);
    values.put("output", output);
    return List.of(new Cell(values), new Cell(values));
  }

  private static List<String> check(PreparedData data) {
    return DataLint.check(cells("mse", "sigmoid"), data);
  }

  @Test
  void saysNothingOfSoundData() {
    assertEquals(List.of(), check(data(values(1, 60), values(2, 10))));
  }

  @Test
  void warnsOfValuesThatTheOutputCannotReach() {
    float[] training = values(1, 60);
    for (int i = 0; i < training.length / 10; i++) {
      training[i] = i % 2 == 0 ? -1.5f : 1.5f;
    }
    PreparedData data = data(training, values(2, 10));
    assertEquals(
        List.of(
            "10 % of the training values lie outside 0 to 1, where no output of a sigmoid can be; set data.scale to min-max, or output to linear"),
        check(data));
    assertTrue(
        DataLint.check(cells("mse", "softplus"), data)
            .getFirst()
            .startsWith("5 % of the training"));
    assertEquals(List.of(), DataLint.check(cells("mse", "linear"), data));
  }

  @Test
  void refusesALikelihoodThatTheDataCannotHave() {
    float[] wide = values(1, 60);
    wide[7] = 1.5f;
    assertTrue(message("bce", wide).startsWith("reconstruction bce needs data in [0, 1] but 1 %"));
    assertTrue(message("nb", wide).startsWith("reconstruction nb needs counts but 100 %"));
    float[] counts = new float[60 * GENES];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = i * 7 % 23;
    }
    float[] held = Arrays.copyOf(counts, 10 * GENES);
    DataLint.check(cells("zinb", "sigmoid"), data(counts, held));
    held[3] = 0.5f;
    assertEquals(
        "reconstruction zinb needs counts but 1 % of the validation values are negative or no whole numbers; set data.scale to none and bring raw counts, or take reconstruction mse",
        assertThrows(
                UserError.class, () -> DataLint.check(cells("zinb", "sigmoid"), data(counts, held)))
            .getMessage());
  }

  private static String message(String reconstruction, float[] training) {
    return String.valueOf(
        assertThrows(
                UserError.class,
                () ->
                    DataLint.check(cells(reconstruction, "sigmoid"), data(training, values(2, 10))))
            .getMessage());
  }

  @Test
  void warnsOfCountsThatNobodyTookTheLogarithmOf() {
    PreparedData counts =
        data(part("t", values(1, 60), List.of()), part("v", values(2, 10), List.of()), 52_340);
    assertEquals(1, check(counts).size());
    assertTrue(check(counts).getFirst().startsWith("the matrix has values up to 52340, more than"));
  }

  @Test
  void warnsOfAPartOfOneSample() {
    assertEquals(
        List.of(
            "the validation part has 1 sample, of which outcomes are chance; raise data.split.validation"),
        check(data(values(1, 60), values(2, 1))));
  }

  @Test
  void warnsOfPatientsOnBothSides() {
    Part training = part("t", values(1, 60), List.of());
    Part held = part("v", values(2, 10), List.of());
    List<String> patients = new ArrayList<>(held.patients());
    patients.set(3, "t17");
    Part torn = new Part(held.samples(), patients, List.of(), GENES, held.values());
    assertEquals(
        List.of(
            "1 patients have samples in training and in validation (t17), which can flatter outcomes; set data.split.group to patient"),
        check(data(training, torn, 20)));
  }

  /// A copy, and one with the noise of a second measurement; a sample that is merely alike is none.
  @Test
  void warnsOfDuplicatesAcrossTheSplit() {
    float[] training = values(1, 60);
    float[] held = values(2, 10);
    SplittableRandom random = new SplittableRandom(5);
    for (int gene = 0; gene < GENES; gene++) {
      held[gene] = training[40 * GENES + gene];
      held[4 * GENES + gene] = (float) (training[7 * GENES + gene] + 0.02 * random.nextGaussian());
      held[6 * GENES + gene] = (float) (training[9 * GENES + gene] + 0.1 * random.nextGaussian());
    }
    assertEquals(
        List.of(
            "2 validation samples are nearly the same as a training sample (v0 as t40), which can flatter outcomes; drop one of each from the matrix"),
        check(data(training, held)).stream()
            .filter(warning -> warning.contains("nearly"))
            .toList());
  }

  @Test
  void warnsOfLabelsThatAreTooRare() {
    List<String> training = new ArrayList<>(java.util.Collections.nCopies(60, "common"));
    List<String> held = new ArrayList<>(java.util.Collections.nCopies(10, "common"));
    training.set(0, "rare");
    held.set(0, "rare");
    held.set(1, "rare");
    held.set(2, "");
    assertEquals(
        List.of(
            "1 of 2 labels have fewer than 5 training or 2 validation samples (rare): outcomes by label say little of them; join or leave out such labels, or raise data.split.validation"),
        check(data(part("t", values(1, 60), training), part("v", values(2, 10), held), 20)));
  }
}
