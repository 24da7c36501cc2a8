package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Lines of a stream as ranges of one buffer: nothing is copied or decoded.
///
/// Ends of line are LF or CR LF, the last one may be missing; a UTF-8 byte order mark and empty
/// lines are passed over (and counted).
final class LineReader {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long NEWLINES = '\n' * ONES;

  /// Ten million cells.
  private static final int LONGEST = 1 << 28;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 20];
  private int filled;
  private boolean ended;
  private int next;
  private int start;
  private int end;
  private int line;

  LineReader(InputStream in) {
    this.in = in;
  }

  /// Goes to the next line that is not empty, or returns false at the end.
  boolean next() throws IOException {
    do {
      start = next;
      int newline = indexOfNewline(start);
      while (newline < 0 && !ended) {
        int seen = filled - start;
        fill();
        newline = indexOfNewline(seen);
      }
      if (newline < 0 && start == filled) {
        return false;
      }
      end = newline < 0 ? filled : newline;
      next = newline < 0 ? filled : newline + 1;
      line++;
      if (line == 1 && startsWithByteOrderMark()) {
        start += 3;
      }
      if (end > start && buffer[end - 1] == '\r') {
        end--;
      }
    } while (end == start);
    return true;
  }

  /// Holds the line between [#start] and [#end] until the next call of [#next].
  byte[] bytes() {
    return buffer;
  }

  /// How many of [#bytes] have been read.
  int filled() {
    return filled;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /// Number of this line in the file, from 1.
  int line() {
    return line;
  }

  private int indexOfNewline(int from) {
    int at = from;
    // Eight bytes at a time. An end of line is 0 in `mixed`, and the lowest bit of `ends` belongs
    // to
    // the first such byte; bits above it may be wrong.
    for (; at <= filled - Long.BYTES; at += Long.BYTES) {
      long mixed = (long) EIGHT_BYTES.get(buffer, at) ^ NEWLINES;
      long ends = (mixed - ONES) & ~mixed & (ONES << 7);
      if (ends != 0) {
        return at + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
      }
    }
    for (; at < filled; at++) {
      if (buffer[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /// Moves the begun line to the front of the buffer and reads on.
  private void fill() throws IOException {
    if (start > 0) { // else a long line would be copied onto itself for each part of it
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      if (filled >= LONGEST) {
        throw new IOException(
            "line %s is longer than %s MiB, which no line of a matrix is"
                .formatted(line + 1, LONGEST >> 20));
      }
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    ended = count < 0;
    filled += Math.max(count, 0);
  }

  private boolean startsWithByteOrderMark() {
    return end - start >= 3
        && buffer[start] == (byte) 0xef
        && buffer[start + 1] == (byte) 0xbb
        && buffer[start + 2] == (byte) 0xbf;
  }
}
