package org.vaescape.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Turns the bytes of a page into values of one kind.
///
/// @param <A> an array of such values
interface Decoder<A> {
  A array(int count);

  /// @param encoding none of a dictionary
  /// @param in little endian
  A decoded(int encoding, ByteBuffer in, int count) throws IOException;

  /// Copies a value.
  void copy(A from, int index, A to, int place);

  int length(A array);
}
