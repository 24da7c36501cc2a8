package org.vaescape.analysis.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

@Covers(OptunaTrials.FILE)
class BestRunsTest {
  /// Axes reach from the lowest to the highest value that was tried here, and over the whole space
  /// there, so that cells lie a little otherwise.
  @Test
  void ofOptunasTrialsTheyAreNearItsImportances() {
    JsonNode file = Golden.read(OptunaTrials.FILE);
    Map<String, EffectShare> found = found(OptunaTrials.runs());
    found.forEach((name, effect) -> {
      JsonNode known = Golden.at(file, "optuna/log_scale/ped_anova_q0.1_local/normalised/" + name);
      assertEquals(Golden.number(known), effect.estimate(), 0.02, name);
      assertTrue(effect.interval().isEmpty() && !effect.reason().isEmpty());
    });
    assertEquals(5, found.size());
  }

  @Test
  void failedRunsAreAmongAllAndNeverAmongTheBest() {
    SplittableRandom random = new SplittableRandom(5);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      settings.put("rate", Double.toString(random.nextDouble()));
      settings.put("idle", Double.toString(random.nextDouble()));
      boolean failed = Double.parseDouble(settings.get("rate")) > 0.3;
      runs.add(Runs.run(settings, 0, failed ? Double.NaN : random.nextDouble()));
    }
    // Among the runs that did not fail the rate does nothing: what it does is to let runs fail.
    Map<String, EffectShare> found = found(runs);
    assertTrue(estimate(found, "rate") > 0.8, found.toString());
  }

  @Test
  void whatOnlyBadRunsHaveSetsNoneOfTheBestApart() {
    SplittableRandom random = new SplittableRandom(6);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      double rate = random.nextDouble();
      settings.put("rate", Double.toString(rate));
      settings.put("optimizer", i % 2 == 0 ? "sgd" : "adam");
      if (i % 2 == 0) {
        settings.put("momentum", Double.toString(random.nextDouble()));
      }
      runs.add(Runs.run(settings, 0, rate + (i % 2 == 0 ? 9 : 0)));
    }
    Map<String, EffectShare> found = found(runs);
    assertEquals(0, estimate(found, "momentum"));
    assertEquals(1, found.values().stream().mapToDouble(EffectShare::estimate).sum(), 1e-12);
  }

  /// By themselves all of the best runs would be of the first split, in which idle is low.
  @Test
  void eachSplitHasItsBestRuns() {
    SplittableRandom random = new SplittableRandom(7);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int split = i % 2;
      double rate = random.nextDouble();
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      settings.put("rate", Double.toString(rate));
      settings.put("idle", Double.toString((split + random.nextDouble()) / 2));
      runs.add(Runs.run(settings, split, rate + 9 * split));
    }
    assertTrue(estimate(found(runs, true), "rate") > 0.93, "" + found(runs, true));
    assertTrue(estimate(found(runs, false), "rate") < 0.85, "" + found(runs, false));
  }

  private static Map<String, EffectShare> found(List<Run> runs) {
    return found(runs, false);
  }

  private static Map<String, EffectShare> found(List<Run> runs, boolean crossed) {
    RunSet set =
        new RunSet(
            "made up",
            1,
            runs,
            List.of(),
            crossed,
            OptunaTrials.LOGARITHMIC,
            OptionalInt.empty(),
            List.of(new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true)));
    return Sensitivity.of(set).effects().stream()
        .filter(effect -> effect.method().equals(EffectShare.PED_ANOVA))
        .collect(Collectors.toMap(effect -> effect.factors().getFirst(), effect -> effect));
  }

  private static double estimate(Map<String, EffectShare> found, String factor) {
    return Objects.requireNonNull(found.get(factor)).estimate();
  }
}
