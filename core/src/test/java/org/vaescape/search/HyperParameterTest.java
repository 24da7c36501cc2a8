package org.vaescape.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HyperParameterTest {
  private static String refusal(HyperParameter setting, Object value) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> setting.check(value)).getMessage());
  }

  @Test
  void saysRuleValueAndNearMissOfAWord() {
    assertEquals(
        "kernel must be one of imq, rbf but was imk; did you mean imq?",
        refusal(new HyperParameter.Choice("kernel", "imq", List.of("imq", "rbf"), ""), "imk"));
  }

  @Test
  void takesAWholeNumberInScientificForm() {
    HyperParameter batch = new HyperParameter.Count("batch", 1000, 1, "");
    assertEquals(1000L, batch.check(1e3));
    assertEquals("batch must be a whole number of at least 1 but was 2.5", refusal(batch, 2.5));
    assertEquals("batch must be a whole number of at least 1 but was 0", refusal(batch, 0L));
  }

  @Test
  void takesANumberOrAWord() {
    HyperParameter weight =
        new HyperParameter.RealOrWord(
            "kl-weight", "batch/n", Range.NOT_NEGATIVE, List.of("batch/n"), "");
    assertEquals(1.0, weight.check(1L));
    assertEquals("batch/n", weight.check("batch/n"));
    assertEquals(
        "kl-weight must be a number in [0, inf) or batch/n but was batch/m; did you mean batch/n?",
        refusal(weight, "batch/m"));
  }

  @Test
  void holdsNegativeZeroAndZeroForOneValue() {
    HyperParameter decay = new HyperParameter.Real("decay", 0, Range.NOT_NEGATIVE, "");
    assertEquals(decay.check(0.0), decay.check(-0.0));
  }

  @Test
  void takesOneLayerForAListOfOne() {
    HyperParameter hidden = new HyperParameter.Counts("hidden", List.of(256L), "");
    assertEquals(List.of(64L), hidden.check(64L));
    assertEquals(List.of(64L, 32L), hidden.check(List.of(64L, 32L)));
    assertEquals(
        "hidden must be a list of whole numbers of at least 1 but was [64, 0]",
        refusal(hidden, List.of(64L, 0L)));
    assertEquals(List.of(), hidden.check(List.of()));
  }
}
