package org.vaescape.data.parquet;

import java.util.Locale;

/// A column of a table.
///
/// @param length of a value in bytes, where the type has one length
/// @param optional whether values may be missing
/// @param sense what the stored numbers or bytes stand for
/// @param scale digits behind the point of a decimal
/// @param chunk place of its values within each group of rows
public record Column(
    String name,
    PhysicalType type,
    int length,
    boolean optional,
    Sense sense,
    int scale,
    int chunk) {
  /// What stored values stand for.
  enum Sense {
    PLAIN,
    UNSIGNED,
    DECIMAL,
    HALF,
    TEXT,
    OTHER
  }

  /// Whether its values are numbers: whole, of floating point or decimal.
  public boolean isNumber() {
    return switch (type) {
      case FLOAT, DOUBLE -> sense == Sense.PLAIN;
      case INT32, INT64 ->
          sense == Sense.PLAIN || sense == Sense.UNSIGNED || sense == Sense.DECIMAL;
      case FIXED_LEN_BYTE_ARRAY -> sense == Sense.DECIMAL || sense == Sense.HALF;
      case BYTE_ARRAY -> sense == Sense.DECIMAL;
      case BOOLEAN, INT96 -> false;
    };
  }

  public boolean isText() {
    return type == PhysicalType.BYTE_ARRAY && (sense == Sense.TEXT || sense == Sense.PLAIN);
  }

  /// Whether its values can be names: texts or whole numbers.
  public boolean isName() {
    boolean whole = type == PhysicalType.INT32 || type == PhysicalType.INT64;
    return isText() || (whole && (sense == Sense.PLAIN || sense == Sense.UNSIGNED));
  }

  /// How messages name the type.
  public String typeText() {
    String stored = type.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    return sense == Sense.OTHER ? stored + " that stands for no number" : stored;
  }
}
