package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RandomForestTest {
  private static final List<Axis> AXES =
      List.of(new Axis.Real(0, 1), new Axis.Levels(4), new Axis.Real(-2, 2));

  private static final Evaluations RUNS =
      FunctionalAnovaTest.drawn(AXES, 200, 8, x -> Math.exp(x[0]) + (x[1] == 2 ? 3 : x[2]));

  @Test
  void equalSeedsGiveEqualForestsAndOthersOtherOnes() {
    assertEquals(RandomForest.fit(RUNS, 7), RandomForest.fit(RUNS, 7));
    assertNotEquals(RandomForest.fit(RUNS, 7), RandomForest.fit(RUNS, 8));
  }

  @Test
  void aLargerForestBeginsWithTheTreesOfASmallerOne() {
    assertEquals(
        RandomForest.fit(RUNS, 3, 7).trees(), RandomForest.fit(RUNS, 9, 7).trees().subList(0, 3));
  }

  @Test
  void followsTheFunctionThatItWasFittedTo() {
    RandomForest forest = RandomForest.fit(RUNS, 7);
    assertEquals(RandomForest.TREES, forest.trees().size());
    assertEquals(Math.exp(0.5) + 3, forest.predict(new double[] {0.5, 2, -1}), 0.15);
    assertEquals(Math.exp(0.5) + 1, forest.predict(new double[] {0.5, 0, 1}), 0.3);
  }

  @Test
  void impurityFallsByTheInputsThatMatter() {
    Evaluations runs = FunctionalAnovaTest.drawn(AXES, 200, 8, x -> x[1] == 3 ? 1 : 0);
    assertArrayEquals(new double[] {0, 1, 0}, RandomForest.fit(runs, 1).impurityDecreases(), 1e-12);
    double sum = 0;
    for (double share : RandomForest.fit(RUNS, 1).impurityDecreases()) {
      assertTrue(share > 0);
      sum += share;
    }
    assertEquals(1, sum, 1e-12);
  }

  @Test
  void ofTwoEqualInputsEachGetsItsPart() {
    List<Axis> axes = List.of(new Axis.Real(0, 1), new Axis.Real(0, 1));
    double[] x = new double[400];
    double[] y = new double[200];
    for (int run = 0; run < y.length; run++) {
      x[2 * run] = run / 200.0;
      x[2 * run + 1] = run / 200.0;
      y[run] = run;
    }
    RandomForest forest = RandomForest.fit(new Evaluations(axes, x, y), 1);
    assertEquals(0.5, forest.impurityDecreases()[0], 0.15);
  }

  @Test
  void refusesSettingsOffTheirAxisAndOutcomesThatAreNoNumbers() {
    List<Axis> axes = List.of(new Axis.Real(0, 1), new Axis.Levels(2));
    double[] y = {1};
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluations(axes, new double[] {1.5, 0}, y));
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluations(axes, new double[] {0.5, 2}, y));
    assertThrows(
        IllegalArgumentException.class, () -> new Evaluations(axes, new double[] {0.5}, y));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Evaluations(axes, new double[] {0.5, 0}, new double[] {Double.NaN}));
    assertThrows(IllegalArgumentException.class, () -> new Axis.Real(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Axis.Levels(64));
  }
}
