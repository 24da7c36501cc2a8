package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.analysis.Axis;

/// What was tried within a scope, and what became of it.
///
/// @param scope as [Scope#text]
/// @param complete whether every combination of levels has each of the repeats that count
/// @param cells settings that were tried
/// @param repeats that count
/// @param runs all of them
/// @param failed runs without an outcome
/// @param unlearned runs that ended and learned nothing
/// @param leftOut runs that do not count, as not all settings have as many repeats
/// @param lacking settings none of whose runs count, as they lack one of the repeats
/// @param untold hyper-parameters that took several values, and of which nothing is said
/// @param reason why there are no shares of variation, as a sentence without its end; empty where
///   there are, or nothing varied
public record Design(
    String scope,
    List<Variable> variables,
    boolean complete,
    int cells,
    int repeats,
    boolean crossed,
    int runs,
    int failed,
    int unlearned,
    int leftOut,
    int lacking,
    List<Untold> untold,
    String reason) {
  public Design {
    variables = List.copyOf(variables);
    untold = List.copyOf(untold);
  }

  /// A hyper-parameter of which nothing is said.
  ///
  /// @param key its name
  /// @param reason as the end of a sentence that begins with the name
  public record Untold(String key, String reason) {}

  /// What varied in a landscape, and what of it counts.
  ///
  /// @param reason why it has no shares of variation; empty where it has
  public static Design of(Landscape landscape, String reason) {
    return new Design(
        landscape.scope().text(),
        landscape.variables(),
        landscape.complete(),
        landscape.cells(),
        landscape.repeats().size(),
        landscape.crossed(),
        landscape.allRuns().size(),
        count(landscape, Fate.FAILED),
        count(landscape, Fate.UNLEARNED),
        landscape.allRuns().size() - landscape.runs().size(),
        landscape.cells() - landscape.countingCells(),
        untold(landscape),
        reason);
  }

  private static List<Untold> untold(Landscape landscape) {
    List<Untold> untold = new ArrayList<>();
    for (Variables.Confounded one : landscape.confounded()) {
      untold.add(
          new Untold(
              one.key(),
              "cannot be told apart from %s: each %s has its own"
                  .formatted(one.with(), one.with())));
    }
    for (Variable variable : landscape.grid() ? List.<Variable>of() : landscape.variables()) {
      for (String key : variable.keys()) {
        int levels = ForestInput.tooManyLevels(landscape.allRuns(), key);
        if (levels > 0) {
          untold.add(
              new Untold(
                  key,
                  "has no importance: of its %s values some are no numbers, and a forest tells at most %s such apart"
                      .formatted(levels, Axis.Levels.MOST)));
        }
      }
    }
    return untold;
  }

  private static int count(Landscape landscape, Fate fate) {
    return (int) landscape.allRuns().stream().filter(run -> run.fate() == fate).count();
  }
}
