package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// [Silhouette] of the labels of held-out samples.
record LabelSilhouette() implements LabelMetric {
  static final Member<LabelMetric> MEMBER =
      new Member<>(
          "silhouette",
          "silhouette of the labels: 1 where they lie apart, below 0 where they lie in each other",
          "Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7",
          List.of(),
          _ -> new LabelSilhouette());

  @Override
  public double of(LabelledPlaces places) {
    return Silhouette.mean(places.held());
  }

  @Override
  public boolean needsFinitePlaces() {
    return false; // distances that are not finite leave no number, unless nobody looks at them
  }
}
