package org.vaescape.analysis;

/// One axis of a [BalancedGrid]: what varied, and how many values it took.
///
/// @param levels at least 2: what took one value only cannot matter, and is left out of the grid
public record Factor(String name, int levels) {
  public Factor {
    if (levels < 2) {
      throw new IllegalArgumentException(
          "factor " + name + " must have at least 2 levels but has " + levels);
    }
  }
}
