package org.vaescape.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How figures and the page write numbers; the same in every locale.
final class Numbers {

  /// A coordinate, to a hundredth, without needless zeros.
  static String coordinate(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String digits = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
    return digits.startsWith("0.") ? digits.substring(1) : digits.replace("-0.", "-.");
  }

  /// A factor of coordinates, to a millionth.
  static String factor(double value) {
    return BigDecimal.valueOf(value)
        .setScale(6, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /// A value for people, to so many significant digits: `0.0217`, `1.2e-5`, `−3.4`, `n/a` for NaN.
  static String value(double value, int digits) {
    if (Double.isNaN(value)) {
      return "n/a";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = BigDecimal.valueOf(Math.abs(value)).round(new MathContext(digits));
    BigDecimal bare = rounded.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    String text;
    if (exponent >= -4 && exponent < 6) {
      text = bare.toPlainString();
    } else {
      String mantissa = bare.movePointLeft(exponent).stripTrailingZeros().toPlainString();
      text = mantissa + "e" + exponent;
    }
    return value < 0 ? "−" + text : text;
  }

  /// Three significant digits, as most places want them.
  static String value(double value) {
    return value(value, 3);
  }

  /// Two digits after the point, as shares of variance are written.
  static String fixed(double value) {
    if (!Double.isFinite(value)) {
      return value(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.toPlainString().replace('-', '−');
  }

  /// `1 trial`, `2 trials`.
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private Numbers() {}
}
