package org.vaescape.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/// SHA-256 over texts and numbers, each with its length, so that no two contents run together.
final class ContentHash {
  /// Bytes of a file that are hashed by one thread.
  private static final long BLOCK = 1 << 23;

  private final MessageDigest digest;
  private ByteBuffer scratch = ByteBuffer.allocate(1 << 16);

  ContentHash(String kind) {
    digest = sha256();
    text(kind);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
  }

  void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  void number(long number) {
    scratch.clear();
    digest.update(scratch.putLong(number).flip());
  }

  /// Adds the values bit for bit, except that all NaN are one.
  void values(float[] values) {
    number(values.length);
    if (scratch.capacity() < 4L * values.length) {
      scratch = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    }
    scratch.clear();
    for (float value : values) {
      scratch.putInt(Float.floatToIntBits(value));
    }
    digest.update(scratch.flip());
  }

  /// Adds the content of a file, block by block and each by its hash, so that all cores take part.
  void file(Path path) throws IOException {
    long size = Files.size(path);
    number(size);
    try (FileChannel channel = FileChannel.open(path)) {
      List<byte[]> hashes =
          LongStream.range(0, Math.ceilDiv(size, BLOCK))
              .parallel()
              .mapToObj(block -> hash(channel, block * BLOCK))
              .toList();
      hashes.forEach(digest::update);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Hash of the block that begins here, the last of which may be shorter.
  private static byte[] hash(FileChannel channel, long from) {
    MessageDigest digest = sha256();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    try {
      for (long at = from; at < from + BLOCK && channel.read(bytes.clear(), at) > 0; ) {
        at += bytes.position();
        digest.update(bytes.flip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest.digest();
  }

  /// 64 hexadecimal digits.
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
