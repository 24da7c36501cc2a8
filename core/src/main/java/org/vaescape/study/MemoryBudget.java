package org.vaescape.study;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/// Bytes that trials share: one that does not fit beside the others waits until it does.
final class MemoryBudget {
  private static final long MILLIS_BETWEEN_QUESTIONS = 100;

  private final long limit;
  private long taken;

  /// @param limit bytes that all trials may take together
  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /// Whether a trial of this size fits when no other is at work.
  boolean everFits(long bytes) {
    return bytes <= limit;
  }

  /// Takes the bytes as soon as they are free.
  ///
  /// @param givenUp asked while waiting
  /// @return false, with nothing taken, if the caller gave up
  synchronized boolean take(long bytes, BooleanSupplier givenUp) throws InterruptedException {
    while (taken + bytes > limit) {
      if (givenUp.getAsBoolean()) {
        return false;
      }
      wait(MILLIS_BETWEEN_QUESTIONS);
    }
    taken += bytes;
    return true;
  }

  /// Frees bytes that [#take] took.
  synchronized void giveBack(long bytes) {
    taken -= bytes;
    notifyAll();
  }

  /// Why a trial of this size was not started.
  String refusal(long bytes) {
    return "needs about %s of memory, and all trials together may take %s (--memory)"
        .formatted(text(bytes), text(limit));
  }

  private static String text(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20))
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
