package org.vaescape.analysis.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class RobustnessTest {
  private static final List<String> RATES = List.of("0.001", "0.01", "0.1");
  private static final List<String> OPTIMIZERS = List.of("adam", "sgd", "rmsprop");

  /// The optimizer is first only because of sgd, which is bad at every rate.
  @Test
  void theTableHasAnAnswerForEveryWayOfLooking() {
    Claim claim = importance(Sensitivity.of(set(List.of(""))), "vae");
    Robustness ways = claim.robustness().orElseThrow();
    assertEquals(7, ways.without().size());
    assertEquals("", ways.without().getFirst());
    assertEquals(
        List.of(Scale.RAW, Scale.LOG, Scale.RANK),
        ways.rows().stream().map(Robustness.Row::scale).toList());
    int sgd = ways.without().indexOf("optimizer sgd");
    for (Robustness.Row row : ways.rows()) {
      assertEquals(StopPoint.STOP, row.stop());
      assertEquals(FailureRule.LEFT_OUT, row.rule());
      assertEquals(Optional.of(true), row.agrees().getFirst());
      assertEquals(Optional.of(false), row.agrees().get(sgd));
    }
    long told =
        ways.rows().stream()
            .flatMap(row -> row.agrees().stream())
            .filter(Optional::isPresent)
            .count();
    assertEquals(ways.views(), told);
    assertEquals(ways.views() - 3, ways.agreeing());
    assertEquals(List.of("without optimizer sgd"), ways.overturnedBy());
  }

  /// In the second reading sgd does as well as the others, so that the rate comes first.
  @Test
  void aClaimIsTriedInEveryOtherReading() {
    Claim claim = importance(Sensitivity.of(set(List.of("none", "batch"))), "vae, norm none");
    Robustness ways = claim.robustness().orElseThrow();
    assertEquals(1, ways.readings().size());
    assertEquals("batch", ways.readings().getFirst().reading().get("norm"));
    assertEquals(Optional.of(false), ways.readings().getFirst().agrees());
    assertEquals("in the reading norm batch", claim.overturnedBy().getFirst());
    assertFalse(ways.robust());
    assertTrue(claim.sentence().contains("does not hold in the reading norm batch"));
  }

  /// In a study that went on when a moment was measured that was not before, runs of the first
  /// repeat lack it; they learned, and some of the levels have it in no run.
  @Test
  void aMomentThatSomeRunsLackIsNoWayOfLooking() {
    List<Run> runs = set(List.of("")).runs();
    assertEquals(List.of(StopPoint.STOP, StopPoint.RECALIBRATED), stops(recalibrated(runs, runs)));
    List<Run> later =
        runs.stream().filter(run -> !run.setting("learning-rate").equals("0.001")).toList();
    assertEquals(List.of(StopPoint.STOP), stops(recalibrated(runs, later)));
  }

  private static List<StopPoint> stops(List<Run> runs) {
    return importance(Sensitivity.of(Runs.set(runs)), "vae")
        .robustness()
        .orElseThrow()
        .rows()
        .stream()
        .map(Robustness.Row::stop)
        .distinct()
        .toList();
  }

  /// With recalibrated statistics the loss is half of it, of these runs.
  private static List<Run> recalibrated(List<Run> runs, List<Run> such) {
    return runs.stream()
        .map(run -> {
          double loss = run.outcome(Runs.LOSS, StopPoint.STOP);
          return !such.contains(run)
              ? run
              : new Run(
                  run.id(),
                  run.settings(),
                  run.repeat(),
                  run.fate(),
                  run.ending(),
                  Map.of(
                      StopPoint.STOP,
                      Map.of(Runs.LOSS, loss),
                      StopPoint.RECALIBRATED,
                      Map.of(Runs.LOSS, loss / 2)));
        })
        .toList();
  }

  private static Claim importance(Sensitivity found, String scope) {
    return found.claims().stream()
        .filter(claim -> claim.id().equals("importance/" + scope + "/" + Runs.LOSS))
        .findFirst()
        .orElseThrow();
  }

  /// @param norms readings; an empty one is none
  private static RunSet set(List<String> norms) {
    List<Run> runs = new ArrayList<>();
    for (String norm : norms) {
      SequencedMap<String, List<String>> space = new LinkedHashMap<>();
      space.put("model", List.of("vae"));
      if (!norm.isEmpty()) {
        space.put("norm", List.of(norm));
      }
      space.put("learning-rate", RATES);
      space.put("optimizer", OPTIMIZERS);
      runs.addAll(Runs.grid(space, 2, RobustnessTest::loss));
    }
    return new RunSet(
        "made up",
        1,
        runs,
        List.of("norm"),
        false,
        List.of(),
        OptionalInt.empty(),
        List.of(new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true)));
  }

  private static double loss(Map<String, String> settings, int repeat) {
    boolean bad =
        settings.getOrDefault("optimizer", "").equals("sgd")
            && !settings.getOrDefault("norm", "none").equals("batch");
    double rate = 1 + 0.2 * RATES.indexOf(settings.getOrDefault("learning-rate", ""));
    double noise = 0.01 * repeat;
    return (bad ? 9 : 1) * rate + noise;
  }
}
