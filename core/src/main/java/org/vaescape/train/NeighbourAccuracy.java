package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// How often the nearest training samples of other patients tell a held-out sample's label.
record NeighbourAccuracy() implements LabelMetric {
  static final int NEIGHBOURS = 5;

  static final Member<LabelMetric> MEMBER =
      new Member<>(
          "knn_balanced_accuracy",
          "balanced accuracy of the vote of the %d nearest training samples of other patients"
              .formatted(NEIGHBOURS),
          "Cover and Hart 1967, doi:10.1109/TIT.1967.1053964",
          List.of(),
          _ -> new NeighbourAccuracy());

  @Override
  public double of(LabelledPlaces places) {
    // One label is told rightly whoever votes, which says nothing.
    return places.classes() < 2
        ? Double.NaN
        : NearestNeighbours.balancedAccuracy(
            places.held().labels(), places.neighbours().predict(places.voters()));
  }

  @Override
  public boolean needsFinitePlaces() {
    return false; // a sample without a place is no neighbour
  }
}
