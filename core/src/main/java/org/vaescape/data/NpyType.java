package org.vaescape.data;

import java.nio.ByteBuffer;
import org.vaescape.UserError;

/// Numbers that NumPy's arrays hold, little endian.
enum NpyType {
  F4(4),
  F8(8),
  I4(4),
  I8(8);

  private final int bytes;

  NpyType(int bytes) {
    this.bytes = bytes;
  }

  /// @param where file and array, for messages
  static NpyType of(String where, String descr) {
    return switch (descr) {
      case "<f4" -> F4;
      case "<f8" -> F8;
      case "<i4" -> I4;
      case "<i8" -> I8;
      default ->
          throw new UserError(
              "%s: values must be <f4, <f8, <i4 or <i8 (little endian) but are %s; convert them"
                      .formatted(where, descr)
                  + " with array.astype('<f4')");
    };
  }

  int bytes() {
    return bytes;
  }

  double nextDouble(ByteBuffer from) {
    return switch (this) {
      case F4 -> from.getFloat();
      case F8 -> from.getDouble();
      case I4 -> from.getInt();
      case I8 -> from.getLong();
    };
  }

  float next(ByteBuffer from) {
    return switch (this) {
      case F4 -> from.getFloat();
      case F8 -> (float) from.getDouble();
      case I4 -> from.getInt();
      case I8 -> from.getLong();
    };
  }
}
