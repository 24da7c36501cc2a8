package org.vaescape.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Where the randomness of a training run comes from, apart by purpose, so that one can be changed
/// without moving the others.
///
/// @param initialization first weights
/// @param order order of the samples in each epoch
/// @param noise noise of training steps
/// @param validationNoise noise of validation, the same in every epoch
public record Seeds(long initialization, long order, long noise, long validationNoise) {

  /// A seed that depends on a seed and on every part of a name, and on nothing else: the first 64
  /// bits of the SHA-256 of both.
  public static long derive(long seed, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
      return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
