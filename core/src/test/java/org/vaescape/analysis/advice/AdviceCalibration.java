package org.vaescape.analysis.advice;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.start.FirstSettings;
import org.vaescape.analysis.start.StartSetting;
import org.vaescape.analysis.user.UserSensitivity;
import org.vaescape.study.Metric;

/// How often not to bother with a hyper-parameter is false advice, on made-up studies in which one
/// level of the optimizer loses more than the other and a rate off the default much more.
final class AdviceCalibration {
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final List<String> RATES = List.of("0.0001", "0.001", "0.01", "0.1");
  private static final SequencedMap<String, List<String>> SPACE =
      Runs.space(
          Map.entry("learning-rate", RATES),
          Map.entry("latent", List.of("10", "20", "50")),
          Map.entry("optimizer", List.of("adam", "rmsprop")));

  private AdviceCalibration() {}

  /// What studies of one case advise of the optimizer.
  ///
  /// @param measured of those that neither tune it nor advise by region, in which its worst level
  ///   measures less than 1 % worse than the start
  /// @param bySwing not to bother, as its worst level loses less than 1 %
  /// @param byRegion not to bother, as all of its levels are within noise
  /// @param falseRegion of these, that name less noise than the level loses
  record Counts(int measured, int bySwing, int byRegion, int falseRegion) {}

  /// @param noise standard deviation of the log loss of a run
  /// @param loss of rmsprop against adam, of the logarithm
  static Counts of(double noise, int repeats, double loss, int studies) {
    int measured = 0;
    int bySwing = 0;
    int byRegion = 0;
    int falseRegion = 0;
    for (int study = 0; study < studies; study++) {
      Landscape made = study(noise, repeats, loss, 1_000_003L * study + 7);
      FirstSettings first = FirstSettings.of(made, MSE).orElseThrow();
      Findings found = found(made, first);
      Variable optimizer = made.variable("optimizer").orElseThrow();
      Gains gains = Gains.of(found).orElseThrow();
      Optional<String> advice =
          new LeaveAdvice(
                  new Grounds(made, RunSet.Origin.TABLE, List.of()), found, Optional.of(gains))
              .of(optimizer, first)
              .filter(one -> one.kind().equals(Advice.DO_NOT_BOTHER))
              .map(Advice::sentence);
      boolean swing = advice.filter(one -> one.contains("the worst of")).isPresent();
      bySwing += swing ? 1 : 0;
      if (advice.isPresent() && !swing) {
        byRegion++;
        falseRegion += found.width().orElse(0.0) < loss ? 1 : 0;
      } else if (!worth(gains)) {
        measured +=
            first.start().swing("optimizer").filter(AdviceCalibration::little).isPresent() ? 1 : 0;
      }
    }
    return new Counts(measured, bySwing, byRegion, falseRegion);
  }

  private static boolean little(StartSetting.Swing swing) {
    return swing.difference() < Math.log1p(Gains.LEAST);
  }

  private static boolean worth(Gains gains) {
    return Math.max(gains.single("optimizer").gain(), gains.mostBeside("optimizer"))
        > gains.worth();
  }

  private static Findings found(Landscape made, FirstSettings first) {
    return new Findings(
        MSE,
        Optional.of(first),
        Optional.empty(),
        UserSensitivity.of(made, MSE),
        SafeRegion.of(made, MSE),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Landscape study(double noise, int repeats, double loss, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] splits = IntStream.range(0, repeats).mapToDouble(_ -> random.nextGaussian()).toArray();
    return Runs.set(
            Runs.grid(
                SPACE,
                repeats,
                (cell, repeat) -> {
                  int off = RATES.indexOf(cell.getOrDefault("learning-rate", "")) - 1;
                  return 0.01
                      * Math.exp(
                          0.5 * off * off
                              + (cell.getOrDefault("optimizer", "").equals("adam") ? 0 : loss)
                              + noise * (random.nextGaussian() + splits[repeat]));
                }))
        .landscapes()
        .getFirst();
  }

  /// Prints what part 10 of docs/method.md says of advice not to bother.
  ///
  /// @param arguments studies of each case
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    for (double noise : new double[] {0.003, 0.05, 0.1}) {
      for (int repeats : new int[] {2, 3, 5}) {
        for (double loss : new double[] {0, 0.01, 0.02, 0.05, 0.1}) {
          System.out.printf(
              Locale.ROOT,
              "noise %.3f repeats %d loss %.2f, of %d: %s%n",
              noise,
              repeats,
              loss,
              studies,
              of(noise, repeats, loss, studies));
        }
      }
    }
  }
}
