package org.vaescape.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;

/// How far the labels of a column tell what runs of different settings share.
///
/// @param labels different ones
/// @param settings different ones
/// @param most settings that one label occurs in
record RepeatLabels(int labels, int settings, int most) {
  private static RepeatLabels of(List<Run> runs) {
    Map<Integer, Long> counts =
        runs.stream().collect(Collectors.groupingBy(Run::repeat, Collectors.counting()));
    return new RepeatLabels(
        counts.size(),
        (int) runs.stream().map(Run::settings).distinct().count(),
        counts.values().stream().mapToInt(Math::toIntExact).max().orElse(0));
  }

  /// Whether settings can be compared within a label: half of them share one, and two at least.
  private boolean shared() {
    return most >= Math.max(2, (settings + 1) / 2);
  }

  /// Labels may recur within each model only: it is compared by itself as well.
  ///
  /// @param runs at most one of a setting and label
  /// @throws UserError if the labels hardly recur, as names of runs do
  static void require(Path table, String column, List<Run> runs) {
    Collection<List<Run>> models =
        runs.stream().collect(Collectors.groupingBy(run -> Role.MODEL.in(run.settings()))).values();
    RepeatLabels all = of(runs);
    if (all.settings() > 1
        && !all.shared()
        && models.stream().map(RepeatLabels::of).noneMatch(RepeatLabels::shared)) {
      throw new UserError(
          "%s: column '%s' has %s labels, each in %s of %s settings, so that it tells no repeats; leave --repeat out, and rows of equal settings are repeats"
              .formatted(
                  table,
                  column,
                  all.labels(),
                  all.most() == 1 ? "1" : "at most " + all.most(),
                  all.settings()));
    }
  }
}
