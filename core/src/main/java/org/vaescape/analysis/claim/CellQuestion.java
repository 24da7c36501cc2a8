package org.vaescape.analysis.claim;

import java.util.Optional;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.GridView;

/// A question about the numbers of single cells: it can be asked of what was measured, of means
/// that might be the true ones, and of every [org.vaescape.analysis.runs.View].
@FunctionalInterface
public interface CellQuestion extends Question {
  /// Whether it holds there; empty where the table cannot tell, as in [Question].
  Optional<Boolean> holds(CellTable cells);

  @Override
  default Optional<Boolean> holds(GridView view) {
    return holds(CellTable.of(view));
  }
}
