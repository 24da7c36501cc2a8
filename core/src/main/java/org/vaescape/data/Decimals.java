package org.vaescape.data;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Decimal text to the nearest float, at the speed of gunzip.
final class Decimals {
  /// As pandas reads them, to which Excel's belong.
  private static final Set<String> MISSING =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  /// Whole numbers up to here are doubles, so that one division rounds once.
  private static final long EXACT = 1L << 53;

  private static final int DIGITS = 18; // more may overflow a long
  private static final double[] POWERS = new double[DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  /// The bits of a double that a float lacks, and their value half-way between two floats.
  private static final long BEYOND_FLOAT = 0x1fff_ffffL;

  private static final long HALF_WAY = 0x1000_0000L;

  private Decimals() {}

  /// Whether a cell, without blanks round it, says that there is no value.
  static boolean isMissing(String text) {
    return MISSING.contains(text);
  }

  /// The float nearest to the number written in these bytes, exactly as [Float#parseFloat] rounds;
  /// NaN for a missing value, infinite if it is beyond the floats.
  ///
  /// @param mark that parts decimals
  /// @throws NumberFormatException if it is neither a decimal number nor a missing value
  static float parse(byte[] bytes, int from, int to, byte mark) {
    boolean negative = from < to && bytes[from] == '-';
    int first = negative ? from + 1 : from;
    long number = 0;
    int point = -1;
    for (int i = first; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        number = 10 * number + digit;
      } else if (bytes[i] == mark && point < 0) {
        point = i;
      } else {
        return parseSlowly(bytes, from, to, mark);
      }
    }
    float value =
        rounded(number, to - first - (point < 0 ? 0 : 1), point < 0 ? 0 : to - point - 1, negative);
    return Float.isNaN(value) ? parseSlowly(bytes, from, to, mark) : value;
  }

  /// The float nearest to a number of this many digits, of which some are decimals; NaN where that
  /// takes more than one division.
  static float rounded(long number, int digits, int decimals, boolean negative) {
    if (digits < 1 || digits > DIGITS || number > EXACT) {
      return Float.NaN;
    }
    double value = number / POWERS[decimals];
    // Rounding to double and then to float goes wrong only where the double lies half-way.
    if ((Double.doubleToRawLongBits(value) & BEYOND_FLOAT) == HALF_WAY) {
      return Float.NaN;
    }
    return (float) (negative ? -value : value);
  }

  private static float parseSlowly(byte[] bytes, int from, int to, byte mark) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
    if (isMissing(text)) {
      return Float.NaN;
    }
    if (mark != '.' && text.indexOf('.') >= 0) {
      throw new NumberFormatException(text);
    }
    text = text.replace((char) mark, '.');
    for (int i = 0; i < text.length(); i++) {
      // Float.parseFloat would also take "1f", "0x1p3" and "Infinity".
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException(text);
      }
    }
    return Float.parseFloat(text);
  }
}
