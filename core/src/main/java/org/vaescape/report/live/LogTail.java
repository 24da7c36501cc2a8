package org.vaescape.report.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the lines that a file gains, which may be begun anew at any time.
final class LogTail {
  /// Enough to tell one run's first line from another's.
  private static final int HEAD = 64;

  /// At most so much at once, so that a long file is never in memory as a whole.
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private byte[] head = {};
  private long offset;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  LogTail(Path file) {
    this.file = file;
  }

  /// @param anew whether the lines are the first of another file than before, or there is none
  /// @param lines whole ones, since the last call or from the start
  /// @param more whether there is more to read at once
  record Lines(boolean anew, List<String> lines, boolean more) {}

  Lines next() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      byte[] nowHead = read(channel, 0, HEAD);
      boolean anew =
          channel.size() < offset
              || nowHead.length < head.length
              || !Arrays.equals(head, 0, head.length, nowHead, 0, head.length);
      if (anew) {
        forget();
      }
      head = nowHead;
      byte[] bytes = channel.size() > offset ? read(channel, offset, CHUNK) : new byte[0];
      offset += bytes.length;
      return new Lines(anew, lines(bytes), bytes.length == CHUNK);
    } catch (NoSuchFileException e) {
      boolean gone = offset > 0;
      forget();
      return new Lines(gone, List.of(), false);
    }
  }

  private void forget() {
    head = new byte[0];
    offset = 0;
    begun.reset();
  }

  private List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        begun.write(bytes, from, i - from);
        lines.add(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
        from = i + 1;
      }
    }
    begun.write(bytes, from, bytes.length - from);
    return lines;
  }

  private static byte[] read(FileChannel channel, long place, int most) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(most);
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, place + buffer.position());
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
