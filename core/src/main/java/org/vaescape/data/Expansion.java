package org.vaescape.data;

import org.vaescape.UserError;

/// How much larger than its file content may be, so that a small file cannot take all memory or
/// time.
///
/// Text of real counts shrinks to a 5th, of sparse ones to a 50th; what shrinks to less than a
/// 500th is one value over and over.
final class Expansion {
  /// Below these bytes anything goes: 256 MiB.
  private static final long FREE = 1L << 28;

  private static final long MOST = 500;

  private Expansion() {}

  /// @param content bytes unpacked, or in memory
  /// @param file bytes as they lie on the disk
  /// @throws UserError if content may not have so many
  static void require(String source, long content, long file) {
    if (content > FREE && content / MOST > file) {
      throw new UserError(
          "%s: its %s bytes unpack to %s or more, %s times as much, which no real data reach; it is damaged, or made to fill memory"
              .formatted(source, file, content, content / Math.max(1, file)));
    }
  }
}
