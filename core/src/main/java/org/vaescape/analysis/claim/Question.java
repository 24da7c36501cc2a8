package org.vaescape.analysis.claim;

import java.util.Optional;
import org.vaescape.analysis.runs.GridView;

/// Something that is true of a complete grid or not, whatever made its numbers.
@FunctionalInterface
public interface Question {
  /// Whether it holds there; empty where the grid cannot tell, since a level or variable that the
  /// question is about is not in it.
  Optional<Boolean> holds(GridView view);
}
