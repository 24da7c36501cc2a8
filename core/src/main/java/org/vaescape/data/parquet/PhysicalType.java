package org.vaescape.data.parquet;

import java.util.List;
import java.util.zip.ZipException;

/// How a value is stored, in the order of Parquet's own numbers.
enum PhysicalType {
  BOOLEAN,
  INT32,
  INT64,
  INT96,
  FLOAT,
  DOUBLE,
  BYTE_ARRAY,
  FIXED_LEN_BYTE_ARRAY;

  private static final List<PhysicalType> BY_NUMBER = List.of(values());

  /// @throws ZipException if there is none of this number
  static PhysicalType of(int number) throws ZipException {
    if (number < 0 || number >= BY_NUMBER.size()) {
      throw new ZipException("its footer names a type that Parquet does not have");
    }
    return BY_NUMBER.get(number);
  }

  /// Bytes of a value; 0 where that differs, or is said elsewhere.
  int width() {
    return switch (this) {
      case INT32, FLOAT -> Integer.BYTES;
      case INT64, DOUBLE -> Long.BYTES;
      case INT96 -> 12;
      case BOOLEAN, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> 0;
    };
  }
}
