package org.vaescape.analysis.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.View;

@Covers(OptunaTrials.FILE)
class ForestImportanceTest {
  private static final ForestImportance OF_TRIALS = importance();

  /// What is printed, so that who compares with Optuna finds its numbers: before they are made to
  /// sum to 1, in the band of golden/README.md. Axes reach from the lowest to the highest value
  /// that was tried here, and over the whole space there.
  @Test
  void functionalAnovaOfOptunasTrialsIsOptunas() {
    JsonNode bands =
        Golden.at(Golden.read(OptunaTrials.FILE), "optuna/log_scale/fanova_unnormalised");
    List<EffectShare> effects = OF_TRIALS.effects();
    for (String name : OptunaTrials.NAMES) {
      EffectShare found = of(effects, name, EffectShare.FANOVA);
      JsonNode band = Golden.at(bands, name);
      double half = Math.max(5 * Golden.number(band, "sd"), 0.03);
      assertEquals(Golden.number(band, "mean"), found.estimate(), half, name);
      assertTrue(found.interval().isEmpty() && !found.reason().isEmpty());
    }
    long pairs =
        effects.stream()
            .filter(effect -> effect.method().equals(EffectShare.FANOVA))
            .filter(effect -> effect.factors().size() == 2)
            .count();
    assertEquals(10, pairs);
  }

  @Test
  void sharesAloneArePairsTooAndHaveIntervals() {
    List<EffectShare> alone = OF_TRIALS.alone();
    assertEquals(5 + 10, alone.size());
    assertTrue(alone.stream().allMatch(effect -> effect.method().equals(EffectShare.FOREST)));
    assertTrue(alone.stream().allMatch(effect -> effect.interval().isPresent()));
  }

  @Test
  void saysSoWhereHardlyAnyRunLearned() {
    List<Run> runs = OptunaTrials.runs();
    List<Run> unlearned =
        runs.stream()
            .map(run ->
                new Run(
                    run.id(),
                    run.settings(),
                    run.repeat(),
                    Fate.UNLEARNED,
                    "collapsed",
                    run.outcomes()))
            .toList();
    String words = "none of the " + runs.size() + " runs compared learned";
    assertTrue(reason(unlearned).contains(words), reason(unlearned));
    assertFalse(reason(runs).contains("compared learned"));
  }

  private static String reason(List<Run> runs) {
    Landscape landscape =
        Landscape.of(new Scope("", new LinkedHashMap<>()), runs, List.of(), false);
    View view =
        new View(
            Runs.LOSS, true, Scale.RAW, StopPoint.STOP, FailureRule.LEFT_OUT, Optional.empty());
    return ForestImportance.of(landscape, view, OptunaTrials.LOGARITHMIC, 1)
        .orElseThrow()
        .mostImportant(List.of())
        .orElseThrow()
        .reason();
  }

  private static ForestImportance importance() {
    Landscape landscape =
        Landscape.of(new Scope("", new LinkedHashMap<>()), OptunaTrials.runs(), List.of(), false);
    View view =
        new View(Runs.LOSS, true, Scale.RAW, StopPoint.STOP, FailureRule.LEARNED, Optional.empty());
    return ForestImportance.of(landscape, view, OptunaTrials.LOGARITHMIC, 1).orElseThrow();
  }

  private static EffectShare of(List<EffectShare> effects, String name, String method) {
    return effects.stream()
        .filter(effect -> effect.factors().equals(List.of(name)) && effect.method().equals(method))
        .findFirst()
        .orElseThrow();
  }
}
