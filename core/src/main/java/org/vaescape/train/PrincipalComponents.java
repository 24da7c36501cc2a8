package org.vaescape.train;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vaescape.data.Part;

/// Principal components of a training part, fitted when they are first asked for and kept.
///
/// Trials on several threads share it. What is fitted does not depend on what was asked for before:
/// one fit serves all sizes up to the next power of two.
final class PrincipalComponents {
  /// Components that are fitted together at the least: more than most studies' widest code.
  private static final int FITTED_TOGETHER = 256;

  private final Part training;
  private final SampleRows rows;

  /// By number of components fitted. Changed under this alone.
  private final Map<Integer, Pca> fits = new ConcurrentHashMap<>();

  /// @param rows values of the part
  PrincipalComponents(Part training, SampleRows rows) {
    this.training = training;
    this.rows = rows;
  }

  Part training() {
    return training;
  }

  SampleRows rows() {
    return rows;
  }

  /// As many components as are fitted together for this many.
  static int fitted(int components) {
    int fitted = FITTED_TOGETHER;
    while (fitted < components) {
      fitted *= 2;
    }
    return fitted;
  }

  /// At least this many components, or all there are.
  synchronized Pca of(int components) {
    return fits.computeIfAbsent(fitted(components), count -> Pca.fit(rows, count));
  }

  /// Native memory that [#of] takes; 0 once it has been asked. Does not wait for a fit.
  long bytesToFit(int components) {
    int count = fitted(components);
    return fits.containsKey(count) ? 0 : PcaMemory.of(rows.size(), rows.genes(), count).bytes();
  }
}
