package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.EverySettingMatters;
import org.vaescape.SettingsContract;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every metric of labels must do; a new one is found by itself.
class LabelMetricContractTest {
  private static final Points TRAINING = PlantedPoints.of(60, 3, 3, 1);
  private static final Points HELD = PlantedPoints.of(45, 3, 3, 2);

  static Stream<Member<LabelMetric>> metrics() {
    return LabelMetrics.CATALOGUE.members().stream();
  }

  private static Points labelled(Points points, List<String> labels) {
    return new Points(points.values(), points.dimensions(), labels, points.patients());
  }

  private static Points shuffled(Points points) {
    List<String> labels = new ArrayList<>(points.labels());
    Collections.shuffle(labels, new Random(3));
    return labelled(points, labels);
  }

  private static double planted(LabelMetric metric) {
    return metric.of(new LabelledPlaces(TRAINING, HELD));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void givesTheSameNumberEveryTime(Member<LabelMetric> member) {
    double value = planted(member.create(Map.of()));
    assertTrue(value >= -1 && value <= 1, member.name() + " " + value);
    assertEquals(value, planted(member.create(Map.of())));
  }

  /// Metrics share work, and that on batches uses what that on labels found.
  @ParameterizedTest
  @MethodSource("metrics")
  void doesNotDependOnWhatElseWasMeasured(Member<LabelMetric> member) {
    LabelMetric metric = member.create(Map.of());
    LabelledPlaces first = new LabelledPlaces(shuffled(TRAINING), shuffled(HELD));
    LabelledPlaces second = new LabelledPlaces(TRAINING, HELD, Optional.of(first));
    for (LabelledPlaces places : List.of(first, second)) {
      metrics().forEach(other -> other.create(Map.of()).of(places));
    }
    assertEquals(planted(metric), metric.of(second));
    assertEquals(
        metric.of(new LabelledPlaces(shuffled(TRAINING), shuffled(HELD))), metric.of(first));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void isBetterWhereLabelsLieApartThanWhereTheyAreByChance(Member<LabelMetric> member) {
    LabelMetric metric = member.create(Map.of());
    double apart = planted(metric);
    double chance = metric.of(new LabelledPlaces(shuffled(TRAINING), shuffled(HELD)));
    double gain = metric.higherIsBetter() ? apart - chance : chance - apart;
    assertTrue(gain > 0.2, "%s: %s apart, %s by chance".formatted(member.name(), apart, chance));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void isNoNumberWhereThereIsNothingToTellApart(Member<LabelMetric> member) {
    LabelMetric metric = member.create(Map.of());
    for (String label : List.of("", "all")) {
      Points training = labelled(TRAINING, Collections.nCopies(TRAINING.size(), label));
      Points held = labelled(HELD, Collections.nCopies(HELD.size(), label));
      assertEquals(Double.NaN, metric.of(new LabelledPlaces(training, held)), "'" + label + "'");
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void hasNoSettingThatDoesNothing(Member<LabelMetric> member) {
    EverySettingMatters.check(
        member, Set.of(), HyperParameter::others, (one, other) -> planted(one) == planted(other));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void refusesSettingsThatAreUnknownOrOutOfRange(Member<LabelMetric> member) {
    SettingsContract.refusesUnknown(member);
    SettingsContract.refusesOutOfRange(member);
  }
}
