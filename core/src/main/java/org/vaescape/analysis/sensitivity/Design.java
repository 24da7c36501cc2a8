package org.vaescape.analysis.sensitivity;

import java.util.List;

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
    int lacking) {
  static Design of(Landscape landscape) {
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
        landscape.cells() - landscape.countingCells());
  }

  private static int count(Landscape landscape, Fate fate) {
    return (int) landscape.allRuns().stream().filter(run -> run.fate() == fate).count();
  }
}
