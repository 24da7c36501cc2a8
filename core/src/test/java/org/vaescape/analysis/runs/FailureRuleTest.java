package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureRuleTest {
  private static final List<FailureRule> ALL = List.of(FailureRule.values());

  private static List<FailureRule> rules(Fate fate, Map<String, Double> outcomes) {
    Run other = new Run("", new LinkedHashMap<>(), 1, fate, "", Map.of(StopPoint.STOP, outcomes));
    return FailureRule.of(
        List.of(Runs.run(new LinkedHashMap<>(), 0, 1), other), Runs.LOSS, StopPoint.STOP);
  }

  @Test
  void thoseThatChangeNothingAreLeftOut() {
    assertEquals(List.of(FailureRule.LEFT_OUT), rules(Fate.LEARNED, Map.of(Runs.LOSS, 2.0)));
    assertEquals(List.of(FailureRule.LEFT_OUT, FailureRule.WORST), rules(Fate.FAILED, Map.of()));
  }

  /// A clustering of a collapsed latent has no agreement with anything, which is no matter of the
  /// loss.
  @Test
  void whatAnUnlearnedRunLacksOfTheOutcomeAloneCounts() {
    assertEquals(
        List.of(FailureRule.LEFT_OUT, FailureRule.LEARNED, FailureRule.WORST_LEARNED),
        rules(Fate.UNLEARNED, Map.of(Runs.LOSS, 2.0, "ari", Double.NaN)));
    assertEquals(ALL, rules(Fate.UNLEARNED, Map.of(Runs.LOSS, Double.NaN, "ari", 0.0)));
    assertEquals(ALL, rules(Fate.UNLEARNED, Map.of("ari", 0.0)));
  }
}
