package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.vaescape.study.Metric;

/// Runs that are made up.
public final class Runs {
  public static final String LOSS = "val_mse";

  private Runs() {}

  /// What a made-up run comes to.
  public interface Outcome {
    /// The loss of a run, not finite for one that diverged.
    double of(SequencedMap<String, String> settings, int repeat);
  }

  /// A run for each combination of levels and repeat.
  ///
  /// @param space levels by hyper-parameter
  public static List<Run> grid(
      SequencedMap<String, List<String>> space, int repeats, Outcome outcome) {
    List<SequencedMap<String, String>> cells = new ArrayList<>();
    cells.add(new LinkedHashMap<>());
    space.forEach((name, levels) -> {
      List<SequencedMap<String, String>> finer = new ArrayList<>();
      for (SequencedMap<String, String> cell : cells) {
        for (String level : levels) {
          SequencedMap<String, String> one = new LinkedHashMap<>(cell);
          one.put(name, level);
          finer.add(one);
        }
      }
      cells.clear();
      cells.addAll(finer);
    });
    List<Run> runs = new ArrayList<>();
    for (SequencedMap<String, String> cell : cells) {
      for (int repeat = 0; repeat < repeats; repeat++) {
        runs.add(run(cell, repeat, outcome.of(cell, repeat)));
      }
    }
    return runs;
  }

  /// A run that learned, or diverged if its loss is not finite.
  public static Run run(SequencedMap<String, String> settings, int repeat, double loss) {
    boolean finite = Double.isFinite(loss);
    return new Run(
        settings + " " + repeat,
        settings,
        repeat,
        finite ? Fate.LEARNED : Fate.FAILED,
        finite ? "learned" : "diverged",
        finite ? Map.of(StopPoint.STOP, Map.of(LOSS, loss)) : Map.of());
  }

  /// Levels by name, in order: name, levels, name, levels, ...
  @SafeVarargs
  public static SequencedMap<String, List<String>> space(
      Map.Entry<String, List<String>>... variables) {
    SequencedMap<String, List<String>> space = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> variable : variables) {
      space.put(variable.getKey(), variable.getValue());
    }
    return space;
  }

  /// All of them together, without readings; each repeat with a split of its own.
  public static RunSet set(List<Run> runs) {
    return new RunSet(
        "made up",
        1,
        runs,
        List.of(),
        true,
        List.of("learning-rate"),
        OptionalInt.empty(),
        List.of(new RunSet.Outcome(LOSS, Metric.Better.LOWER, true)));
  }
}
