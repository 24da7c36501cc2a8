package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanDrawsTest {
  private static final int MANY = 40_000;

  /// Four standard errors of a share of so many draws.
  private static final double TOLERANCE = 4 * 0.5 / Math.sqrt(MANY);

  private static MeanDraws two(double one, double other, RunNoise noise, int repeats) {
    return MeanDraws.of(
        new double[] {one, other}, List.of(noise), new int[] {0, 0}, repeats, MANY, 5);
  }

  @Test
  void agreesWithTheOrderingOfTwoSettingsThatShareTheirNoise() {
    for (double degrees : new double[] {1, 3, 20, Double.POSITIVE_INFINITY}) {
      RunNoise noise = RunNoise.given(0.1, degrees);
      double exact =
          OrderingProbability.of(0.3, 3, 0.4, 3, new DifferenceNoise.Shared(noise)).firstIsLower();
      assertEquals(
          exact,
          two(0.3, 0.4, noise, 3).share(means -> means[0] < means[1]),
          TOLERANCE,
          degrees + " degrees of freedom");
    }
  }

  @Test
  void fewDegreesOfFreedomLeaveMoreDoubtThanKnownNoise() {
    double few = two(0.3, 0.4, RunNoise.given(0.05, 1), 3).share(means -> means[0] < means[1]);
    double known =
        two(0.3, 0.4, RunNoise.given(0.05, Double.POSITIVE_INFINITY), 3)
            .share(means -> means[0] < means[1]);
    assertTrue(few < known - 0.03, few + " and " + known);
  }

  @Test
  void settingsThatMeasureAlikeAreTheLowestEquallyOften() {
    MeanDraws draws =
        MeanDraws.of(new double[4], List.of(RunNoise.given(1, 50)), new int[4], 2, MANY, 5);
    assertEquals(
        0.25,
        draws.share(means -> means[2] < means[0] && means[2] < means[1] && means[2] < means[3]),
        TOLERANCE);
  }

  @Test
  void eachGroupHasItsOwnNoise() {
    MeanDraws draws =
        MeanDraws.of(
            new double[] {0, 0},
            List.of(RunNoise.given(0, 10), RunNoise.given(2, Double.POSITIVE_INFINITY)),
            new int[] {0, 1},
            4,
            MANY,
            5);
    assertEquals(1, draws.share(means -> means[0] == 0));
    assertEquals(0.95, draws.share(means -> Math.abs(means[1]) < 1.96), TOLERANCE); // 2 / sqrt(4)
  }

  @Test
  void whatHasNoMeanGetsNone() {
    MeanDraws draws =
        MeanDraws.of(
            new double[] {Double.NaN, 1}, List.of(RunNoise.given(1, 5)), new int[2], 2, 100, 5);
    assertEquals(1, draws.share(means -> Double.isNaN(means[0]) && !Double.isNaN(means[1])));
  }

  @Test
  void equalSeedsGiveEqualBits() {
    RunNoise noise = RunNoise.given(0.1, 2);
    List<double[]> first = new ArrayList<>();
    two(0.3, 0.4, noise, 3).share(means -> first.add(means.clone()));
    List<double[]> again = new ArrayList<>();
    two(0.3, 0.4, noise, 3).share(means -> again.add(means.clone()));
    assertTrue(Arrays.deepEquals(first.toArray(), again.toArray()));
  }

  @Test
  void refusesSettingsWithoutAGroup() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MeanDraws.of(new double[2], List.of(RunNoise.given(1, 5)), new int[1], 2, 10, 5));
  }
}
