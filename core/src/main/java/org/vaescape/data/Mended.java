package org.vaescape.data;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stored values that are read anew from where they came once they turn out to be damaged.
final class Mended implements GeneValues {
  private final GeneValues stored;
  private final Supplier<GeneValues> readAnew;
  private volatile @Nullable GeneValues anew;

  /// @param readAnew called once, and only if it is needed
  Mended(GeneValues stored, Supplier<GeneValues> readAnew) {
    this.stored = stored;
    this.readAnew = readAnew;
  }

  @Override
  public float[] of(int gene) {
    GeneValues mended = anew;
    if (mended == null) {
      try {
        return stored.of(gene);
      } catch (UncheckedIOException _) {
        mended = mended();
      }
    }
    return mended.of(gene);
  }

  private synchronized GeneValues mended() {
    GeneValues mended = anew;
    if (mended == null) {
      mended = readAnew.get();
      anew = mended;
    }
    return mended;
  }
}
