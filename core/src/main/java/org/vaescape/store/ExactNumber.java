package org.vaescape.store;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How a double goes through SQLite and comes back with the same bits.
///
/// SQLite keeps NaN as NULL and -0.0 as 0: these, and infinities for the eye's sake, go as text,
/// everything else as REAL.
final class ExactNumber {
  private static final String NAN_WITH_BITS = "nan:";
  private static final long USUAL_NAN = Double.doubleToRawLongBits(Double.NaN);

  private ExactNumber() {}

  /// A `Double`, or a `String` where SQLite would not keep the double as it is.
  static Object stored(double value) {
    if (Double.isNaN(value)) {
      long bits = Double.doubleToRawLongBits(value);
      return bits == USUAL_NAN ? "nan" : NAN_WITH_BITS + HexFormat.of().toHexDigits(bits);
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    boolean negativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
    return negativeZero ? "-0" : (Object) value;
  }

  /// The double that [#stored] made this of.
  ///
  /// @throws IllegalArgumentException if it made none of this
  static double of(@Nullable Object stored) {
    return switch (stored) {
      case null -> throw new IllegalArgumentException("no number at all");
      case Number number -> number.doubleValue();
      case String text when text.startsWith(NAN_WITH_BITS) ->
          Double.longBitsToDouble(
              HexFormat.fromHexDigitsToLong(text.substring(NAN_WITH_BITS.length())));
      case String text ->
          switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "-0" -> -0.0;
            default -> throw new IllegalArgumentException("no number: " + text);
          };
      default -> throw new IllegalArgumentException("bytes in place of a number");
    };
  }
}
