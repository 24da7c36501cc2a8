package org.vaescape.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Unpacked content of a file, which ends in a [UserError] where a small file goes on and on: see
/// [Expansion].
final class HonestStream extends FilterInputStream {
  private final Path path;
  private final long bytesOfFile;
  private long given;

  /// @param unpacked content of the file
  HonestStream(Path path, InputStream unpacked) throws IOException {
    super(unpacked);
    this.path = path;
    this.bytesOfFile = Files.size(path);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    given += Math.max(count, 0);
    Expansion.require(path.toString(), given, bytesOfFile);
    return count;
  }
}
