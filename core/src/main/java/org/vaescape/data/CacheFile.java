package org.vaescape.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Numbers and then a description of them in one file: floats, description, and at the end 24
/// bytes: length of the description, its checksum, and a mark. All of it little endian.
///
/// Whoever reads numbers compares their checksum with the one that the description names. Several
/// threads may read at once.
final class CacheFile implements Closeable {
  private static final long MARK = 0x31_65_70_61_63_73_65_61L; // "aescape1"
  private static final int FOOTER = 24;
  private static final int CHUNK = 1 << 18;

  private final FileChannel channel;
  private long written;

  private CacheFile(FileChannel channel) {
    this.channel = channel;
  }

  static CacheFile create(Path path) throws IOException {
    return new CacheFile(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  static CacheFile open(Path path) throws IOException {
    return new CacheFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  /// Adds numbers and returns their checksum.
  int append(float[] values) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = buffer(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.clear().limit(4 * count);
      bytes.asFloatBuffer().put(values, from, count);
      checksum.update(bytes.duplicate());
      writeAll(bytes);
    }
    return (int) checksum.getValue();
  }

  /// Ends the file.
  void finish(byte[] description) throws IOException {
    writeAll(ByteBuffer.wrap(description));
    ByteBuffer footer = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
    writeAll(
        footer.putLong(description.length).putLong(checksum(description)).putLong(MARK).flip());
  }

  /// The description of a file that was finished.
  ///
  /// @throws IOException if the file is not one of these, is cut short, or its description damaged
  byte[] description() throws IOException {
    long size = channel.size();
    ByteBuffer footer = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
    if (size < FOOTER) {
      throw new IOException("cut short");
    }
    readAll(footer, size - FOOTER);
    long length = footer.getLong(0);
    if (footer.getLong(16) != MARK || length < 0 || length > size - FOOTER || length > 1 << 30) {
      throw new IOException("cut short");
    }
    ByteBuffer description = ByteBuffer.allocate((int) length);
    readAll(description, size - FOOTER - length);
    if (checksum(description.array()) != footer.getLong(8)) {
      throw new IOException("damaged");
    }
    return description.array();
  }

  /// Fills `into` with the numbers from this one on, and returns their checksum.
  int read(long first, float[] into) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = buffer(into.length);
    for (int from = 0; from < into.length; from += CHUNK) {
      int count = Math.min(CHUNK, into.length - from);
      bytes.clear().limit(4 * count);
      readAll(bytes, 4 * (first + from));
      checksum.update(bytes.flip());
      bytes.rewind().asFloatBuffer().get(into, from, count);
    }
    return (int) checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static ByteBuffer buffer(int count) {
    return ByteBuffer.allocate(4 * Math.min(CHUNK, count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      written += channel.write(bytes, written);
    }
  }

  private void readAll(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, position);
      if (count < 0) {
        throw new IOException("cut short");
      }
      position += count;
    }
  }
}
