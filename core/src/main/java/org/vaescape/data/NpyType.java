package org.vaescape.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// Numbers that NumPy's arrays hold.
record NpyType(Kind kind, ByteOrder order) {
  private static final Pattern DESCR = Pattern.compile("([<>|])([biuf])([1248])");

  /// As NumPy calls them, a truth value being 0 or 1.
  private enum Kind {
    B1(1),
    I1(1),
    I2(2),
    I4(4),
    I8(8),
    U1(1),
    U2(2),
    U4(4),
    U8(8),
    F2(2),
    F4(4),
    F8(8);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }
  }

  /// @param where file and array, for messages
  static NpyType of(String where, String descr) {
    Matcher said = DESCR.matcher(descr);
    if (said.matches()) {
      String name = said.group(2) + said.group(3);
      for (Kind kind : Kind.values()) {
        if (kind.name().equalsIgnoreCase(name)) {
          return new NpyType(
              kind, said.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        }
      }
    }
    throw new UserError(
        "%s: must hold real numbers of at most 8 bytes but holds %s (%s); convert it with %s"
            .formatted(
                where,
                words(descr),
                descr,
                descr.matches(".c\\d+") ? "array.real" : "array.astype('<f4')"));
  }

  private static String words(String descr) {
    return switch (descr.length() > 1 ? descr.charAt(1) : ' ') {
      case 'c' -> "complex numbers";
      case 'U', 'S' -> "texts";
      case 'O' -> "objects of Python, which are never read";
      case 'M', 'm' -> "times";
      default -> "others";
    };
  }

  int bytes() {
    return kind.bytes;
  }

  double next(ByteBuffer from) {
    return switch (kind) {
      case B1, U1 -> from.get() & 0xff;
      case I1 -> from.get();
      case I2 -> from.getShort();
      case U2 -> from.getShort() & 0xffff;
      case I4 -> from.getInt();
      case U4 -> from.getInt() & 0xffff_ffffL;
      case I8 -> from.getLong();
      case U8 -> {
        long bits = from.getLong();
        yield bits >= 0 ? bits : 2.0 * (bits >>> 1);
      }
      case F2 -> Float.float16ToFloat(from.getShort());
      case F4 -> from.getFloat();
      case F8 -> from.getDouble();
    };
  }
}
