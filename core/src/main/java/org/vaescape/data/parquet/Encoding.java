package org.vaescape.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.ZipException;

/// Parquet's encodings of whole numbers, and the numbers of all encodings.
final class Encoding {
  static final int PLAIN = 0;
  static final int PLAIN_DICTIONARY = 2;
  static final int RLE = 3;
  static final int DELTA_BINARY_PACKED = 5;
  static final int DELTA_LENGTH_BYTE_ARRAY = 6;
  static final int DELTA_BYTE_ARRAY = 7;
  static final int RLE_DICTIONARY = 8;
  static final int BYTE_STREAM_SPLIT = 9;

  /// Values of a miniature block of DELTA_BINARY_PACKED that no writer exceeds.
  private static final int LARGEST_BLOCK = 1 << 16;

  private Encoding() {}

  /// Numbers of the hybrid of run lengths and packed bits.
  ///
  /// @param width bits of a number
  static int[] hybrid(ByteBuffer in, int width, int count) throws IOException {
    if (width < 0 || width > Integer.SIZE) {
      throw damaged();
    }
    int[] values = new int[count];
    int done = 0;
    while (done < count) {
      long head = variable(in);
      if ((head & 1) == 0) {
        int value = (int) fixed(in, (width + 7) / 8);
        int run = (int) Math.min(head >>> 1, count - done);
        if (run == 0) {
          throw damaged();
        }
        Arrays.fill(values, done, done + run, value);
        done += run;
      } else {
        // Groups of eight; the last one may be cut short by the end of the page.
        int run = (int) Math.min((head >>> 1) * 8, count - done);
        if (run == 0) {
          throw damaged();
        }
        Bits bits = new Bits(in);
        for (int i = 0; i < run; i++) {
          values[done++] = (int) bits.next(width);
        }
        long bytes = (head >>> 1) * width;
        in.position((int) Math.min(bits.start + bytes, in.limit()));
      }
    }
    return values;
  }

  /// Numbers of DELTA_BINARY_PACKED, as many as they say themselves, which must not be more than
  /// `most`; goes on behind them.
  static long[] deltas(ByteBuffer in, int most) throws IOException {
    long block = variable(in);
    long parts = variable(in);
    long count = variable(in);
    long value = zigzag(in);
    if (parts < 1
        || block < parts
        || block > LARGEST_BLOCK
        || block % parts != 0
        || count < 0
        || count > most) {
      throw damaged();
    }
    int inPart = (int) (block / parts);
    long[] values = new long[(int) count];
    int done = 0;
    if (count > 0) {
      values[done++] = value;
    }
    while (done < count) {
      long least = zigzag(in);
      byte[] widths = bytes(in, (int) parts);
      for (int part = 0; part < parts && done < count; part++) {
        int width = widths[part] & 0xff;
        if (width > Long.SIZE) {
          throw damaged();
        }
        Bits bits = new Bits(in);
        for (int i = 0; i < inPart && done < count; i++) {
          value += least + bits.next(width);
          values[done++] = value;
        }
        in.position((int) Math.min(bits.start + (long) width * inPart / 8, in.limit()));
      }
    }
    return values;
  }

  /// The next bytes.
  static byte[] bytes(ByteBuffer in, long count) throws IOException {
    if (count < 0 || count > in.remaining()) {
      throw damaged();
    }
    byte[] bytes = new byte[(int) count];
    in.get(bytes);
    return bytes;
  }

  /// A number of a few bytes, little endian.
  static long fixed(ByteBuffer in, int bytes) throws IOException {
    if (bytes > in.remaining()) {
      throw damaged();
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (in.get() & 0xffL) << (8 * i);
    }
    return value;
  }

  private static long zigzag(ByteBuffer in) throws IOException {
    long value = variable(in);
    return (value >>> 1) ^ -(value & 1);
  }

  /// A number of 7 bits a byte.
  static long variable(ByteBuffer in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
      byte octet = in.get();
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  static ZipException damaged() {
    return new ZipException("a page of Parquet is not what it must be");
  }

  /// Numbers packed bit by bit, the lowest first.
  private static final class Bits {
    private final ByteBuffer in;
    private final int start;
    private long held;
    private int count;

    Bits(ByteBuffer in) {
      this.in = in;
      this.start = in.position();
    }

    long next(int width) throws IOException {
      if (width > 56) { // what is held would not suffice
        return next(32) | next(width - 32) << 32;
      }
      while (count < width) {
        if (!in.hasRemaining()) {
          throw damaged();
        }
        held |= (in.get() & 0xffL) << count;
        count += 8;
      }
      long value = held & ((1L << width) - 1);
      held >>>= width;
      count -= width;
      return value;
    }
  }
}
