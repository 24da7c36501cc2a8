package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.AnotherValue;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every scheduler of the catalogue must do; a new one is found by itself.
class SchedulerContractTest {

  static Stream<String> schedulers() {
    return Schedulers.CATALOGUE.names().stream();
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void givesAFiniteRateThatIsNeverNegative(String name) {
    Scheduler scheduler = Schedulers.CATALOGUE.member(name).create(Map.of());
    for (int epoch = 0; epoch < 200; epoch++) {
      double rate = scheduler.rate(0.1, epoch);
      assertTrue(Double.isFinite(rate) && rate >= 0, "epoch %d: %s".formatted(epoch, rate));
    }
  }

  /// A trial's learning rate is a factor of all its rates.
  @ParameterizedTest
  @MethodSource("schedulers")
  void isProportionalToTheInitialRate(String name) {
    Scheduler scheduler = Schedulers.CATALOGUE.member(name).create(Map.of());
    for (int epoch = 0; epoch < 100; epoch++) {
      double expected = 8 * scheduler.rate(0.01, epoch);
      assertEquals(expected, scheduler.rate(0.08, epoch), 1e-15 + 1e-12 * expected);
    }
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void hasNoSettingThatDoesNothing(String name) {
    Member<Scheduler> member = Schedulers.CATALOGUE.member(name);
    double usual = sum(member.create(Map.of()));
    for (HyperParameter setting : member.settings()) {
      for (Object value : AnotherValue.of(setting)) {
        double moved = sum(member.create(Map.of(setting.name(), value)));
        assertTrue(Math.abs(moved - usual) > 1e-9, setting.name() + " changes nothing");
      }
    }
  }

  private static double sum(Scheduler scheduler) {
    double sum = 0;
    for (int epoch = 0; epoch < 50; epoch++) {
      sum += scheduler.rate(0.1, epoch);
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void refusesAnUnknownSettingByName(String name) {
    Member<Scheduler> member = Schedulers.CATALOGUE.member(name);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> member.create(Map.of("gama", 0.5)));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("unknown setting gama"));
  }

  /// The sum of a geometric series: what a trial can move in all epochs together.
  @Test
  void theExponentialRatesSumToTheirClosedForm() {
    double sum = sum(new ExponentialRate(0.95));
    assertEquals(0.1 * (1 - Math.pow(0.95, 50)) / (1 - 0.95), sum, 1e-12);
  }
}
