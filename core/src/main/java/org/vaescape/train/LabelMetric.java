package org.vaescape.train;

/// A number that says how well places in a space, whoever made them, go with what is known of the
/// samples: their labels, or where they were measured.
@FunctionalInterface
public interface LabelMetric {
  /// NaN where it does not apply. A function of its argument alone: equal places give equal bits.
  double of(LabelledPlaces places);

  /// Whether places must be finite numbers; where one is not, the metric is absent.
  default boolean needsFinitePlaces() {
    return true;
  }

  /// Which end is best where labels are asked of; where batches are, it is the other one.
  default boolean higherIsBetter() {
    return true;
  }
}
