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

  /// What noise does to the error of a run it does to its accuracy too, to .9.
  ///
  /// @param error what the setting adds to the error, in deviations of the noise
  /// @param inaccuracy the same of the accuracy, turned
  private static double[] noisy(SplittableRandom random, double error, double inaccuracy) {
    double noise = random.nextGaussian();
    double shared = 0.9 * noise + Math.sqrt(1 - 0.81) * random.nextGaussian();
    return new double[] {error + noise, -(inaccuracy + shared)};
  }

  /// Far apart in both, as an optimizer is that learns less.
  private static double worse(String optimizer) {
    return optimizer.equals("sgd") ? 20 : 0;
  }

  @Test
  void noiseThatTheOutcomesOfARunShareIsNoAgreement() {
    SplittableRandom random = new SplittableRandom(11);
    int studies = 60;
    for (int repeats : new int[] {2, 3, 4}) {
      int supported = 0;
      double sum = 0;
      for (int study = 0; study < studies; study++) {
        Claim claim =
            agreement(
                    repeats,
                    (latent, optimizer) -> noisy(random, worse(optimizer), worse(optimizer)))
                .claim();
        supported += claim.verdict() == Claim.Verdict.SUPPORTED ? 1 : 0;
        sum += claim.estimate().orElseThrow();
      }
      assertTrue(
          supported <= 5, repeats + " repeats: supported " + supported); // 2.5 % and 3 errors
      assertEquals(0, sum / studies, 0.06, repeats + " repeats");
    }
  }

  @Test
  void anEffectOnBothOutcomesIsAgreement() {
    SplittableRandom random = new SplittableRandom(12);
    for (int repeats : new int[] {2, 3, 4}) {
      for (int study = 0; study < 10; study++) {
        Claim claim =
            agreement(
                    repeats,
                    (latent, optimizer) ->
                        noisy(
                            random,
                            0.3 * latent + worse(optimizer),
                            0.3 * latent + worse(optimizer)))
                .claim();
        assertEquals(Claim.Verdict.SUPPORTED, claim.verdict(), claim.sentence());
        assertTrue(claim.reason().contains("nearer to 0"), claim.reason());
      }
    }
  }

  /// Settings are opposite while the noise of a run is alike.
  @Test
  void sharedNoiseHidesNoOppositeEffects() {
    SplittableRandom random = new SplittableRandom(13);
    for (int study = 0; study < 10; study++) {
      Claim claim =
          agreement(2, (latent, optimizer) -> noisy(random, 0.3 * latent, -0.3 * latent)).claim();
      assertEquals(Claim.Verdict.CONTRADICTED, claim.verdict(), claim.sentence());
    }
  }

  @Test
  void isTheSameWhicheverOutcomeComesFirst() {
    for (int repeats : new int[] {1, 2, 3, 5}) {
      SplittableRandom random = new SplittableRandom(14);
      Landscape landscape =
          landscape(repeats, (latent, optimizer) -> noisy(random, 0.1 * latent, 0.1 * latent));
      assertEquals(
          estimate(landscape, ERROR, ACCURACY), estimate(landscape, ACCURACY, ERROR), 1e-12);
    }
  }

  private static double estimate(Landscape landscape, RunSet.Outcome metric, RunSet.Outcome other) {
    return MetricAgreement.of(landscape, metric, other)
        .orElseThrow()
        .claim()
        .estimate()
        .orElseThrow();
  }

  /// By hand: each outcome of one repeat, in both ways.
  @Test
  void correlatesOutcomesOfDifferentRepeats() {
    double[][] errors = {{1, 2, 3, 4, 5}, {2, 1, 4, 3, 5}};
    double[][] accuracies = {{5, 3, 4, 1, 2}, {1, 5, 3, 4, 2}};
    List<Run> runs = new ArrayList<>();
    for (int latent = 0; latent < 5; latent++) {
      for (int repeat = 0; repeat < 2; repeat++) {
        runs.add(run(latent, repeat, errors[repeat][latent], accuracies[repeat][latent]));
      }
    }
    Landscape landscape =
        Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), true);
    // Squared differences of ranks, of accuracies from the highest: 1 2 3 4 5 to 5 1 3 2 4, and
    // 2 1 4 3 5 to 1 3 2 5 4.
    double oneWay = 1 - 6 * (16 + 1 + 0 + 4 + 1) / 120.0;
    double otherWay = 1 - 6 * (1 + 4 + 4 + 4 + 1) / 120.0;
    assertEquals((oneWay + otherWay) / 2, estimate(landscape, ERROR, ACCURACY), 1e-12);
  }

  private static Run run(int latent, int repeat, double error, double accuracy) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("latent", Integer.toString(latent));
    return new Run(
        settings + " " + repeat,
        settings,
        repeat,
        Fate.LEARNED,
        "learned",
        Map.of(StopPoint.STOP, Map.of("val_mse", error, "knn_accuracy", accuracy)));
  }

  /// Its two outcomes cannot be taken from different runs.
  @Test
  void aSettingThatLearnedOnceIsNotOrdered() {
    List<Run> runs = new ArrayList<>();
    for (int latent = 0; latent < 8; latent++) {
      for (int repeat = 0; repeat < 2; repeat++) {
        Run learned = run(latent, repeat, 1 + latent, -latent);
        runs.add(
            latent == 0 && repeat == 0
                ? new Run(learned.id(), learned.settings(), 0, Fate.FAILED, "diverged", Map.of())
                : learned);
      }
    }
    MetricAgreement found =
        MetricAgreement.of(
                Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), true),
                ERROR,
                ACCURACY)
            .orElseThrow();
    assertEquals(7, found.agreement().settings());
    assertEquals(14, found.runs());
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
    assertTrue(claim.reason().contains("noise that both outcomes of a run share"), claim.reason());
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

  /// The first split is easy in both outcomes, and every other setting fails in it.
  @Test
  void aSettingThatFailedInAnEasySplitIsNotWorse() {
    List<Run> runs = new ArrayList<>();
    for (int latent = 1; latent <= 12; latent++) {
      for (int repeat = 0; repeat < 4; repeat++) {
        boolean easy = repeat == 0;
        Run run =
            run(latent, repeat, (easy ? 1.0 : 100.0) * latent, -1.0 * latent - (easy ? 0 : 100));
        runs.add(
            easy && latent % 2 == 0
                ? new Run(run.id(), run.settings(), 0, Fate.FAILED, "diverged", Map.of())
                : run);
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
