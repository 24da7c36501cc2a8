package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseModelTest {
  private static final List<Factor> FACTORS =
      List.of(new Factor("a", 3), new Factor("b", 2), new Factor("c", 2));

  private static final int REPEATS = 4;

  private static RepeatedGrid study(double apart, boolean crossed, SplittableRandom random) {
    double[] moved = new double[3 * REPEATS];
    Arrays.setAll(moved, _ -> apart * random.nextGaussian());
    double[] values = new double[12 * REPEATS];
    Arrays.setAll(
        values, i -> moved[i / REPEATS / 4 * REPEATS + i % REPEATS] + random.nextGaussian());
    return new RepeatedGrid(new BalancedGrid(FACTORS, REPEATS, values), crossed, Optional.empty());
  }

  /// Written out for one factor: means by level and repeat, less those of both.
  @Test
  void theMeanSquareIsThatOfTheInteractionOfRepeatAndFactor() {
    double[] values = {1, 4, 2, 2, 5, 9, 3, 1};
    RepeatedGrid design =
        new RepeatedGrid(
            new BalancedGrid(List.of(new Factor("a", 2), new Factor("b", 2)), 2, values),
            true,
            Optional.empty());
    // By a and repeat the means are 1.5, 3 and 4, 5; their contrast is (1.5 - 3 - 4 + 5) / 4.
    SplitByFactor a = SplitByFactor.of(design).getFirst();
    assertEquals(8 * 0.125 * 0.125, a.meanSquare(values), 1e-12);
    // By b: 3, 6.5 and 2.5, 1.5.
    SplitByFactor b = SplitByFactor.of(design).get(1);
    assertEquals(8 * 1.125 * 1.125, b.meanSquare(values), 1e-12);
    b.takeOff(values);
    assertEquals(0, b.meanSquare(values), 1e-12);
    assertEquals(8 * 0.125 * 0.125, a.meanSquare(values), 1e-12);
  }

  @Test
  void splitsAreSeldomSeenToMoveLevelsApartWhereTheyDoNot() {
    SplittableRandom random = new SplittableRandom(3);
    double found = 0;
    for (int i = 0; i < 1000; i++) {
      found += NoiseModel.of(study(0, true, random)).apart().size();
    }
    assertEquals(150, found, 4 * Math.sqrt(150)); // of three factors, one in twenty
  }

  @Test
  void whatSplitsMoveApartIsSeenAndIsNoNoiseOfRuns() {
    SplittableRandom random = new SplittableRandom(3);
    double square = 0;
    for (int i = 0; i < 100; i++) {
      NoiseModel model = NoiseModel.of(study(3, true, random));
      assertEquals(0, model.apart().getFirst().by().axis());
      double[] values = model.draw(true, random, random);
      RepeatedGrid drawn =
          new RepeatedGrid(new BalancedGrid(FACTORS, REPEATS, values), true, Optional.empty());
      assertTrue(NoiseModel.of(drawn).apart().size() <= 3);
      square += SplitByFactor.of(drawn).getFirst().meanSquare(values) / 100;
    }
    assertEquals(1 + 4 * 9, square, 4 * 37 * Math.sqrt(2 * 2 / 6.0 / 100));
  }

  @Test
  void repeatsOfOneSplitMoveNothing() {
    SplittableRandom random = new SplittableRandom(3);
    assertEquals(List.of(), NoiseModel.of(study(3, false, random)).apart());
  }
}
