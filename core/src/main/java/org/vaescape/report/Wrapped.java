package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A sentence as lines of a terminal.
public final class Wrapped {
  /// Characters of a line: what a terminal beside something else still shows.
  public static final int WIDTH = 100;

  /// Where a line may end: not between a number and its unit, nor within an interval.
  private static final Pattern GAP = Pattern.compile(" (?!%)(?![^\\[]*\\])");

  private Wrapped() {}

  /// Lines of at most [#WIDTH] characters, but for a word that is longer.
  ///
  /// @param first what the first line begins with
  /// @param further what all others do
  public static List<String> lines(String text, String first, String further) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    for (String word : GAP.split(text, -1)) {
      if (begun && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(further);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
    return lines;
  }
}
