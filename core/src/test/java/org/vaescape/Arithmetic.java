package org.vaescape;

import org.vaescape.engine.Precision;
import org.vaescape.model.GenePath;

/// Every way in which networks compute, for tests that hold all of them to one reference.
public enum Arithmetic {
  /// 64 bits, to check formulas.
  EXACT(Precision.FP64, GenePath.Choice.PLAIN),
  /// 32 bits, whole tensors.
  PLAIN(Precision.FP32, GenePath.Choice.PLAIN),
  /// 32 bits, blocks of genes where networks allow it.
  FUSED(Precision.FP32, GenePath.Choice.AUTO);

  private final Precision precision;
  private final GenePath.Choice path;

  Arithmetic(Precision precision, GenePath.Choice path) {
    this.precision = precision;
    this.path = path;
  }

  public Precision precision() {
    return precision;
  }

  public GenePath.Choice path() {
    return path;
  }

  public boolean isExact() {
    return this == EXACT;
  }
}
