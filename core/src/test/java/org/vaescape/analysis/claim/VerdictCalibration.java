package org.vaescape.analysis.claim;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaescape.analysis.models.ModelComparison;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.user.UserSensitivity;
import org.vaescape.study.Metric;

/// How often claims that name the best of several are decided on made-up studies in which all are
/// equal: noise .05 on the logarithm, and a split that shifts a repeat by twice as much at most.
///
/// @param studies of each case
record VerdictCalibration(int studies) {
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final List<String> RATES = List.of("1e-5", "1e-4", "0.001", "0.01", "0.1");
  private static final List<String> SIZES = List.of("1", "2", "3", "4", "5", "6");

  private static Landscape equal(SequencedMap<String, List<String>> space, int repeats, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] splits = random.doubles(repeats).map(split -> 0.1 * split).toArray();
    return Runs.set(
            Runs.grid(
                space,
                repeats,
                (_, repeat) -> 0.01 * Math.exp(0.05 * random.nextGaussian() + splits[repeat])))
        .landscapes()
        .getLast(); // all models
  }

  private void print(
      String name,
      SequencedMap<String, List<String>> space,
      int repeats,
      Function<Landscape, Stream<Claim>> claims) {
    Map<Claim.Verdict, Integer> verdicts = new EnumMap<>(Claim.Verdict.class);
    int sure = 0;
    for (int study = 0; study < studies; study++) {
      for (Claim claim : claims.apply(equal(space, repeats, 1_000_003L * study + 7)).toList()) {
        verdicts.merge(claim.verdict(), 1, Integer::sum);
        sure += claim.probability().orElse(0) >= Claim.SURE ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d repeats, of %d: %s, probability sure in %d%n",
        name,
        repeats,
        studies,
        verdicts,
        sure);
  }

  /// Prints what parts 5 and 8 of docs/method.md say of equal things.
  ///
  /// @param arguments studies of each case
  public static void main(String[] arguments) {
    VerdictCalibration of = new VerdictCalibration(Integer.parseInt(arguments[0]));
    of.print(
        "best-setting",
        Runs.space(Map.entry("rate", RATES), Map.entry("size", SIZES)),
        4,
        made ->
            SeedNoise.of(made, MSE).orElseThrow().claims().stream()
                .filter(claim -> claim.id().startsWith("best-setting/")));
    for (int models : new int[] {2, 4}) {
      for (int repeats : new int[] {2, 3, 4, 5}) {
        of.print(
            "best-model of " + models,
            Runs.space(
                Map.entry("model", IntStream.range(0, models).mapToObj(i -> "m" + i).toList()),
                Map.entry("rate", RATES.subList(0, 3)),
                Map.entry("size", SIZES.subList(0, 3))),
            repeats,
            made -> Stream.of(ModelComparison.of(made, MSE).orElseThrow().claim()));
      }
    }
    for (int repeats : new int[] {2, 3, 5, 10}) {
      of.print(
          "least-sensitive",
          Runs.space(
              Map.entry("optimizer", List.of("adam", "sgd")),
              Map.entry("learning-rate", RATES.subList(0, 4)),
              Map.entry("size", SIZES.subList(0, 3))),
          repeats,
          made ->
              UserSensitivity.of(made, MSE).orElseThrow().claims().stream()
                  .filter(claim -> claim.id().endsWith("/least-sensitive")));
    }
  }
}
