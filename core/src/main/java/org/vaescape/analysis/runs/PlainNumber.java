package org.vaescape.analysis.runs;

import java.util.OptionalDouble;

/// The one way in which a text of a setting or an outcome is a number: in decimal or scientific
/// notation, `10`, `-0.5`, `.5`, `1e-3`.
///
/// [Double#parseDouble] would also take `2d`, `1f`, `0x1p3`, `Infinity` and blanks: names, in
/// somebody's table.
public final class PlainNumber {
  private static final String CHARACTERS = "0123456789+-.eE";

  /// The size of a number whose square, and sums of many such squares, are finite.
  private static final double LARGEST = 1e100;

  private PlainNumber() {}

  /// The number that a text is; empty if it is none, or beyond 1e100 in size: that nobody measured.
  public static OptionalDouble of(String text) {
    double number = parsed(text);
    return Math.abs(number) <= LARGEST ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /// Whether a text is written as a number, of any size.
  public static boolean is(String text) {
    return !Double.isNaN(parsed(text));
  }

  /// `NaN` of what is no number.
  private static double parsed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (CHARACTERS.indexOf(text.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      return Double.NaN;
    }
  }
}
