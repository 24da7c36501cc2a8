package org.vaescape.analysis.sensitivity;

import java.util.List;

/// What was tried within a scope, and what became of it.
///
/// @param scope as [Scope#text]
/// @param complete whether every combination of levels was tried in every repeat
/// @param cells settings that were tried
/// @param repeats that were run
/// @param failed runs without an outcome
/// @param unlearned runs that ended and learned nothing
public record Design(
    String scope,
    List<Variable> variables,
    boolean complete,
    int cells,
    int repeats,
    boolean crossed,
    int runs,
    int failed,
    int unlearned) {
  static Design of(Landscape landscape) {
    return new Design(
        landscape.scope().text(),
        landscape.variables(),
        landscape.complete(),
        landscape.cells(),
        landscape.repeats().size(),
        landscape.crossed(),
        landscape.runs().size(),
        count(landscape, Fate.FAILED),
        count(landscape, Fate.UNLEARNED));
  }

  private static int count(Landscape landscape, Fate fate) {
    return (int) landscape.runs().stream().filter(run -> run.fate() == fate).count();
  }
}
