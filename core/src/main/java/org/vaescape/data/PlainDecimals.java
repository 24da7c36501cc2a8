package org.vaescape.data;

/// Reads cells that are plain decimal numbers, which nearly all are, in one pass over their bytes.
final class PlainDecimals {
  private final byte mark;
  private float value;

  /// @param mark that parts decimals
  PlainDecimals(byte mark) {
    this.mark = mark;
  }

  /// Where the cell that begins at `from` ends, at the delimiter or the end of the line; below 0 if
  /// it is anything but a plain number, of which [Decimals] then makes something or nothing.
  int read(byte[] bytes, int from, int lineEnd, byte delimiter) {
    boolean negative = from < lineEnd && bytes[from] == '-';
    int first = negative ? from + 1 : from;
    long number = 0;
    int point = -1;
    int at = first;
    for (; at < lineEnd; at++) {
      byte each = bytes[at];
      int digit = each - '0';
      if (digit >= 0 && digit <= 9) {
        number = 10 * number + digit;
      } else if (each == delimiter) {
        break;
      } else if (each == mark && point < 0) {
        point = at;
      } else {
        return -1;
      }
    }
    value =
        Decimals.rounded(
            number, at - first - (point < 0 ? 0 : 1), point < 0 ? 0 : at - point - 1, negative);
    return Float.isNaN(value) ? -1 : at;
  }

  /// The number of the cell that was read last.
  float value() {
    return value;
  }
}
