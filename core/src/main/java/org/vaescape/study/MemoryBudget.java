package org.vaescape.study;

import java.util.Locale;

/// Bytes that trials at work share.
///
/// @param limit bytes that all of them may take together
record MemoryBudget(long limit) {
  /// Whether a trial of this size fits when no other is at work.
  boolean everFits(long bytes) {
    return fits(0, bytes);
  }

  /// Whether a trial of this size fits beside what is taken.
  boolean fits(long taken, long bytes) {
    return bytes <= limit - taken;
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
