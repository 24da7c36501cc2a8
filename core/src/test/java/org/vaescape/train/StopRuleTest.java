package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.train.ValidationLosses.Curve;

/// Each rule on curves whose stops are told by hand.
class StopRuleTest {
  private static final StopRule ONE_PERCENT = new RelativeChange(0.01, 1);

  /// Epochs, from 1, at which the rule would stop if asked after each of them.
  private static List<Integer> stops(StopRule rule, List<ValidationLosses> all) {
    return IntStream.rangeClosed(1, all.size())
        .filter(epoch -> rule.stops(all.subList(0, epoch)))
        .boxed()
        .toList();
  }

  /// On a curve of reconstructions; the loss rises all the time, which these rules must not see.
  private static List<Integer> stops(StopRule rule, Double... reconstructions) {
    return stops(
        rule,
        IntStream.range(0, reconstructions.length)
            .mapToObj(epoch -> new ValidationLosses(epoch, reconstructions[epoch]))
            .toList());
  }

  /// A curve of losses with falling reconstructions, which the rule must not see.
  private static List<ValidationLosses> losses(Double... losses) {
    return IntStream.range(0, losses.length)
        .mapToObj(epoch -> new ValidationLosses(losses[epoch], 100.0 / (1 + epoch)))
        .toList();
  }

  private static List<ValidationLosses> pairs(double[]... epochs) {
    return Arrays.stream(epochs).map(pair -> new ValidationLosses(pair[0], pair[1])).toList();
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
    assertEquals(List.of(2), stops(new RelativeChange(0.25, 1), 1.0, 0.75));
    assertEquals(List.of(), stops(new RelativeChange(0.25, 1), 1.0, Math.nextDown(0.75)));
  }

  @Test
  void judgesNoFirstEpoch() {
    for (StopRule rule : List.of(ONE_PERCENT, new LossAndChange(0.01, 1))) {
      assertFalse(rule.stops(List.of()));
      assertFalse(rule.stops(List.of(new ValidationLosses(0.1, 0.1))));
    }
  }

  @Test
  void waitsForItsFirstEpochs() {
    assertEquals(
        List.of(4, 5), stops(new RelativeChange(0.01, 4), 1.0, 0.999, 0.998, 0.997, 0.996));
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
  void takesTheSizeOfAReconstructionBelowZero() {
    // A negative log-likelihood that falls from -1 falls, though the share of -1 would be negative.
    assertEquals(List.of(3, 4), stops(ONE_PERCENT, -1.0, -1.5, -1.505, -1.51, -1.505));
  }

  @Test
  void looksAtLossAndReconstructionApart() {
    StopRule rule = new LossAndChange(0.01, 1);
    List<ValidationLosses> curve =
        pairs(
            new double[] {10, 1.0},
            new double[] {9, 0.9}, // the reconstruction changes by 10 %
            new double[] {9.5, 0.895}, // the loss rises
            new double[] {9.5, 0.895}, // the loss stays
            new double[] {9.4, 0.899}, // the reconstruction rises, by less than 1 %
            new double[] {9.3, 0.899}); // the reconstruction stays
    assertEquals(List.of(5, 6), stops(rule, curve));
    assertEquals(List.of(3), stops(ONE_PERCENT, curve), "the two readings differ");
    assertEquals(List.of(6), stops(new LossAndChange(0.01, 6), curve));
  }

  @Test
  void goesOnWhereTheLossOverflows() {
    assertEquals(
        List.of(),
        stops(
            new LossAndChange(0.01, 1),
            pairs(
                new double[] {Double.NaN, 1},
                new double[] {1, 1},
                new double[] {Double.POSITIVE_INFINITY, 1})));
  }

  /// The closed form against rules that are asked of curves that stop as soon as they can.
  @Test
  void noRuleStopsBeforeItsEarliestEpoch() {
    List<ValidationLosses> slow =
        IntStream.range(0, 30)
            .mapToObj(e -> new ValidationLosses(-e * 1e-6, 1 - e * 1e-6))
            .toList();
    for (StopRule rule :
        List.of(
            ONE_PERCENT,
            new RelativeChange(0.01, 7),
            new LossAndChange(0.01, 1),
            new LossAndChange(0.01, 9),
            new Patience(3, 0.1, Curve.LOSS, 1),
            new Patience(3, 0.1, Curve.LOSS, 12))) {
      assertEquals(OptionalInt.of(rule.earliest()), rule.firstStop(slow), rule.toString());
    }
  }

  @Test
  void eachRuleHasItsOwnFloor() {
    assertEquals(5, StopRules.CATALOGUE.member("patience").create(Map.of()).earliest());
    assertEquals(12, StopRules.CATALOGUE.member("relative-change").create(Map.of()).earliest());
    assertEquals(12, StopRules.CATALOGUE.member("loss-and-change").create(Map.of()).earliest());
  }

  @Test
  void losesPatienceAfterSoManyEpochsInARow() {
    // Lowest at epochs 1, 2 and 5; three epochs without a new one end at epoch 8.
    assertEquals(
        List.of(8),
        stops(
            new Patience(3, 0, Curve.LOSS, 1),
            losses(5.0, 4.0, 4.5, 4.0, 3.0, 3.5, 3.0, 3.1, 2.0)));
  }

  @Test
  void aFallWithinMinDeltaIsNoImprovementHoweverOften() {
    // Each falls by 0.25, never below 4 - 0.5, until 3.25 does.
    StopRule rule = new Patience(3, 0.5, Curve.LOSS, 1);
    assertEquals(List.of(), stops(rule, losses(4.0, 3.75, 3.5, 3.25, 3.0, 2.75, 2.5)));
    assertEquals(List.of(4, 5), stops(rule, losses(4.0, 3.75, 3.5, 3.75, 3.5, 3.25)));
  }

  @Test
  void patienceLooksAtTheCurveItIsTold() {
    List<ValidationLosses> curve = losses(5.0, 6.0, 7.0);
    assertEquals(List.of(3), stops(new Patience(2, 0, Curve.LOSS, 1), curve));
    assertEquals(List.of(), stops(new Patience(2, 0, Curve.RECONSTRUCTION, 1), curve));
    assertEquals(
        List.of(3, 4), stops(new Patience(2, 0, Curve.RECONSTRUCTION, 1), 1.0, 2.0, 2.0, 3.0));
  }

  @Test
  void patienceCountsTheEpochsBeforeItsFloor() {
    StopRule rule = new Patience(2, 0, Curve.LOSS, 5);
    assertEquals(List.of(5, 6), stops(rule, losses(1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 0.5)));
    assertEquals(List.of(7), stops(rule, losses(1.0, 2.0, 2.0, 2.0, 0.5, 2.0, 2.0)));
  }

  @Test
  void aLossThatIsNotFiniteIsNoImprovement() {
    assertEquals(
        List.of(3),
        stops(
            new Patience(2, 0, Curve.LOSS, 1),
            losses(1.0, Double.NaN, Double.POSITIVE_INFINITY, 0.5)));
  }

  @Test
  void trainsAllEpochsWithoutARule() {
    assertEquals(List.of(), stops(new NoStop(), 1.0, 0.999, 0.9989));
  }

  @Test
  void findsTheFirstStopOfACurve() {
    StopRule rule = new Patience(1, 0, Curve.LOSS, 1);
    assertEquals(OptionalInt.of(3), rule.firstStop(losses(2.0, 1.0, 1.0, 0.5, 0.6)));
    assertEquals(OptionalInt.empty(), rule.firstStop(losses(2.0, 1.0)));
    assertEquals(OptionalInt.empty(), rule.firstStop(List.of()));
  }

  @Test
  void refusesSettingsOutOfRange() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new RelativeChange(0, 3)).getMessage();
    assertEquals("tolerance must be above 0 and min-epochs at least 1 but were 0.0 and 3", message);
    assertThrows(IllegalArgumentException.class, () -> new RelativeChange(Double.NaN, 3));
    assertThrows(IllegalArgumentException.class, () -> new RelativeChange(0.01, 0));
    assertThrows(IllegalArgumentException.class, () -> new LossAndChange(0, 3));
    assertThrows(IllegalArgumentException.class, () -> new Patience(0, 0, Curve.LOSS, 1));
    assertThrows(IllegalArgumentException.class, () -> new Patience(1, -1, Curve.LOSS, 1));
    assertThrows(IllegalArgumentException.class, () -> new Patience(1, 0, Curve.LOSS, 0));
    assertThrows(IllegalArgumentException.class, () -> new Stopping(new NoStop(), 0, LAST, 0));
    assertThrows(IllegalArgumentException.class, () -> new Stopping(new NoStop(), 1, LAST, -1));
  }

  private static final Stopping.Restore LAST = Stopping.Restore.LAST;

  /// Study files give one value to a setting whatever the rule, so it must mean one thing; only the
  /// default may be a rule's own.
  @Test
  void aSettingOfSeveralRulesMeansTheSameInAll() {
    Map<String, HyperParameter> known = new HashMap<>();
    for (Member<StopRule> member : StopRules.CATALOGUE.members()) {
      for (HyperParameter setting : member.settings()) {
        HyperParameter before = known.putIfAbsent(setting.name(), setting);
        assertTrue(before == null || before.rule().equals(setting.rule()), member.name());
      }
    }
    assertEquals(5, known.size());
  }
}
