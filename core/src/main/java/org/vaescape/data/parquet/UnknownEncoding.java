package org.vaescape.data.parquet;

import java.io.IOException;

/// Values are encoded in a way that is not read.
final class UnknownEncoding extends IOException {
  private static final long serialVersionUID = 1L;

  private final int encoding;

  UnknownEncoding(int encoding) {
    this.encoding = encoding;
  }

  /// Its number in Parquet's list.
  int encoding() {
    return encoding;
  }
}
