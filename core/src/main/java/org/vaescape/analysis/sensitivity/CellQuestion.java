package org.vaescape.analysis.sensitivity;

import java.util.Optional;

/// A question about the numbers of single cells: it can be asked of what was measured, of means
/// that might be the true ones, and of every [View].
@FunctionalInterface
interface CellQuestion extends Question {
  /// Whether it holds there; empty where the table cannot tell, as in [Question].
  Optional<Boolean> holds(CellTable cells);

  @Override
  default Optional<Boolean> holds(GridView view) {
    return holds(CellTable.of(view));
  }
}
