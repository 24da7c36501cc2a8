package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What [ForestEffects] is made of.
class ForestPartsTest {
  @Test
  void aFlatTreeIsTheTree() {
    KnownEffects known = KnownEffects.additive();
    RegressionTree tree = RandomForest.fit(known.runs(300, 1, 0.1, 1), 1, 1).trees().getFirst();
    FlatTree flat = new FlatTree(tree);
    PointPairs points = PointPairs.of(known.axes(), 512, 1);
    for (int i = 0; i < points.count(); i++) {
      double[] pair = points.pairs()[i];
      double[] x = {pair[1], pair[3], pair[5], pair[7], pair[9]};
      double[] z = {pair[0], pair[2], pair[4], pair[6], pair[8]};
      double[] mixed = {x[0], z[1], z[2], x[3], z[4]};
      assertEquals(tree.predict(x), flat.at(pair, 31));
      assertEquals(tree.predict(z), flat.at(pair, 0));
      assertEquals(tree.predict(mixed), flat.at(pair, 0b01001));
    }
  }

  @Test
  void productsAreThoseOfDifferentTrees() {
    double[][] ones = {{1, 2}, {3, 5}, {-4, 7}};
    double[][] others = {{2, -1}, {0.5, 3}, {6, 11}};
    AcrossTrees sums = new AcrossTrees(2, 2);
    for (int tree = 0; tree < 3; tree++) {
      sums.add(1, ones[tree], others[tree]);
    }
    for (int i = 0; i < 2; i++) {
      double mean = 0;
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          mean += a == b ? 0 : ones[a][i] * others[b][i] / 6;
        }
      }
      assertEquals(mean, sums.product(1, i), 1e-13);
    }
    assertEquals(3, sums.trees(1));
    assertEquals(0, sums.trees(0));
    assertEquals(14 / 3.0, sums.one(1, 1), 1e-15);
  }

  @Test
  void effectsHaveDistinctPlacesInTheOrderOfFunctionalAnova() {
    EffectIndex index = new EffectIndex(4);
    int[] places = {
      index.first(0), index.first(3), index.pair(0, 1), index.pair(3, 0), index.pair(1, 2),
      index.pair(2, 3), index.total(0), index.shapley(0), index.shapley(3), index.all()
    };
    assertArrayEquals(new int[] {0, 3, 4, 6, 7, 9, 10, 14, 17, 18}, places);
    assertEquals(19, index.size());
  }

  /// Of the levels 0 to 2 and of the outcome 1, 2; the last has one run, the first two are alike.
  @Test
  void settingsKeepTheirRepeats() {
    List<Axis> axes = List.of(new Axis.Levels(3), new Axis.Real(0, 1));
    double[] x = {2, 0.5, 0, 0.1, 0, 0.1, 1, 0.7, 1, 0.2};
    double[] y = {7, 1, 3, 4, 6};
    boolean[] absent = {false, false, false, false, false, false, false, true, false, true};
    DistinctSettings settings =
        new DistinctSettings(new ConditionalRuns(new Evaluations(axes, x, y), absent));
    assertEquals(3, settings.count());
    double mean = (2 + 5 + 7) / 3.0;
    assertEquals(2 - mean, settings.mean(0), 1e-14);
    assertEquals(5 - mean, settings.mean(1), 1e-14);
    assertEquals(7 - mean, settings.mean(2), 1e-14);
    assertEquals((2 - mean) * (2 - mean) + 1, settings.meanSquare(0), 1e-14);
    assertEquals((2 + 2) / 2.0, settings.noise(), 1e-14);
    double[] pair = new double[4];
    settings.pair(0, pair, new SplittableRandom(1));
    assertEquals(0, pair[1]);
    assertEquals(0.1, pair[3]);
    settings.pair(1, pair, new SplittableRandom(1));
    assertEquals(1, pair[1]);
    assertTrue(pair[3] >= 0 && pair[3] < 1 && pair[3] != 0.7 && pair[3] != 0.2, "drawn");
  }

  @Test
  void anIntervalReachesFurtherWhereTheEstimateIsMoving() {
    ShareEstimate still = new ShareEstimate(0.5, 0.03, 0, 0.02, 8);
    ShareEstimate rising = new ShareEstimate(0.5, 0.03, 0.1, 0.02, 8);
    // scipy 1.17: norm.ppf(.975), t.ppf(.975, 8)
    double half = Math.hypot(1.959963984540054 * 0.03, 2.306004135204166 * 0.02);
    assertEquals(0.5 - half, still.interval(0.95).low(), 1e-9);
    assertEquals(0.5 + half, still.interval(0.95).high(), 1e-9);
    assertEquals(0.5 - half, rising.interval(0.95).low(), 1e-9);
    assertEquals(0.6 + half, rising.interval(0.95).high(), 1e-9);
    ShareEstimate none = new ShareEstimate(-0.01, 0.03, -0.01, 0.02, 8);
    assertEquals(0, none.share());
    assertEquals(0, none.interval(0.95).low());
  }
}
