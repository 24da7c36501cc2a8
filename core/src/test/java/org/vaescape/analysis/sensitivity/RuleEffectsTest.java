package org.vaescape.analysis.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaescape.study.Metric;

class RuleEffectsTest {
  private static final RunSet.Outcome LOSS =
      new RunSet.Outcome("val_mse", Metric.Better.LOWER, true);

  /// SGD learns nothing, whatever its rate: with its runs as they are the optimizer explains most,
  /// without them the rate does.
  @Test
  void sayThatTheFirstHyperParameterHangsOnRunsThatLearnedNothing() {
    Landscape landscape = PlantedStudy.landscape("vae", 2, PlantedStudy::typical);
    RuleEffects effects = RuleEffects.of(landscape, LOSS, 1).orElseThrow();
    assertEquals(
        List.of("optimizer", "optimizer", "learning-rate", "optimizer"),
        effects.rules().stream().map(rule -> rule.first().factors().getFirst()).toList());
    RuleEffects.Rule learned = effects.rules().get(2);
    assertEquals(FailureRule.LEARNED, learned.rule());
    assertTrue(learned.dropped().contains(new View.Level("optimizer", "sgd")));
    assertTrue(learned.first().interval().isPresent());
    assertTrue(
        effects
            .sentence()
            .contains(
                "depends on how runs that did not learn are counted: optimizer with failed runs left out"),
        effects.sentence());
  }

  /// Among the runs that learned the rate explains nearly everything, wherever failures are.
  @Test
  void tellWhatTheRunsThatLearnedSayWithoutLeavingOutWholeLevels() {
    Landscape landscape = PlantedStudy.landscape("vae", 2, PlantedStudy::typical);
    RuleEffects effects = RuleEffects.of(landscape, LOSS, 1).orElseThrow();
    assertEquals(2 * (5 * 6 * 2 - 3), effects.learned());
    List<String> names = effects.given().stream().map(RuleEffects.Given::factor).toList();
    assertEquals(List.of("latent", "learning-rate", "optimizer", "rest"), names);
    assertTrue(effects.given().get(1).share() > 0.9, effects.given().toString());
  }

  @Test
  void areNotGivenWhereAllRunsLearned() {
    Landscape landscape =
        PlantedStudy.landscape(
            "vae",
            2,
            setting -> PlantedStudy.End.learned(1 + setting.rate() + setting.noise() / 9));
    assertTrue(RuleEffects.of(landscape, LOSS, 1).isEmpty());
  }
}
