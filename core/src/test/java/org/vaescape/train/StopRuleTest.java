package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopRuleTest {
  private static final StopRule ONE_PERCENT = new StopRule.RelativeChange(0.01, 1);

  /// Epochs, from 1, at which the rule would stop if asked after each of them.
  private static List<Integer> stops(StopRule rule, Double... curve) {
    List<Double> all = List.of(curve);
    return java.util.stream.IntStream.rangeClosed(1, all.size())
        .filter(epoch -> rule.stops(all.subList(0, epoch)))
        .boxed()
        .toList();
  }

  @Test
  void stopsWhereTheErrorFallsByNoMoreThanTheTolerance() {
    assertEquals(List.of(4), stops(ONE_PERCENT, 1.0, 0.9, 0.8, 0.795, 0.7));
  }

  @Test
  void goesOnWhereTheErrorRisesHoweverLittle() {
    assertEquals(List.of(), stops(ONE_PERCENT, 1.0, 1.001, 1.5));
  }

  @Test
  void goesOnWhereTheErrorStays() {
    assertEquals(List.of(), stops(ONE_PERCENT, 1.0, 1.0, 1.0));
  }

  @Test
  void countsExactlyTheToleranceAsConverged() {
    // 0.5 and 0.75 are exact in binary, so that the change is the tolerance to the last bit.
    assertEquals(List.of(2), stops(new StopRule.RelativeChange(0.25, 1), 1.0, 0.75));
    assertEquals(List.of(), stops(new StopRule.RelativeChange(0.25, 1), 1.0, Math.nextDown(0.75)));
  }

  @Test
  void judgesNoFirstEpoch() {
    assertFalse(ONE_PERCENT.stops(List.of()));
    assertFalse(ONE_PERCENT.stops(List.of(0.1)));
  }

  @Test
  void waitsForItsFirstEpochs() {
    assertEquals(
        List.of(4, 5),
        stops(new StopRule.RelativeChange(0.01, 4), 1.0, 0.999, 0.998, 0.997, 0.996));
  }

  @Test
  void comparesWithTheEpochBeforeOnly() {
    assertEquals(List.of(3), stops(ONE_PERCENT, 0.1, 0.5, 0.499));
  }

  @Test
  void goesOnWhereTheErrorIsNotANumber() {
    assertEquals(List.of(), stops(ONE_PERCENT, 1.0, Double.NaN, 1.0, 0.0, 0.0));
  }

  @Test
  void trainsAllEpochsWithoutARule() {
    assertEquals(List.of(), stops(new StopRule.None(), 1.0, 0.999, 0.9989));
  }

  @Test
  void refusesAToleranceOfZeroAndNoEpochs() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new StopRule.RelativeChange(0, 3))
            .getMessage();
    assertEquals("tolerance must be above 0 and min-epochs at least 1 but were 0.0 and 3", message);
    assertThrows(IllegalArgumentException.class, () -> new StopRule.RelativeChange(Double.NaN, 3));
    assertThrows(IllegalArgumentException.class, () -> new StopRule.RelativeChange(0.01, 0));
    assertTrue(new StopRule.RelativeChange(0.01, 1).name().equals("relative-change"));
  }
}
