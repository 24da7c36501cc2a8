package org.vaescape.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.vaescape.study.FinishedTrial.Checkpoint;
import org.vaescape.study.FinishedTrial.Epoch;

/// SHA-256 of everything that a trial says, to the last bit of its numbers; all NaN are one, since
/// databases copy them as a word.
///
/// Stores keep it beside the trial's rows. It finds damage and changes that were made by hand; it
/// is no signature, since whoever changes a row can write another digest.
public final class TrialDigest {
  private static final int LONGEST_NUMBER = Long.BYTES;

  private final MessageDigest digest;
  private final ByteBuffer number = ByteBuffer.allocate(LONGEST_NUMBER);

  private TrialDigest(MessageDigest digest) {
    this.digest = digest;
  }

  /// 64 hexadecimal digits. What is hashed, and in which order, never changes: each text after its
  /// length in bytes, each map after its size, doubles by their bits.
  public static String of(FinishedTrial trial) {
    TrialDigest sum = new TrialDigest(Hashes.sha256());
    sum.text(trial.id());
    sum.texts(trial.settings());
    sum.count(trial.repeat());
    sum.text(trial.status().text());
    sum.text(trial.verdict());
    sum.count(trial.epochs());
    sum.numbers(trial.metrics());
    sum.count(trial.checkpoints().size());
    for (Checkpoint checkpoint : trial.checkpoints()) {
      sum.text(checkpoint.name());
      sum.count(checkpoint.epoch());
      sum.text(checkpoint.verdict());
      sum.numbers(checkpoint.metrics());
    }
    sum.count(trial.curve().size());
    for (Epoch epoch : trial.curve()) {
      sum.count(epoch.number());
      sum.numbers(epoch.terms());
    }
    sum.number(trial.seconds());
    sum.number(trial.epochSeconds());
    sum.text(trial.path());
    sum.text(trial.precision());
    sum.text(trial.dataHash());
    sum.text(trial.message());
    sum.texts(trial.provenance());
    return HexFormat.of().formatHex(sum.digest.digest());
  }

  private void texts(Map<String, String> entries) {
    count(entries.size());
    entries.forEach((name, value) -> {
      text(name);
      text(value);
    });
  }

  private void numbers(Map<String, Double> entries) {
    count(entries.size());
    entries.forEach((name, value) -> {
      text(name);
      number(value);
    });
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    digest.update(bytes);
  }

  private void number(double value) {
    digest.update(number.clear().putLong(Double.doubleToLongBits(value)).flip());
  }

  private void count(int value) {
    digest.update(number.clear().putInt(value).flip());
  }
}
