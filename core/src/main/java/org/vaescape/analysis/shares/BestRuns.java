package org.vaescape.analysis.shares;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.PedAnova;
import org.vaescape.analysis.runs.ForestInput;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.View;

/// By which hyper-parameters the best runs differ from all runs, wherever these were made
/// ([PedAnova]): what matters for being good, where shares of variation tell what matters anywhere.
///
/// Of each hyper-parameter the divergence, over the sum of all of them. Failed runs are among all
/// and never among the best; a hyper-parameter that only some runs have is judged by those. The
/// scale of the outcome makes no difference. Where repeats have splits of their own, each has its
/// best runs: those of a lucky split would else be the best of all, whatever their settings.
public final class BestRuns {
  /// Part of the runs that counts as the best, as Optuna has it.
  static final double BEST = 0.1;

  private static final String REASON =
      "how much settings of the best tenth of the runs differ from those of all: no share of variation; no interval, as none is known that holds";

  private BestRuns() {}

  /// One for each hyper-parameter that took several values; none where no run has the outcome, or
  /// the best runs are like all others.
  public static List<EffectShare> effects(
      Landscape landscape, View view, List<String> logarithmic) {
    List<Run> runs = landscape.allRuns();
    double[] losses =
        runs.stream()
            .mapToDouble(run -> run.outcome(view.metric(), view.stop()))
            .map(outcome -> view.lowerIsBetter() ? outcome : -outcome)
            .toArray();
    if (Arrays.stream(losses).noneMatch(Double::isFinite)) {
      return List.of();
    }
    boolean[] best = best(landscape, losses);
    List<ForestInput> inputs = ForestInput.all(landscape, runs, logarithmic);
    double[] divergences =
        inputs.stream().mapToDouble(input -> divergence(input, runs, best)).toArray();
    double sum = Arrays.stream(divergences).sum();
    List<EffectShare> effects = new ArrayList<>();
    for (int i = 0; i < divergences.length && sum > 0; i++) {
      effects.add(
          new EffectShare(
              view.metric(),
              Scale.RANK,
              landscape.scope().text(),
              List.of(inputs.get(i).name()),
              divergences[i] / sum,
              Optional.empty(),
              EffectShare.PED_ANOVA,
              REASON));
    }
    return effects;
  }

  /// @param losses of all runs, not finite of failed ones
  private static boolean[] best(Landscape landscape, double[] losses) {
    List<Run> runs = landscape.allRuns();
    boolean[] best = new boolean[losses.length];
    IntStream.range(0, losses.length)
        .boxed()
        .collect(Collectors.groupingBy(run -> landscape.crossed() ? runs.get(run).repeat() : 0))
        .values()
        .forEach(compared -> {
          double worst =
              compared.stream()
                  .mapToDouble(run -> losses[run])
                  .filter(Double::isFinite)
                  .max()
                  .orElse(0); // of no use: none of them is the best
          boolean[] found =
              PedAnova.best(
                  compared.stream()
                      .mapToDouble(run -> Double.isFinite(losses[run]) ? losses[run] : worst)
                      .toArray(),
                  BEST);
          for (int i = 0; i < found.length; i++) {
            int run = compared.get(i);
            best[run] = found[i] && Double.isFinite(losses[run]);
          }
        });
    return best;
  }

  private static double divergence(ForestInput input, List<Run> runs, boolean[] best) {
    int[] own =
        IntStream.range(0, runs.size()).filter(run -> !input.absent(runs.get(run))).toArray();
    double[] x = Arrays.stream(own).mapToDouble(run -> input.value(runs.get(run))).toArray();
    boolean[] chosen = new boolean[own.length];
    for (int i = 0; i < own.length; i++) {
      chosen[i] = best[own[i]];
    }
    return PedAnova.of(input.axis()).local(x, chosen);
  }
}
