package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.EverySettingMatters;
import org.vaescape.SettingsContract;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every stopping rule of the catalogue must do; a new one is found by itself.
class StopRuleContractTest {
  private static final int EPOCHS = 40;

  /// Curves that fall and level out, of sizes from far below every threshold to far above.
  private static final List<List<ValidationLosses>> CURVES =
      IntStream.range(0, 300).mapToObj(StopRuleContractTest::curve).toList();

  private static List<ValidationLosses> curve(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double size = StrictMath.pow(10, random.nextDouble(-4, 2));
    double noise = size * StrictMath.pow(10, random.nextDouble(-4, 0.5));
    double speed = random.nextDouble(0.02, 0.5);
    List<ValidationLosses> curve = new ArrayList<>();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double falling = size * (1 + 2 * StrictMath.exp(-speed * epoch));
      double reconstruction = falling + noise * random.nextGaussian();
      curve.add(
          new ValidationLosses(
              reconstruction + 0.3 * falling + noise * random.nextGaussian(), reconstruction));
    }
    return curve;
  }

  static Stream<Member<StopRule>> rules() {
    return StopRules.CATALOGUE.members().stream();
  }

  /// Epochs, from 1, after which it would stop, asked in this order.
  private static List<Integer> stops(
      StopRule rule, List<ValidationLosses> curve, IntStream epochs) {
    return epochs.filter(epoch -> rule.stops(curve.subList(0, epoch))).sorted().boxed().toList();
  }

  private static List<List<Integer>> stops(StopRule rule) {
    return CURVES.stream()
        .map(curve -> stops(rule, curve, IntStream.rangeClosed(1, EPOCHS)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isAFunctionOfTheEpochsAndNotOfWhatItWasAskedBefore(Member<StopRule> member) {
    StopRule rule = member.create(Map.of());
    List<List<Integer>> stops = stops(rule);
    assertEquals(stops, stops(member.create(Map.of())));
    for (int i = 0; i < CURVES.size(); i++) {
      List<ValidationLosses> curve = CURVES.get(i);
      IntStream backwards = IntStream.rangeClosed(1, EPOCHS).map(epoch -> EPOCHS + 1 - epoch);
      assertEquals(stops.get(i), stops(rule, curve, backwards));
      assertEquals(stops.get(i).stream().findFirst(), first(rule, curve));
    }
  }

  private static Optional<Integer> first(StopRule rule, List<ValidationLosses> curve) {
    return rule.firstStop(curve).stream().boxed().findFirst();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void neverStopsBeforeTheEpochThatItNames(Member<StopRule> member) {
    for (StopRule rule : EverySettingMatters.variants(member)) {
      assertTrue(rule.earliest() >= 1);
      assertFalse(rule.stops(List.of()));
      for (List<Integer> stops : stops(rule)) {
        assertTrue(stops.stream().allMatch(epoch -> epoch >= rule.earliest()), rule::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void looksAtLossesThatAreNotFiniteToo(Member<StopRule> member) {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1, Double.NEGATIVE_INFINITY};
    for (StopRule rule : EverySettingMatters.variants(member)) {
      for (double one : odd) {
        for (double other : odd) {
          List<ValidationLosses> curve = new ArrayList<>(CURVES.getFirst());
          curve.set(11, new ValidationLosses(one, other));
          curve.set(12, new ValidationLosses(other, one));
          assertEquals(
              stops(rule, curve, IntStream.rangeClosed(1, EPOCHS)).stream().findFirst(),
              first(rule, curve));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasNoSettingThatDoesNothing(Member<StopRule> member) {
    EverySettingMatters.check(
        member, Set.of(), HyperParameter::others, (one, other) -> stops(one).equals(stops(other)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refusesSettingsThatAreUnknownOrOutOfRange(Member<StopRule> member) {
    SettingsContract.refusesUnknown(member);
    SettingsContract.refusesOutOfRange(member);
  }
}
