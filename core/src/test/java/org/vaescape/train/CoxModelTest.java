package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.data.FollowUp;

/// Against lifelines and scikit-survival, which agree with each other.
@Covers("analysis/survival")
class CoxModelTest {
  private final JsonNode file = Golden.read("analysis/survival");
  private final int dimensions = Golden.array(file, "x").shape()[1];

  private List<FollowUp> followUps(int[] rows) {
    double[] times = Golden.array(file, "times").doubles();
    int[] events = Golden.array(file, "events").ints();
    return Arrays.stream(rows).mapToObj(i -> new FollowUp(times[i], events[i] == 1)).toList();
  }

  private float[] places(int[] rows) {
    float[] places = new float[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      float[] row = Golden.array(file, "x").slice(rows[i]).floats();
      System.arraycopy(row, 0, places, i * dimensions, dimensions);
    }
    return places;
  }

  @Test
  void fitsTiedTimesAndJudgesOthersAsLifelinesAndScikitSurvivalDo() {
    int[] train = Golden.array(file, "train_rows").ints();
    int[] test = Golden.array(file, "test_rows").ints();
    CoxModel model = CoxModel.fit(places(train), dimensions, followUps(train));
    for (String name : List.of("own", "lifelines", "scikit_survival")) {
      Golden.assertClose(
          Golden.array(file, "cox/coefficients_" + name).doubles(),
          model.coefficients(),
          1e-5,
          1e-6,
          name);
    }
    double concordance = model.concordance(places(test), followUps(test));
    assertEquals(Golden.number(file, "concordance/lifelines"), concordance, 1e-9);
    assertEquals(Golden.number(file, "concordance/scikit_survival"), concordance, 1e-9);
  }

  @Test
  void countsPairsOfEqualRiskByHalf() {
    double[] risk = Golden.array(file, "concordance_of_rounded_risk/risk").doubles();
    int[] all = java.util.stream.IntStream.range(0, risk.length).toArray();
    double concordance = CoxModel.concordance(risk, followUps(all));
    assertEquals(Golden.number(file, "concordance_of_rounded_risk/lifelines"), concordance, 1e-9);
    assertEquals(
        Golden.number(file, "concordance_of_rounded_risk/scikit_survival"), concordance, 1e-9);
  }

  @Test
  void passesOverSamplesOfUnknownFate() {
    int[] train = Golden.array(file, "train_rows").ints();
    List<FollowUp> some = new ArrayList<>(followUps(train));
    float[] places = places(train);
    CoxModel without =
        CoxModel.fit(
            Arrays.copyOfRange(places, 3 * dimensions, places.length),
            dimensions,
            some.subList(3, some.size()));
    for (int i = 0; i < 3; i++) {
      some.set(i, FollowUp.UNKNOWN);
    }
    assertArrayEquals(
        without.coefficients(), CoxModel.fit(places, dimensions, some).coefficients(), 1e-12);
  }

  @Test
  void saysNothingWithoutEvents() {
    List<FollowUp> censored = List.of(new FollowUp(1, false), new FollowUp(2, false));
    CoxModel model = CoxModel.fit(new float[] {1, 2}, 1, censored);
    assertArrayEquals(new double[] {0}, model.coefficients());
    assertTrue(Double.isNaN(model.concordance(new float[] {1, 2}, censored)));
  }
}
