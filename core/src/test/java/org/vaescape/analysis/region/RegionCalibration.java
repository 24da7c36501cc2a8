package org.vaescape.analysis.region;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.study.Metric;

/// How often the claims of safe regions and of smallest latents are wrong, on made-up studies in
/// which each doubling of the latent loses or gains some standard deviations of a run, or nothing.
///
/// A verdict is wrong if it is by any tolerance between that of means of all repeats and that of
/// the repeats that judge: a setting as far off as these is neither good nor bad.
final class RegionCalibration {
  private static final String LATENT = "latent";
  private static final double NOISE = 0.05;
  private static final RunSet.Outcome MSE =
      new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true);

  private RegionCalibration() {}

  /// Verdicts of one case.
  ///
  /// @param region how many had each verdict
  /// @param latent likewise
  /// @param falselySafe supported with fewer settings good than are asked for
  /// @param falselyUnsafe contradicted with as many
  /// @param falseLatent supported of another size, or contradicted of the right one
  record Counts(
      Map<Claim.Verdict, Integer> region,
      Map<Claim.Verdict, Integer> latent,
      int falselySafe,
      int falselyUnsafe,
      int falseLatent) {}

  /// Studies of latents x rates x optimizers.
  ///
  /// @param step standard deviations that the next latent loses more; 0 for tables of noise
  static Counts of(int[] levels, int repeats, double step, int studies) {
    Map<Claim.Verdict, Integer> region = none();
    Map<Claim.Verdict, Integer> latent = none();
    int falselySafe = 0;
    int falselyUnsafe = 0;
    int falseLatent = 0;
    double width = SeedTolerance.STANDARD_ERRORS * Math.sqrt(2.0 / repeats);
    double judged =
        SeedTolerance.STANDARD_ERRORS
            * Math.sqrt(2.0 / Fold.halves(repeats).getFirst().judging().length);
    for (int i = 0; i < studies; i++) {
      Landscape made = study(levels, repeats, step, 1_000_003L * i + 7);
      SafeRegion found = SafeRegion.of(made, MSE).orElseThrow();
      Claim.Verdict verdict = found.claim().verdict();
      region.merge(verdict, 1, Integer::sum);
      List<String> sizes =
          found.sides().stream()
              .filter(side -> side.variable().equals(LATENT))
              .findFirst()
              .orElseThrow()
              .levels();
      falselySafe +=
          verdict == Claim.Verdict.SUPPORTED
                  && good(sizes, levels[0], step, judged) < SafeRegion.ASKED
              ? 1
              : 0;
      falselyUnsafe +=
          verdict == Claim.Verdict.CONTRADICTED
                  && good(sizes, levels[0], step, width) >= SafeRegion.ASKED
              ? 1
              : 0;
      SmallestLatent small = SmallestLatent.of(made, MSE).orElseThrow();
      Claim.Verdict ofSize = small.claim().verdict();
      latent.merge(ofSize, 1, Integer::sum);
      boolean right =
          small.latent().equals(smallest(levels[0], step, width))
              || small.latent().equals(smallest(levels[0], step, judged));
      boolean says = ofSize == Claim.Verdict.SUPPORTED;
      falseLatent += ofSize != Claim.Verdict.UNDECIDED && says != right ? 1 : 0;
    }
    return new Counts(region, latent, falselySafe, falselyUnsafe, falseLatent);
  }

  private static Map<Claim.Verdict, Integer> none() {
    Map<Claim.Verdict, Integer> counts = new EnumMap<>(Claim.Verdict.class);
    for (Claim.Verdict verdict : Claim.Verdict.values()) {
      counts.put(verdict, 0);
    }
    return counts;
  }

  private static Landscape study(int[] levels, int repeats, double step, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] splits = IntStream.range(0, repeats).mapToDouble(_ -> random.nextGaussian()).toArray();
    SequencedMap<String, List<String>> space =
        Runs.space(
            Map.entry(LATENT, texts(levels[0], RegionCalibration::latent)),
            Map.entry("learning-rate", texts(levels[1], i -> "1e-" + (9 - i))),
            Map.entry("optimizer", texts(levels[2], i -> "optimizer-" + i)));
    List<String> latents = space.firstEntry().getValue();
    return Runs.set(
            Runs.grid(
                space,
                repeats,
                (cell, repeat) ->
                    0.01
                        * Math.exp(
                            NOISE
                                * (step * latents.indexOf(cell.get(LATENT))
                                    + splits[repeat]
                                    + random.nextGaussian()))))
        .landscapes()
        .getFirst();
  }

  private static List<String> texts(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).toList();
  }

  private static String latent(int place) {
    return Integer.toString(10 << place);
  }

  /// What the latent at a place truly loses more than the best, in standard deviations of a run.
  private static double excess(int place, int latents, double step) {
    return step * place - Math.min(0, step * (latents - 1));
  }

  private static double good(List<String> sizes, int latents, double step, double width) {
    return IntStream.range(0, latents)
        .filter(place -> sizes.contains(latent(place)))
        .mapToDouble(place -> excess(place, latents, step) <= width ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static String smallest(int latents, double step, double width) {
    return IntStream.range(0, latents)
        .filter(place -> excess(place, latents, step) <= width)
        .mapToObj(RegionCalibration::latent)
        .findFirst()
        .orElseThrow();
  }

  /// Prints the table of docs/method.md.
  ///
  /// @param arguments studies of each case
  public static void main(String[] arguments) {
    int studies = Integer.parseInt(arguments[0]);
    for (int[] levels : List.of(new int[] {4, 4, 3}, new int[] {3, 2, 2}, new int[] {3, 2, 1})) {
      for (int repeats : new int[] {2, 3, 5, 8}) {
        for (double step : new double[] {0, 1, 2, -1, -2, -4}) {
          Counts counts = of(levels, repeats, step, studies);
          System.out.printf(
              Locale.ROOT,
              "%s repeats %d step %.0f: region %s, falsely safe %d, falsely unsafe %d; latent %s, false %d%n",
              Arrays.toString(levels),
              repeats,
              step,
              counts.region(),
              counts.falselySafe(),
              counts.falselyUnsafe(),
              counts.latent(),
              counts.falseLatent());
        }
      }
    }
  }
}
