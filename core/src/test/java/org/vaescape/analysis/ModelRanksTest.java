package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelRanksTest {
  /// Losses of three models on eight data sets.
  private static final double[][] LOSSES = {
    {0.213, 0.251, 0.304},
    {0.112, 0.157, 0.143},
    {0.431, 0.412, 0.558},
    {0.325, 0.396, 0.471},
    {0.184, 0.247, 0.291},
    {0.272, 0.301, 0.385},
    {0.514, 0.606, 0.583},
    {0.093, 0.160, 0.219},
  };

  /// `scipy.stats.friedmanchisquare(*columns)`; `wilcoxon(a, b, mode="exact")` of each pair, and
  /// Holm's correction of these by hand.
  @Test
  void testsIndependentBlocksAsScipyDoes() {
    ModelRanks.Tested tested =
        assertInstanceOf(ModelRanks.Tested.class, ModelRanks.of(LOSSES, true));
    assertEquals(8, tested.blocks());
    assertArrayEquals(new double[] {1.125, 2.125, 2.75}, tested.meanRanks(), 1e-15);
    assertEquals(10.75, tested.friedman().chiSquared(), 1e-9);
    assertEquals(0.004630918733533247, tested.friedman().p(), 1e-12);
    assertEquals(7 * 10.75 / (16 - 10.75), tested.friedman().imanDavenport(), 1e-9);
    List<ModelRanks.Pair> pairs = tested.pairs();
    assertEquals(3, pairs.size());
    double[] p = pairs.stream().mapToDouble(pair -> pair.wilcoxon().exactP()).toArray();
    assertArrayEquals(new double[] {0.015625, 0.0078125, 0.0390625}, p, 1e-12);
    double[] holm = pairs.stream().mapToDouble(ModelRanks.Pair::holmP).toArray();
    assertArrayEquals(new double[] {0.03125, 0.0234375, 0.0390625}, holm, 1e-12);
    assertEquals(
        List.of("0 1", "0 2", "1 2"),
        pairs.stream().map(pair -> pair.one() + " " + pair.other()).toList());
    Nemenyi nemenyi = new Nemenyi(8, new double[] {1.125, 2.125, 2.75});
    for (ModelRanks.Pair pair : pairs) {
      assertEquals(nemenyi.p(pair.one(), pair.other()), pair.nemenyiP(), 1e-12);
    }
    assertEquals(3 * 2 / 256.0, tested.smallestHolmP());
  }

  /// Demsar 2006, section 3.2.2: four classifiers on 14 data sets, q = 2.569, difference 1.25.
  @Test
  void hasThePublishedCriticalDifference() {
    double[][] outcomes = new double[14][4];
    for (int block = 0; block < 14; block++) {
      outcomes[block][block % 4] = 1;
    }
    ModelRanks.Tested tested =
        assertInstanceOf(ModelRanks.Tested.class, ModelRanks.of(outcomes, true));
    assertEquals(1.25, tested.criticalDifference(0.05), 0.005);
  }

  @Test
  void onlyDescribesBlocksThatShareSomething() {
    ModelRanks.Described described =
        assertInstanceOf(ModelRanks.Described.class, ModelRanks.of(LOSSES, false));
    assertArrayEquals(new double[] {1.125, 2.125, 2.75}, described.meanRanks(), 1e-15);
    assertEquals(8, described.blocks());
    assertTrue(described.reason().startsWith("no p: the blocks are not independent"));
  }

  @Test
  void onlyDescribesASingleBlock() {
    ModelRanks.Described described =
        assertInstanceOf(
            ModelRanks.Described.class, ModelRanks.of(new double[][] {{3, 1, 3}}, true));
    assertArrayEquals(new double[] {2.5, 1, 2.5}, described.meanRanks());
    assertTrue(described.reason().contains("at least 2 blocks"));
  }

  /// The type of what is only described holds no number but the ranks.
  @Test
  void hasNoPToReadWhereNoneIsValid() {
    List<String> components =
        Arrays.stream(ModelRanks.Described.class.getRecordComponents())
            .map(component -> component.getName())
            .toList();
    assertEquals(List.of("blocks", "meanRanks", "reason"), components);
  }

  @Test
  void refusesWhatIsNoTable() {
    for (boolean independent : new boolean[] {true, false}) {
      assertTrue(
          refusal(() -> ModelRanks.of(new double[0][], independent))
              .contains("at least one block"));
      assertTrue(
          refusal(() -> ModelRanks.of(new double[][] {{1}, {2}}, independent)).contains("2 treat"));
      assertTrue(
          refusal(() -> ModelRanks.of(new double[][] {{1, 2}, {1}}, independent))
              .contains("one has 1"));
      assertTrue(
          refusal(() -> ModelRanks.of(new double[][] {{1, 2}, {1, Double.NaN}}, independent))
              .contains("NaN"));
    }
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
