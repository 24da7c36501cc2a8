package org.vaescape.report;

/// Text made safe for XML and HTML.
final class Markup {

  /// `text` for element content and for attributes in quotes. Characters that XML cannot hold
  /// become U+FFFD.
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
          }
        });
    return out.toString();
  }

  private static boolean allowed(int point) {
    boolean blank = point == '\t' || point == '\n' || point == '\r';
    boolean ascii = point >= 0x20 && point < 0x7F;
    boolean control = point < 0xA0;
    boolean surrogate = point >= 0xD800 && point < 0xE000;
    boolean noCharacter = point == 0xFFFE || point == 0xFFFF;
    return blank || ascii || !(control || surrogate || noCharacter);
  }

  private Markup() {}
}
