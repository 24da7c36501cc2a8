package org.vaescape.engine;

import org.bytedeco.pytorch.global.torch.ScalarType;

/// Type of a tensor's elements.
public enum DType {
  FLOAT32(ScalarType.Float, 4),
  FLOAT64(ScalarType.Double, 8),
  BFLOAT16(ScalarType.BFloat16, 2),
  INT64(ScalarType.Long, 8);

  final ScalarType raw;

  private final int bytes;

  DType(ScalarType raw, int bytes) {
    this.raw = raw;
    this.bytes = bytes;
  }

  /// Size of an element.
  public int bytes() {
    return bytes;
  }

  static DType of(ScalarType raw) {
    ScalarType constant = raw.intern(); // native code returns fresh instances of its enums
    for (DType type : values()) {
      if (type.raw == constant) {
        return type;
      }
    }
    throw new IllegalArgumentException("no element type for " + raw);
  }
}
