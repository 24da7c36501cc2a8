package org.vaescape.analysis.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.Metric;

public class MetricAgreementTest {
  public static final RunSet.Outcome ERROR =
      new RunSet.Outcome("val_mse", Metric.Better.LOWER, true);
  public static final RunSet.Outcome ACCURACY =
      new RunSet.Outcome("knn_accuracy", Metric.Better.HIGHER, true);

  /// Outcomes of a setting, in a repeat.
  private interface Both {
    /// @return error and accuracy
    double[] of(int latent, String optimizer);
  }

  private static Landscape landscape(int repeats, Both outcome) {
    List<Run> runs = new ArrayList<>();
    for (String optimizer : List.of("adam", "sgd")) {
      for (int latent = 1; latent <= 20; latent++) {
        for (int repeat = 0; repeat < repeats; repeat++) {
          SequencedMap<String, String> settings = new LinkedHashMap<>();
          settings.put("optimizer", optimizer);
          settings.put("latent", Integer.toString(latent));
          double[] both = outcome.of(latent, optimizer);
          Map<String, Double> outcomes = Map.of("val_mse", both[0], "knn_accuracy", both[1]);
          runs.add(
              new Run(
                  settings + " " + repeat,
                  settings,
                  repeat,
                  latent == 20 ? Fate.UNLEARNED : Fate.LEARNED,
                  "learned",
                  Map.of(StopPoint.STOP, outcomes)));
        }
      }
    }
    return Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), true);
  }

  private static MetricAgreement agreement(int repeats, Both outcome) {
    return MetricAgreement.of(landscape(repeats, outcome), ERROR, ACCURACY).orElseThrow();
  }

  @Test
  void saysBetterForBetterWhicheverEndIsTheGoodOne() {
    MetricAgreement found =
        agreement(2, (latent, optimizer) -> new double[] {1.0 / latent, latent * 0.01});
    assertEquals(38, found.agreement().settings(), "latent 20 did not learn");
    assertEquals(76, found.runs());
    assertEquals(1, found.agreement().overall().orElseThrow().spearman().coefficient());
    assertEquals(1, found.claim().estimate().getAsDouble(), 1e-12);
    assertEquals(Claim.Verdict.SUPPORTED, found.claim().verdict());
  }

  @Test
  void isNotMisledByAnOptimizerThatIsBadInBoth() {
    // Within each optimizer a lower error means a lower accuracy; sgd is far worse in both.
    MetricAgreement found =
        agreement(
            2,
            (latent, optimizer) ->
                new double[] {
                  latent + (optimizer.equals("sgd") ? 100 : 0),
                  latent * 0.01 - (optimizer.equals("sgd") ? 1 : 0)
                });
    double overall = found.agreement().overall().orElseThrow().spearman().coefficient();
    // Ranks: 19 settings each; within -1, and between the groups the whole way.
    assertEquals(0.5, overall, 0.01);
    assertEquals(-1, found.claim().estimate().getAsDouble(), 1e-12);
    assertEquals(Claim.Verdict.CONTRADICTED, found.claim().verdict());
    assertEquals("supported", found.claim().surety(), "of the sentence");
    assertTrue(
        found
            .claim()
            .words()
            .startsWith("vae: settings that are better by val_mse are worse by knn_accuracy."),
        found.claim().words());
    assertEquals(List.of("ranked over all optimizers"), found.overturnedBy());
    assertTrue(
        found.claim().sentence().contains("The order over all settings is that of the optimizers"),
        found.claim().sentence());
  }

  @Test
  void findsNoAgreementInNoise() {
    SplittableRandom random = new SplittableRandom(4);
    int decided = 0;
    for (int study = 0; study < 200; study++) {
      MetricAgreement found =
          agreement(
              2, (latent, optimizer) -> new double[] {random.nextDouble(), random.nextDouble()});
      boolean undecided = found.claim().verdict() == Claim.Verdict.UNDECIDED;
      decided += undecided ? 0 : 1;
      assertEquals(
          undecided,
          found
              .claim()
              .words()
              .startsWith(
                  "vae: whether settings that are better by val_mse are better by knn_accuracy is not clear."),
          found.claim().words());
    }
    assertTrue(decided <= 19, "decided " + decided); // 5 % and three standard errors
  }

  @Test
  void namesTheLevelThatTheSignHangsOn() {
    // sgd's settings are ordered against the grain, adam's by 0.26 with it.
    MetricAgreement found =
        agreement(
            2,
            (latent, optimizer) ->
                optimizer.equals("sgd")
                    ? new double[] {latent, latent}
                    : new double[] {latent, -(3 * latent % 20)});
    assertEquals(-1, Math.signum(found.claim().estimate().getAsDouble()));
    assertEquals(List.of("without optimizer sgd"), found.overturnedBy());
  }

  @Test
  void leavesOneSeedUndecided() {
    Claim claim = agreement(1, (latent, optimizer) -> new double[] {1.0 / latent, latent}).claim();
    assertEquals(Claim.Verdict.UNDECIDED, claim.verdict());
    assertTrue(claim.reason().startsWith("one seed"));
  }

  @Test
  void comparesTheFirstOutcomeAndTheFirstSharedOneWithAllLater() {
    Landscape one = landscape(2, (latent, optimizer) -> new double[] {latent, latent});
    RunSet.Outcome own = new RunSet.Outcome("val_reconstruction", Metric.Better.LOWER, false);
    assertEquals(1, MetricAgreement.all(one, List.of(ERROR, ACCURACY)).size());
    assertEquals(
        1, MetricAgreement.all(one, List.of(own, ERROR, ACCURACY)).size(), "own is not measured");
    assertEquals(
        Optional.empty(),
        MetricAgreement.of(
            landscape(2, (latent, optimizer) -> new double[] {latent, 1}), ERROR, ACCURACY),
        "all are equal in one");
  }

  /// The second split has a hundred times the error of the first, in which every other setting
  /// fails. Accuracy goes with the error of a setting, not of its split.
  @Test
  void aSettingThatFailedInAnEasySplitIsNotWorse() {
    List<Run> runs = new ArrayList<>();
    for (int latent = 1; latent <= 12; latent++) {
      for (int repeat = 0; repeat < 2; repeat++) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        settings.put("latent", Integer.toString(latent));
        Map<String, Double> outcomes =
            Map.of("val_mse", (repeat == 0 ? 1.0 : 100.0) * latent, "knn_accuracy", -1.0 * latent);
        boolean fails = repeat == 0 && latent % 2 == 0;
        runs.add(
            new Run(
                settings + " " + repeat,
                settings,
                repeat,
                fails ? Fate.FAILED : Fate.LEARNED,
                fails ? "diverged" : "learned",
                fails ? Map.of() : Map.of(StopPoint.STOP, outcomes)));
      }
    }
    for (boolean crossed : new boolean[] {true, false}) {
      Landscape landscape =
          Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), crossed);
      double found =
          MetricAgreement.of(landscape, ERROR, ACCURACY)
              .orElseThrow()
              .claim()
              .estimate()
              .getAsDouble();
      if (crossed) {
        assertEquals(1, found, 1e-12);
      } else {
        assertTrue(found < 0.8, "repeats that share nothing have no levels: " + found);
      }
    }
  }
}
