package org.vaescape.engine;

import org.bytedeco.pytorch.global.torch.ScalarType;

/// Type of a tensor's elements.
public enum DType {
  FLOAT32(ScalarType.Float),
  FLOAT64(ScalarType.Double),
  BFLOAT16(ScalarType.BFloat16),
  INT64(ScalarType.Long);

  final ScalarType raw;

  DType(ScalarType raw) {
    this.raw = raw;
  }

  static DType of(ScalarType raw) {
    for (DType type : values()) {
      if (type.raw == raw.intern()) {
        return type;
      }
    }
    throw new IllegalArgumentException("no element type for " + raw);
  }
}
