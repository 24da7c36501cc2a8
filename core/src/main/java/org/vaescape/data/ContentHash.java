package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// SHA-256 over texts and numbers, each with its length, so that no two contents run together.
final class ContentHash {
  private final MessageDigest digest;
  private ByteBuffer scratch = ByteBuffer.allocate(1 << 16);

  ContentHash(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    text(kind);
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

  /// Adds everything that is left of a stream, without its length.
  void bytes(InputStream in) throws IOException {
    byte[] bytes = new byte[1 << 18];
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      digest.update(bytes, 0, count);
    }
  }

  /// 64 hexadecimal digits.
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
