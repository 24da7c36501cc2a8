package org.vaescape.train;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Training and held-out samples as points of one space, with one thing that is known of each, and
/// the work on them that several metrics share. For one thread.
public final class LabelledPlaces {
  /// Edges that each sample asks for in the graph whose groups are compared with labels.
  static final int GRAPH_NEIGHBOURS = 15;

  private final Points training;
  private final Points held;
  private final Optional<LabelledPlaces> first;
  private int @Nullable [][] voters;
  private int @Nullable [] groups;
  private int @Nullable [] means;

  /// @param training whose labels may be asked for
  /// @param held whose labels are to be told
  public LabelledPlaces(Points training, Points held) {
    this(training, held, Optional.empty());
  }

  /// @param first the same places, known in another way, whose work is used where it is the same
  LabelledPlaces(Points training, Points held, Optional<LabelledPlaces> first) {
    training.requireSameSpace(held);
    this.training = training;
    this.held = held;
    this.first = first;
  }

  public Points training() {
    return training;
  }

  public Points held() {
    return held;
  }

  /// Labels of held-out samples that differ.
  int classes() {
    return (int) held.labels().stream().filter(label -> !label.isEmpty()).distinct().count();
  }

  NearestNeighbours neighbours() {
    return new NearestNeighbours(training, NeighbourAccuracy.NEIGHBOURS, true);
  }

  /// The training samples that vote on each held-out one. The search is what takes time, and most
  /// often the same samples may vote whatever is asked.
  int[][] voters() {
    int[][] found = voters;
    if (found == null) {
      found =
          first
              .filter(this::knowsTheSame)
              .map(LabelledPlaces::voters)
              .orElseGet(() -> neighbours().voters(held));
      voters = found;
    }
    return found;
  }

  /// Whether the same training samples are known as in another way.
  private boolean knowsTheSame(LabelledPlaces other) {
    for (int i = 0; i < training.size(); i++) {
      if (training.labels().get(i).isEmpty() != other.training.labels().get(i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// The Leiden group of each held-out sample, which no label has to do with.
  int[] groups() {
    int[] found = groups;
    if (found == null) {
      found =
          first
              .map(LabelledPlaces::groups)
              .orElseGet(() -> Leiden.groups(Graph.ofNeighbours(held, GRAPH_NEIGHBOURS, 0)));
      groups = found;
    }
    return found;
  }

  /// The k-means cluster of each held-out sample, as many as there are labels.
  int[] means() {
    int[] found = means;
    if (found == null) {
      found = KMeans.fit(held, classes()).assignments();
      means = found;
    }
    return found;
  }
}
