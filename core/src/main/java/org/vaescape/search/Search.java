package org.vaescape.search;

import java.util.List;

/// A way to choose cells from a space.
public interface Search {

  /// The cells to try, all different, in the order in which to try them.
  List<Cell> cells(Space space);
}
