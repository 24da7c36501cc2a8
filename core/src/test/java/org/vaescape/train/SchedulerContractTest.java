package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.EverySettingMatters;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every scheduler of the catalogue must do; a new one is found by itself.
class SchedulerContractTest {
  private static final int EPOCHS = 50;

  /// A reconstruction that stands still but for one small step, which is an improvement by more
  /// than a threshold of 1e-4 and by less than 1e-4 of it.
  private static final List<ValidationLosses> STILL = new ArrayList<>();

  static {
    for (int epoch = 0; epoch < 200; epoch++) {
      STILL.add(new ValidationLosses(1, epoch < 10 ? 2 : 2 - 1.5e-4));
    }
  }

  /// Values that show where one near the default does not.
  private static final Map<String, Object> TELLING =
      Map.of("plateau.epsilon", 0.2, "one-cycle.max-momentum", 0.9);

  /// Settings beside which others do nothing at these losses and this rate.
  private static final Set<String> NOT_BESIDE =
      Set.of(
          "plateau.patience",
          "plateau.threshold",
          "plateau.threshold-mode",
          "plateau.min-lr",
          "plateau.epsilon");

  static Stream<String> schedulers() {
    return Schedulers.CATALOGUE.names().stream();
  }

  private static double rate(Scheduler scheduler, double initial, int epoch) {
    return scheduler.rate(initial, epoch, EPOCHS, STILL.subList(0, epoch));
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void givesAFiniteRateThatIsNeverNegativeAlsoAfterTheEnd(String name) {
    Scheduler scheduler = Schedulers.CATALOGUE.member(name).create(Map.of());
    for (int epochs : List.of(1, 2, 3, 7, EPOCHS, 1_000_000)) {
      for (int epoch = 0; epoch < 200; epoch++) {
        double rate = scheduler.rate(0.1, epoch, epochs, STILL.subList(0, epoch));
        assertTrue(Double.isFinite(rate) && rate >= 0, "epoch %d: %s".formatted(epoch, rate));
        boolean inside = scheduler.momentum(epoch, epochs).stream().allMatch(m -> m > 0 && m < 1);
        assertTrue(inside, "momentum of epoch %d of %d".formatted(epoch, epochs));
      }
    }
  }

  /// A trial's learning rate is a factor of all its rates, as long as nothing is bounded.
  @ParameterizedTest
  @MethodSource("schedulers")
  void isProportionalToTheInitialRate(String name) {
    Scheduler scheduler = Schedulers.CATALOGUE.member(name).create(Map.of());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double expected = 8 * rate(scheduler, 0.01, epoch);
      assertEquals(expected, rate(scheduler, 0.08, epoch), 1e-15 + 1e-12 * expected);
    }
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void hasNoSettingThatDoesNothing(String name) {
    Member<Scheduler> member = Schedulers.CATALOGUE.member(name);
    EverySettingMatters.check(
        member,
        NOT_BESIDE,
        setting -> {
          Object telling = TELLING.get(name + "." + setting.name());
          return telling == null ? setting.others() : List.of(telling);
        },
        (one, other) -> paces(one).equals(paces(other)));
  }

  private static List<Pace> paces(Scheduler scheduler) {
    return IntStream.range(0, EPOCHS)
        .mapToObj(epoch -> new Pace(rate(scheduler, 0.1, epoch), scheduler.momentum(epoch, EPOCHS)))
        .toList();
  }

  private static double sum(Scheduler scheduler) {
    return paces(scheduler).stream().mapToDouble(Pace::rate).sum();
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void refusesAnUnknownSettingByName(String name) {
    Member<Scheduler> member = Schedulers.CATALOGUE.member(name);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> member.create(Map.of("gama", 0.5)));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("unknown setting gama"));
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void refusesWhatIsOutOfRangeWithItsRule(String name) {
    Member<Scheduler> member = Schedulers.CATALOGUE.member(name);
    for (HyperParameter setting : member.settings()) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> member.create(Map.of(setting.name(), -0.5)),
              setting.name());
      assertEquals(
          "%s must be %s but was -0.5".formatted(setting.name(), setting.rule()),
          refused.getMessage());
    }
  }

  @Test
  void refusesSettingsThatOnlyTogetherAreWrong() {
    assertEquals(
        "base-momentum must be at most max-momentum but they were 0.85 and 0.5",
        assertThrows(
                IllegalArgumentException.class,
                () -> Schedulers.CATALOGUE.member("one-cycle").create(Map.of("max-momentum", 0.5)))
            .getMessage());
    assertEquals(
        "threshold must be below 1, a share of the best value, but was 1.0; or set threshold-mode to abs",
        assertThrows(
                IllegalArgumentException.class,
                () -> Schedulers.CATALOGUE.member("plateau").create(Map.of("threshold", 1.0)))
            .getMessage());
  }

  /// The sum of a geometric series: what a trial can move in all epochs together.
  @Test
  void theExponentialRatesSumToTheirClosedForm() {
    double sum = sum(new ExponentialRate(0.95));
    assertEquals(0.1 * (1 - Math.pow(0.95, EPOCHS)) / (1 - 0.95), sum, 1e-12);
  }

  /// Half the rate on average, but for half a step at the ends.
  @Test
  void theCosineRatesSumToTheirClosedForm() {
    assertEquals(0.1 * (EPOCHS + 1) / 2, sum(new CosineRate(0)), 1e-12);
  }
}
