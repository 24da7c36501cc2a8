package org.vaescape.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a number of bytes is written: `8g`, `512m`, `1.5g`; in powers of 1024.
final class ByteCount {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kmgt])b?");
  private static final String UNITS = "kmgt";

  private ByteCount() {}

  /// The number of bytes that is written so, at least one.
  ///
  /// @throws IllegalArgumentException with rule and value if none is
  static long of(String text) {
    Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (parts.matches()) {
      double unit = Math.pow(1024, UNITS.indexOf(parts.group(2)) + 1);
      long bytes = (long) (Double.parseDouble(parts.group(1)) * unit);
      if (bytes > 0) {
        return bytes;
      }
    }
    throw new IllegalArgumentException("must be an amount such as 8g or 512m but was " + text);
  }
}
