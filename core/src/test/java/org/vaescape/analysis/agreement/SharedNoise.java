package org.vaescape.analysis.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.vaescape.analysis.PartialRankCorrelation;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.Metric;

/// What [MetricAgreement] says of simulated studies whose runs have noise that both outcomes share.
///
/// `main` prints the table of docs/method.md, part 9.
final class SharedNoise {
  private static final List<String> OPTIMIZERS = List.of("adam", "rmsprop", "sgd");
  private static final RunSet.Outcome ONE = new RunSet.Outcome("one", Metric.Better.NONE, true);
  private static final RunSet.Outcome OTHER = new RunSet.Outcome("other", Metric.Better.NONE, true);

  private SharedNoise() {}

  /// Normal effects of settings within optimizers, which lie far apart, and noise of deviation 1.
  ///
  /// @param noise correlation of the noise of the two outcomes of a run
  /// @param one deviation of the effects on the first outcome
  /// @param other the same of the other
  /// @param effects correlation of the two effects
  record Case(double noise, double one, double other, double effects) {
    Landscape study(int settings, int repeats, SplittableRandom random) {
      List<Run> runs = new ArrayList<>();
      for (String optimizer : OPTIMIZERS) {
        for (int setting = 0; setting < settings; setting++) {
          double a = random.nextGaussian();
          double b = correlated(a, effects, random);
          for (int repeat = 0; repeat < repeats; repeat++) {
            double e = random.nextGaussian();
            double f = correlated(e, noise, random);
            int far = 100 * OPTIMIZERS.indexOf(optimizer);
            SequencedMap<String, String> values = new LinkedHashMap<>();
            values.put("optimizer", optimizer);
            values.put("setting", Integer.toString(setting));
            Map<String, Double> outcomes =
                Map.of("one", far + one * a + e, "other", far + other * b + f);
            runs.add(
                new Run(
                    values + " " + repeat,
                    values,
                    repeat,
                    Fate.LEARNED,
                    "learned",
                    Map.of(StopPoint.STOP, outcomes)));
          }
        }
      }
      return Landscape.of(new Scope("vae", new LinkedHashMap<>()), runs, List.of(), true);
    }
  }

  private static double correlated(double with, double correlation, SplittableRandom random) {
    return correlation * with + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
  }

  /// Share of studies that support agreement, and that contradict it; mean correlation; then the
  /// same of means over the same runs.
  static double[] of(Case that, int settings, int repeats, int studies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] found = new double[6];
    for (int study = 0; study < studies; study++) {
      Landscape landscape = that.study(settings, repeats, random);
      Claim claim = MetricAgreement.of(landscape, ONE, OTHER).orElseThrow().claim();
      found[0] += claim.verdict() == Claim.Verdict.SUPPORTED ? 1.0 / studies : 0;
      found[1] += claim.verdict() == Claim.Verdict.CONTRADICTED ? 1.0 / studies : 0;
      found[2] += claim.estimate().orElseThrow() / studies;
      PartialRankCorrelation same = ofTheSameRuns(landscape);
      double low = same.correlation().interval().orElseThrow().low();
      double high = same.correlation().interval().orElseThrow().high();
      found[3] += low > 0 ? 1.0 / studies : 0;
      found[4] += high < 0 ? 1.0 / studies : 0;
      found[5] += same.correlation().coefficient() / studies;
    }
    return found;
  }

  private static PartialRankCorrelation ofTheSameRuns(Landscape landscape) {
    List<CellOutcomes.Cell> cells = CellOutcomes.of(landscape, ONE, StopPoint.STOP).cells();
    List<CellOutcomes.Cell> others = CellOutcomes.of(landscape, OTHER, StopPoint.STOP).cells();
    return PartialRankCorrelation.of(
        cells.stream().mapToDouble(CellOutcomes.Cell::meanWhereLearned).toArray(),
        others.stream().mapToDouble(CellOutcomes.Cell::meanWhereLearned).toArray(),
        cells.stream().mapToInt(cell -> OPTIMIZERS.indexOf(cell.setting("optimizer"))).toArray(),
        Claim.CONFIDENCE);
  }

  /// Arguments: studies, seed.
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    List<Case> cases =
        List.of(
            new Case(0, 0, 0, 0),
            new Case(0.9, 0, 0, 0),
            new Case(0.9, 1, 0, 0),
            new Case(0.9, 1, 1, 0),
            new Case(0.9, 0.5, 0.5, 1),
            new Case(0.9, 1, 1, 1),
            new Case(0.9, 1, 1, -1));
    for (Case each : cases) {
      for (int settings : new int[] {6, 30}) {
        for (int repeats : new int[] {2, 3, 4}) {
          double[] found = of(each, settings, repeats, studies, seed++);
          System.out.printf(
              "%s 3 x %d settings %d repeats | %.3f %.3f %.2f | %.3f %.3f %.2f%n",
              each, settings, repeats, found[0], found[1], found[2], found[3], found[4], found[5]);
        }
      }
    }
  }
}
