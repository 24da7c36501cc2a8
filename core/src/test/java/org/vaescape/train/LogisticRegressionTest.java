package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  @Test
  void tellsPlantedClassesAndNothingOfChance() {
    Points points = PlantedPoints.of(90, 10, 3, 1);
    assertEquals(1, LogisticRegression.crossValidated(points));
    List<String> shuffled = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      shuffled.add(Integer.toString(new java.util.SplittableRandom(i).nextInt(3)));
    }
    Points chance = new Points(points.values(), points.dimensions(), shuffled, points.patients());
    assertTrue(LogisticRegression.crossValidated(chance) < 0.6);
  }

  @Test
  void doesNotDependOnTheScaleOfTheAxes() {
    Points points = PlantedPoints.of(40, 5, 2, 1);
    float[] scaled = points.values().clone();
    for (int i = 0; i < scaled.length; i += points.dimensions()) {
      scaled[i] = scaled[i] * 1024 + 64;
    }
    int[] all = java.util.stream.IntStream.range(0, points.size()).toArray();
    LogisticRegression one = LogisticRegression.fit(points, all, 1e-9);
    LogisticRegression other =
        LogisticRegression.fit(
            new Points(scaled, points.dimensions(), points.labels(), points.patients()), all, 1e-9);
    for (int i = 0; i < one.weights().length; i++) {
      assertEquals(one.weights()[i], other.weights()[i], 1e-5);
    }
  }

  @Test
  void keepsAllSamplesOfAPatientInOneFold() {
    List<String> labels = List.of("a", "b", "a", "b", "a", "a", "b", "b", "c", "");
    List<String> patients = List.of("p", "p", "q", "q", "r", "s", "t", "r", "u", "v");
    Points points = new Points(new float[10], 1, labels, patients);
    int[] folds = PatientFolds.of(points, 3);
    for (int i = 0; i < folds.length; i++) {
      for (int j = 0; j < i; j++) {
        if (patients.get(i).equals(patients.get(j))) {
          assertEquals(folds[i], folds[j]);
        }
      }
    }
    assertEquals(PatientFolds.NONE, folds[8], "the only patient of class c");
    assertEquals(PatientFolds.NONE, folds[9], "no label");
    assertEquals(3, Arrays.stream(folds).limit(8).distinct().count());
  }

  @Test
  void hasNoNumberForOneClass() {
    Points points =
        new Points(new float[4], 1, List.of("a", "a", "a", "b"), List.of("p", "q", "r", "s"));
    assertEquals(Double.NaN, LogisticRegression.crossValidated(points));
  }
}
