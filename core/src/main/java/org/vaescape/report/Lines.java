package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;

/// Text broken into lines of a width.
final class Lines {

  /// As many lines as needed, the last of at most `most` cut with an ellipsis; none of a blank
  /// text. A line ends before a word, and within one only if it is longer than a line.
  static List<String> of(String text, Glyphs glyphs, double size, double width, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    if (rest.isEmpty()) {
      return List.of();
    }
    while (lines.size() < most - 1 && glyphs.width(rest, size) > width) {
      int end = end(rest, glyphs, size, width);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(glyphs.fit(rest, size, width));
    return List.copyOf(lines);
  }

  /// Where the first line of what is too long for one ends.
  private static int end(String text, Glyphs glyphs, double size, double width) {
    int end = 0;
    double used = 0;
    int gap = 0;
    int joint = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      if (point == ' ') {
        gap = end;
      }
      used += glyphs.width(Character.toString(point), size);
      if (used > width && end > 0) {
        break;
      }
      end += Character.charCount(point);
      if ("-_./,".indexOf(point) >= 0) {
        joint = end;
      }
    }
    return gap > 0 ? gap : joint > 0 ? joint : end;
  }

  private Lines() {}
}
