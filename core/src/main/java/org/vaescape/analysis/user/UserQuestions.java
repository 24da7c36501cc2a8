package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.analysis.ExpectedBest;
import org.vaescape.analysis.LossGrid;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.Tunability;
import org.vaescape.analysis.claim.Question;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// Claims on what a user feels, as questions to any complete grid: by means over its repeats,
/// chosen and judged on the same. Lower is better.
final class UserQuestions {
  /// How the first view differs from the claim that is made on it.
  private static final String SAME_REPEATS = "when the repeats that choose also judge";

  private UserQuestions() {}

  /// Whether tuning with this optimizer costs least, of those that come near the best at all.
  static Question cheapest(Variable optimizer, String level) {
    return view -> {
      int axis = names(view).indexOf(optimizer.name());
      if (axis < 0 || !view.variables().get(axis).levels().contains(level)) {
        return Optional.empty();
      }
      LossGrid grid = losses(view);
      List<String> levels = view.variables().get(axis).levels();
      double[] areas = new double[levels.size()];
      for (int i = 0; i < areas.length; i++) {
        double[] own = at(grid, axis, i);
        areas[i] = reaches(grid, own) ? area(own) : Double.POSITIVE_INFINITY;
      }
      double lowest = Arrays.stream(areas).min().orElseThrow();
      return grid.cells() / areas.length < 2
          ? Optional.empty()
          : Optional.of(areas[levels.indexOf(level)] == lowest);
    };
  }

  private static double area(double[] losses) {
    int most = Math.min(TuningCurve.MOST, losses.length);
    return Arrays.stream(ExpectedBest.of(losses, Double.POSITIVE_INFINITY, most).losses())
        .average()
        .orElseThrow();
  }

  /// Whether some settings come near the best, by the range of all: a share that has a meaning on
  /// every scale.
  private static boolean reaches(LossGrid grid, double[] own) {
    double worst = Arrays.stream(grid.losses()).max().orElseThrow();
    return Arrays.stream(own).min().orElseThrow()
        <= new Tolerance.OfGain(TuningCost.REACH, worst).limit(grid.loss(grid.best()));
  }

  /// Whether the default does better than a setting at random.
  static Question beatsRandom(SequencedMap<String, String> defaults) {
    return view -> {
      LossGrid grid = losses(view);
      return cell(view, grid, defaults)
          .map(cell -> grid.loss(cell) < Arrays.stream(grid.losses()).average().orElseThrow());
    };
  }

  /// Whether tuning this hyper-parameter alone gains most over the default.
  static Question gainsMost(String factor, SequencedMap<String, String> defaults) {
    return view -> {
      LossGrid grid = losses(view);
      if (!names(view).contains(factor) || grid.factors().size() < 2) {
        return Optional.empty();
      }
      return cell(view, grid, defaults)
          .map(cell -> {
            List<Tunability.Gain> gains = Tunability.ofSingle(grid, cell);
            double own = gains.get(names(view).indexOf(factor)).gain();
            return gains.stream().allMatch(gain -> gain.gain() <= own);
          });
    };
  }

  /// Tries a question in every way of looking at the runs.
  ///
  /// @param scale of the first view
  /// @param answer what the claim says
  static Robustness tried(
      Landscape landscape, RunSet.Outcome outcome, Scale scale, Question question, boolean answer) {
    View first =
        new View(outcome.metric(), true, scale, StopPoint.STOP, rule(landscape), Optional.empty());
    Robustness robustness =
        Robustness.of(
            outcome.lowerIsBetter() ? landscape : landscape.turned(outcome.metric()),
            question,
            first,
            answer);
    return robustness.overturnedBy(
        robustness.overturnedBy().stream()
            .map(change -> change.isEmpty() ? SAME_REPEATS : change)
            .toList());
  }

  /// Runs that did not learn count as the worst, by the mildest rule that says so here.
  private static FailureRule rule(Landscape landscape) {
    if (landscape.runs().stream().anyMatch(run -> run.fate() == Fate.UNLEARNED)) {
      return FailureRule.WORST_LEARNED;
    }
    return landscape.runs().stream().anyMatch(run -> run.fate() == Fate.FAILED)
        ? FailureRule.WORST
        : FailureRule.LEFT_OUT;
  }

  private static List<String> names(GridView view) {
    return view.variables().stream().map(Variable::name).toList();
  }

  private static LossGrid losses(GridView view) {
    return new LossGrid(view.grid().grid().factors(), view.grid().grid().cellMeans().values());
  }

  /// Empty where a level of the default is not in the view.
  private static Optional<Integer> cell(
      GridView view, LossGrid grid, SequencedMap<String, String> defaults) {
    int[] levels =
        view.variables().stream()
            .mapToInt(v -> v.levels().indexOf(defaults.getOrDefault(v.name(), "")))
            .toArray();
    return Arrays.stream(levels).anyMatch(level -> level < 0)
        ? Optional.empty()
        : Optional.of(grid.cell(levels));
  }

  private static double[] at(LossGrid grid, int axis, int level) {
    List<Double> own = new ArrayList<>();
    for (int cell = 0; cell < grid.cells(); cell++) {
      if (grid.levels(cell)[axis] == level) {
        own.add(grid.loss(cell));
      }
    }
    return own.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
