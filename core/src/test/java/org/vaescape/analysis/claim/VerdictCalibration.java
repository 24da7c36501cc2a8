package org.vaescape.analysis.claim;

import java.util.Arrays;
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
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.shares.GridImportance;
import org.vaescape.analysis.user.UserSensitivity;
import org.vaescape.study.Metric;

/// How often claims that name the best of several are decided on made-up studies in which all are
/// equal, or those that name the larger of two on studies in which both are as large: noise .05 on
/// the logarithm, and a split that shifts a repeat by twice as much at most.
///
/// @param studies of each case
/// @param only how the names of claims begin that are asked for
record VerdictCalibration(int studies, String only) {
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);
  private static final List<String> RATES = List.of("1e-5", "1e-4", "0.001", "0.01", "0.1");
  private static final int[] REPEATS = {2, 3, 5, 10};
  private static final List<String> SIZES = List.of("1", "2", "3", "4", "5", "6");

  /// Logarithm of the loss of a setting, without noise of runs.
  private interface Truth {
    double of(SequencedMap<String, String> settings, double[] ofSplit);
  }

  private static Landscape made(
      SequencedMap<String, List<String>> space, int repeats, Truth truth, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] splits = random.doubles(repeats).map(split -> 0.1 * split).toArray();
    SplittableRandom others = new SplittableRandom(~seed);
    double[][] ofSplits = new double[repeats][];
    Arrays.setAll(
        ofSplits,
        _ -> new double[] {others.nextGaussian(), others.nextGaussian(), others.nextGaussian()});
    return Runs.set(
            Runs.grid(
                space,
                repeats,
                (settings, repeat) ->
                    0.01
                        * Math.exp(
                            truth.of(settings, ofSplits[repeat])
                                + 0.05 * random.nextGaussian()
                                + splits[repeat])))
        .landscapes()
        .getLast(); // all models
  }

  private void print(
      String name,
      SequencedMap<String, List<String>> space,
      int repeats,
      Function<Landscape, Stream<Claim>> claims) {
    print(name, space, repeats, (_, _) -> 0, claims);
  }

  private void print(
      String name,
      SequencedMap<String, List<String>> space,
      int repeats,
      Truth truth,
      Function<Landscape, Stream<Claim>> claims) {
    if (!name.startsWith(only)) {
      return;
    }
    Map<Claim.Verdict, Integer> verdicts = new EnumMap<>(Claim.Verdict.class);
    int sure = 0;
    for (int study = 0; study < studies; study++) {
      for (Claim claim :
          claims.apply(made(space, repeats, truth, 1_000_003L * study + 7)).toList()) {
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

  /// The larger of two equal effects.
  ///
  /// @param levels of each of the two
  /// @param step from each level to the next
  /// @param apart deviation of what a split does to all runs of a rate
  private void importance(int levels, double step, double apart) {
    SequencedMap<String, List<String>> space =
        Runs.space(
            Map.entry("rate", RATES.subList(0, levels)),
            Map.entry("size", SIZES.subList(0, levels)));
    for (int repeats : REPEATS) {
      print(
          "importance, two of %d levels in steps of %.1f, splits %.2f apart"
              .formatted(levels, step, apart),
          space,
          repeats,
          (settings, ofSplit) -> {
            int rate = RATES.indexOf(settings.get("rate"));
            return step * (rate + SIZES.indexOf(settings.get("size"))) + apart * ofSplit[rate];
          },
          made ->
              GridImportance.ofRepeats(made, View.of(MSE, Scale.LOG), 1)
                  .orElseThrow()
                  .mostImportant()
                  .stream());
    }
  }

  /// An optimizer that accounts for as much as the learning rate, a decade to either side of the
  /// best.
  private void fairRange() {
    double step = 0.5; // of losses to either side: the best rate is never mistaken
    double half = step * Math.sqrt(2) / 3;
    for (int repeats : REPEATS) {
      print(
          "fair-range",
          Runs.space(
              Map.entry("optimizer", List.of("adam", "sgd")), Map.entry("learning-rate", RATES)),
          repeats,
          (settings, _) ->
              step * Math.abs(RATES.indexOf(settings.get("learning-rate")) - 2)
                  + ("adam".equals(settings.get("optimizer")) ? half : -half),
          made -> Stream.of(FairRange.of(made, MSE, 1).orElseThrow().claim()));
    }
  }

  /// Two things that gain as much, or nothing, over the default.
  private void tunability(double gain) {
    for (int repeats : REPEATS) {
      print(
          "tunability, gains of %.1f".formatted(gain),
          Runs.space(
              Map.entry("optimizer", List.of("adam", "sgd")),
              Map.entry("learning-rate", List.of("0.001", "0.01"))),
          repeats,
          (settings, _) ->
              ("sgd".equals(settings.get("optimizer")) ? -gain : 0)
                  + ("0.01".equals(settings.get("learning-rate")) ? -gain : 0),
          made ->
              UserSensitivity.of(made, MSE).orElseThrow().claims().stream()
                  .filter(claim -> claim.id().endsWith("/tunability")));
    }
  }

  /// Prints what parts 2, 4, 5 and 8 of docs/method.md say of equal things.
  ///
  /// @param arguments studies of each case, and how the claim begins if not all are asked for
  public static void main(String[] arguments) {
    VerdictCalibration of =
        new VerdictCalibration(
            Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "");
    of.importance(2, 0.5, 0);
    of.importance(2, 0, 0);
    of.importance(3, 0.5, 0);
    of.importance(3, 0, 0);
    of.importance(3, 0.5, 0.05);
    of.fairRange();
    of.tunability(0.5);
    of.tunability(0);
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
    for (int repeats : REPEATS) {
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
