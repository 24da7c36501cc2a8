package org.vaescape.engine;

import java.util.Locale;

/// In which arithmetic a network is trained.
public enum Precision {
  /// Everything in 32 bits.
  FP32(DType.FLOAT32, DType.FLOAT32),
  /// Products of linear layers from bfloat16 operands; weights, sums, losses and optimizer state in
  /// 32 bits.
  BF16(DType.FLOAT32, DType.BFLOAT16),
  /// Everything in 64 bits, to check formulas against references.
  FP64(DType.FLOAT64, DType.FLOAT64);

  private final DType storage;
  private final DType products;

  Precision(DType storage, DType products) {
    this.storage = storage;
    this.products = products;
  }

  /// Type of weights, activations and losses.
  public DType storage() {
    return storage;
  }

  /// Type of the operands of matrix products.
  public DType products() {
    return products;
  }

  /// As files and the command line write it: `fp32`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
