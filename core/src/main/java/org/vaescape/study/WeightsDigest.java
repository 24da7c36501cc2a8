package org.vaescape.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.vaescape.model.Weights;
import org.vaescape.model.WeightsFile;

/// SHA-256 of a trained network and of what its file says of it, where and how it was made left
/// out. A trial carries it whether its weights are kept or not.
final class WeightsDigest {
  private static final int CHUNK = 1 << 14;

  private WeightsDigest() {}

  /// 64 hexadecimal digits. Order does not count: files keep none.
  static String of(WeightsFile file) {
    MessageDigest digest = Hashes.sha256();
    file.metadata().entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith(WeightsHeader.PROVENANCE))
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> {
          add(digest, entry.getKey());
          add(digest, entry.getValue());
        });
    file.weights().arrays().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> {
          add(digest, entry.getKey());
          add(digest, entry.getValue());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /// After its length, so that no two texts run into one.
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, Weights.Array array) {
    add(digest, array.shape().toString());
    float[] values = array.values();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      chunk.clear().asFloatBuffer().put(values, from, count);
      digest.update(chunk.limit(count * Float.BYTES));
    }
  }
}
