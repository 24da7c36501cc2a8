package org.vaescape.analysis.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.failures.FailingLevels;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlantedStudy;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class RuleEffectsTest {
  private static final RunSet.Outcome LOSS =
      new RunSet.Outcome("val_mse", Metric.Better.LOWER, true);

  /// SGD learns nothing, whatever its rate: with its runs as they are the optimizer explains most,
  /// without them the rate does.
  @Test
  void sayThatTheFirstHyperParameterHangsOnRunsThatLearnedNothing() {
    Landscape landscape = PlantedStudy.landscape("vae", 2, PlantedStudy::typical);
    RuleEffects effects = RuleEffects.of(Runs.set(landscape.runs()), landscape, LOSS).orElseThrow();
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
    RuleEffects effects = RuleEffects.of(Runs.set(landscape.runs()), landscape, LOSS).orElseThrow();
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
    assertTrue(RuleEffects.of(Runs.set(landscape.runs()), landscape, LOSS).isEmpty());
  }

  /// Where none failed two of the rules are one.
  @Test
  void areGivenOnceForRulesThatAreTheSame() {
    Landscape landscape =
        PlantedStudy.landscape(
            "vae",
            2,
            setting ->
                setting.optimizer().equals("sgd")
                    ? PlantedStudy.End.untrained(0.08)
                    : PlantedStudy.End.learned(1 + setting.rate() + setting.noise() / 9));
    RuleEffects effects = RuleEffects.of(Runs.set(landscape.runs()), landscape, LOSS).orElseThrow();
    assertEquals(
        List.of(FailureRule.LEFT_OUT, FailureRule.LEARNED, FailureRule.WORST_LEARNED),
        effects.rules().stream().map(RuleEffects.Rule::rule).toList());
    assertEquals(
        "all runs as measured, of which none failed", effects.text(effects.rules().getFirst()));
  }

  /// Runs at random settings, of which those at high rates fail: what remains hangs on the latent.
  @Test
  void areTakenFromForestsWhereRunsAreNoGrid() {
    SplittableRandom random = new SplittableRandom(1);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      double rate = random.nextDouble();
      double latent = random.nextDouble();
      settings.put("rate", Double.toString(rate));
      settings.put("latent", Double.toString(latent));
      runs.add(Runs.run(settings, 0, rate > 0.5 ? Double.NaN : 1 + latent));
    }
    Landscape landscape = Runs.set(runs).landscapes().getFirst();
    RuleEffects effects = RuleEffects.of(Runs.set(landscape.runs()), landscape, LOSS).orElseThrow();
    assertEquals(
        List.of("latent", "rate"),
        effects.rules().stream().map(rule -> rule.first().factors().getFirst()).toList());
    assertEquals(80, effects.rules().get(1).cells());
    assertTrue(effects.given().isEmpty());
    assertTrue(effects.sentence().endsWith("rate with failed runs as the worst outcome."));
  }

  @Test
  void manyValuesAtWhichRunsFailedAreNamedByTheirEnds() {
    assertEquals("rate 0.01 or 0.1", FailingLevels.words("rate", List.of("0.01", "0.1")));
    assertEquals(
        "9 values of rate from 1 to 9",
        FailingLevels.words("rate", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9")));
  }

  /// The loss hangs on `a` and on what is called as the part that seeds make; where both are at
  /// their last level runs fail.
  private static List<Run> table(String name) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> levels = List.of("1", "2", "3", "4");
    return Runs.grid(
        Runs.space(Map.entry("a", levels), Map.entry(name, levels), Map.entry("c", levels)),
        1,
        (cell, _) -> {
          int a = Integer.parseInt(cell.getOrDefault("a", ""));
          int own = Integer.parseInt(cell.getOrDefault(name, ""));
          double loss = Math.exp(0.3 * a + own + 0.2 * random.nextGaussian());
          return a == 4 && own == 4 ? Double.NaN : loss;
        });
  }

  @Test
  void ofATableOfOneRunASettingAreThoseOfTheEffects() {
    Sensitivity found = Sensitivity.of(Runs.set(table("b")));
    RuleEffects.Rule first = found.failureRules().getFirst().rules().getFirst();
    List<RuleEffects.Share> effects =
        found.effects().stream()
            .filter(effect -> effect.scale() == Scale.LOG)
            .map(effect ->
                new RuleEffects.Share(effect.factors(), effect.estimate(), effect.interval()))
            .toList();
    assertEquals(effects, first.effects());
    assertTrue(first.first().interval().isPresent());
  }

  @Test
  void aHyperParameterCalledAsTheNoiseIsNotTakenForIt() {
    for (String name : List.of("noise", "repeat", "higher-order", "rest")) {
      Sensitivity found = Sensitivity.of(Runs.set(table(name)));
      List<String> names = List.of("a", name + " (setting)", "c");
      for (RuleEffects.Rule rule : found.failureRules().getFirst().rules()) {
        assertEquals(names, rule.main().stream().map(share -> share.factors().getFirst()).toList());
        assertEquals(List.of(name + " (setting)"), rule.first().factors());
      }
      assertEquals(
          List.of("a", name + " (setting)", "c", "rest"),
          found.failureRules().getFirst().given().stream().map(RuleEffects.Given::factor).toList());
      assertTrue(
          found.claims().stream()
              .anyMatch(claim ->
                  claim.id().startsWith("importance/")
                      && claim.answer().equals(name + " (setting)")),
          name);
      assertEquals(
          names,
          found.effects().stream()
              .filter(effect -> effect.scale() == Scale.LOG && effect.isMain())
              .map(effect -> effect.factors().getFirst())
              .toList());
    }
  }

  @Test
  void nothingThatDependsOnTheRuleIsNotCalledNone() {
    String sentence = Sensitivity.of(Runs.set(table("b"))).failureRules().getFirst().sentence();
    assertTrue(sentence.endsWith(" No best level depends on it."), sentence);
  }
}
