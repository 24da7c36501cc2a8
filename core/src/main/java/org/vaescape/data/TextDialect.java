package org.vaescape.data;

/// How a text file parts cells and decimals.
///
/// @param delimiter between cells
/// @param mark of decimals, a point or a comma
record TextDialect(byte delimiter, byte mark) {
  /// Excel's own, before the line of names.
  private static final String ANNOUNCEMENT = "sep=";

  /// As a line of names tells: tabs if it has one, else what it has more of, commas or semicolons,
  /// else the spaces of R's `write.table`. Decimals have a point.
  ///
  /// @param from where the line begins
  /// @param to where it ends
  static TextDialect of(byte[] line, int from, int to) {
    int commas = count((byte) ',', line, from, to);
    int semicolons = count((byte) ';', line, from, to);
    if (count((byte) '\t', line, from, to) > 0) {
      return of((byte) '\t');
    }
    if (semicolons > commas) {
      return of((byte) ';');
    }
    boolean spaces = commas == 0 && count((byte) ' ', line, from, to) > 0;
    return of((byte) (spaces ? ' ' : ','));
  }

  /// `tab-separated text`
  String text() {
    String parted =
        switch (delimiter) {
          case '\t' -> "tab";
          case ',' -> "comma";
          case ';' -> "semicolon";
          case ' ' -> "space";
          default -> "'%c'".formatted(delimiter);
        };
    return parted + "-separated text" + (mark == ',' ? " with decimal commas" : "");
  }

  private static TextDialect of(byte delimiter) {
    return new TextDialect(delimiter, (byte) '.');
  }

  /// Whether a line says no more than what parts cells, as in `sep=;`.
  static boolean isAnnouncement(String line) {
    return line.length() == ANNOUNCEMENT.length() + 1 && line.startsWith(ANNOUNCEMENT);
  }

  /// The one that such a line announces.
  static TextDialect announced(String line) {
    return of((byte) line.charAt(ANNOUNCEMENT.length()));
  }

  /// How often it stands outside of quotes.
  private static int count(byte wanted, byte[] line, int from, int to) {
    int count = 0;
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      quoted ^= line[i] == '"';
      count += !quoted && line[i] == wanted ? 1 : 0;
    }
    return count;
  }
}
