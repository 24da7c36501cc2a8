package org.vaescape.study;

/// How often every cell is trained.
///
/// @param count at least 1
public record Repeats(int count, SplitMode split) {
  public Repeats {
    if (count < 1) {
      throw new IllegalArgumentException("repeats must be at least 1 but was " + count);
    }
  }

  /// Number of the split that a repeat uses, from 0.
  public int splitOf(int repeat) {
    return switch (split) {
      case CROSSED -> repeat;
      case FIXED -> 0;
    };
  }

  /// How many splits all repeats together use.
  public int splits() {
    return splitOf(count - 1) + 1;
  }

  /// Which samples validate.
  public enum SplitMode {
    /// Others in each repeat.
    CROSSED,
    /// The same in all repeats: those of repeat 0.
    FIXED
  }
}
