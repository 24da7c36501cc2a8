package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// What an array of NumPy's `.npy` format, versions 1 to 3, says before its values.
///
/// @param type of a value, as NumPy's `descr` names it
/// @param fortran whether the first index runs fastest
/// @param shape as digits: they may be too many for a number
record NpyHeader(String type, boolean fortran, List<String> shape) {
  static final List<Byte> MAGIC =
      List.of((byte) 0x93, (byte) 'N', (byte) 'U', (byte) 'M', (byte) 'P', (byte) 'Y');

  private static final int MOST = Integer.MAX_VALUE / 8;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(?<type>[^']+)', 'fortran_order': (?<fortran>True|False),"
              + " 'shape': \\((?<shape>[^)]*)\\),? *\\}\\s*");
  private static final Pattern LENGTHS = Pattern.compile("(\\d+(, *\\d+)*)?,? *");
  private static final Pattern COMMA = Pattern.compile(", *");

  /// Whether a file that begins so is such an array.
  static boolean begins(byte[] first) {
    for (int i = 0; i < MAGIC.size(); i++) {
      if (first.length <= i || first[i] != MAGIC.get(i)) {
        return false;
      }
    }
    return true;
  }

  /// Reads up to the first value.
  ///
  /// @param where file and array, for messages
  static NpyHeader read(String where, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.size() + 2);
    int version = start.length > MAGIC.size() ? start[MAGIC.size()] : 0;
    byte[] length = in.readNBytes(version == 1 ? 2 : 4);
    int count =
        switch (length.length) {
          case 2 -> ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff;
          case 4 -> ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
          default -> -1;
        };
    // NumPy refuses headers above 10,000 bytes itself; ours are below 200.
    String text =
        count < 0 || count > 1 << 16
            ? ""
            : new String(in.readNBytes(count), StandardCharsets.UTF_8);
    Matcher header = HEADER.matcher(text);
    if (!header.matches() || !LENGTHS.matcher(header.group("shape")).matches()) {
      throw new UserError(
          "%s: must have a header of one plain array, with descr, fortran_order and shape, but has '%s'"
              .formatted(where, text.strip()));
    }
    List<String> shape =
        COMMA.splitAsStream(header.group("shape").strip()).filter(n -> !n.isEmpty()).toList();
    return new NpyHeader(header.group("type"), header.group("fortran").equals("True"), shape);
  }

  /// Whether a matrix can have so many samples or genes.
  static boolean isSize(long count) {
    return count >= 1 && count <= MOST;
  }

  String shapeText() {
    return String.join(", ", shape) + (shape.size() == 1 ? "," : "");
  }

  /// The length of one dimension of a matrix.
  ///
  /// @throws UserError if that is no size of a matrix
  int size(String where, int dimension) {
    String digits = shape.get(dimension);
    long size = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (!isSize(size)) {
      throw new UserError(
          "%s: must have from 1 to %s samples and genes but its shape says %s"
              .formatted(where, MOST, digits));
    }
    return (int) size;
  }
}
