package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Lines of a stream as ranges of one buffer: nothing is copied or decoded.
///
/// Ends of line are LF or CR LF, the last one may be missing; a UTF-8 byte order mark and empty
/// lines are passed over (and counted).
final class LineReader {
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
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /// Moves the begun line to the front of the buffer and reads on.
  private void fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    start = 0;
    if (filled == buffer.length) {
      if (filled > Integer.MAX_VALUE / 2) {
        throw new IOException("line " + (line + 1) + " is longer than 1 GB");
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
