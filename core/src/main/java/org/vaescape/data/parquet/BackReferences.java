package org.vaescape.data.parquet;

import java.io.IOException;
import java.util.zip.ZipException;

/// Undoes Snappy and LZ4 (single blocks, without frames), which both write bytes as they are, and
/// references to what came before. Use an instance once.
///
/// Damaged bytes end in a [ZipException] or an [IndexOutOfBoundsException].
final class BackReferences {
  private final byte[] in;
  private int at;
  private final int end;
  private final byte[] out;
  private int done;

  /// @param size of the result, which it must have
  BackReferences(byte[] in, int from, int end, int size) {
    this.in = in;
    this.at = from;
    this.end = end;
    this.out = new byte[size];
  }

  byte[] snappy() throws IOException {
    int size = 0;
    int octet = 0x80;
    for (int shift = 0; octet >= 0x80; shift += 7) {
      octet = next();
      size |= (octet & 0x7f) << shift;
    }
    require(size == out.length);
    while (at < end) {
      int tag = next();
      int length = tag >>> 2;
      switch (tag & 3) {
        case 0 -> {
          // From 60 on it is the number of bytes that hold the length.
          literal(length < 60 ? length + 1 : little(length - 59) + 1);
        }
        case 1 -> reference((length & 7) + 4, (tag & 0xe0) << 3 | next());
        case 2 -> reference(length + 1, little(2));
        default -> reference(length + 1, little(4));
      }
    }
    require(done == out.length);
    return out;
  }

  byte[] lz4() throws IOException {
    while (at < end) {
      int token = next();
      literal(extended(token >>> 4));
      if (at < end) { // the last sequence has no reference
        int distance = little(2);
        reference(extended(token & 0xf) + 4, distance);
      }
    }
    require(done == out.length);
    return out;
  }

  /// A length that goes on in bytes of its own where four bits do not hold it.
  private int extended(int length) throws IOException {
    if (length == 15) {
      int more;
      do {
        more = next();
        length = Math.addExact(length, more);
      } while (more == 0xff);
    }
    return length;
  }

  private void literal(int length) throws IOException {
    require(length >= 0 && length <= end - at && length <= out.length - done);
    System.arraycopy(in, at, out, done, length);
    at += length;
    done += length;
  }

  private void reference(int length, int distance) throws IOException {
    require(distance > 0 && distance <= done && length <= out.length - done);
    if (distance >= length) {
      System.arraycopy(out, done - distance, out, done, length);
      done += length;
    } else { // what is copied is being written
      for (int last = done + length; done < last; done++) {
        out[done] = out[done - distance];
      }
    }
  }

  private int little(int bytes) throws IOException {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= next() << (8 * i);
    }
    return value;
  }

  private int next() throws IOException {
    require(at < end);
    return in[at++] & 0xff;
  }

  private static void require(boolean fits) throws ZipException {
    if (!fits) {
      throw new ZipException("a compressed page is not what it must be");
    }
  }
}
