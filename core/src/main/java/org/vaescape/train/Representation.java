package org.vaescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.data.Part;

/// What a representation knows of the samples' labels, batches and survival, whoever made it: a
/// network's mean latent or principal components.
///
/// @param dimensions of the space
/// @param training the training part and its places, samples x dimensions
/// @param held a part that is held out and its places
record Representation(int dimensions, Side training, Side held) {
  /// Neighbours that vote on a label.
  private static final int NEIGHBOURS = 5;

  /// Edges that each sample asks for in the graph whose groups are compared with labels.
  private static final int GRAPH_NEIGHBOURS = 15;

  record Side(Part part, float[] places) {}

  /// Whether there is anything to measure it by.
  static boolean isMeasured(Part part) {
    return !part.labels().isEmpty() || !part.batches().isEmpty() || !part.followUps().isEmpty();
  }

  /// Every measure by its name; one that does not apply is absent.
  SequencedMap<String, Double> metrics() {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    boolean finite = isFinite(training.places()) && isFinite(held.places());
    List<Known> all = new ArrayList<>();
    if (!held.part().labels().isEmpty()) {
      all.add(new Known(training.part().labels(), held.part().labels(), ""));
    }
    if (!held.part().batches().isEmpty()) {
      all.add(new Known(training.part().batches(), held.part().batches(), "_batch"));
    }
    putNeighbours(all, metrics);
    if (finite) {
      all.forEach(known -> putRegression(known, metrics));
      putClusters(all, metrics);
    }
    for (Known known : all) {
      Outcomes.putIfNumber(
          metrics, "silhouette" + known.suffix(), Silhouette.mean(points(held, known.ofHeld())));
    }
    if (finite && !held.part().followUps().isEmpty()) {
      Outcomes.putIfNumber(
          metrics,
          "concordance",
          CoxModel.fit(training.places(), dimensions, training.part().followUps())
              .concordance(held.places(), held.part().followUps()));
    }
    return metrics;
  }

  /// A way to sort the samples: by labels or by batches, with what its metrics end in.
  private record Known(List<String> ofTraining, List<String> ofHeld, String suffix) {
    /// Whether the same training samples are known as in another way.
    boolean knowsTheSameAs(Known other) {
      for (int i = 0; i < ofTraining.size(); i++) {
        if (ofTraining.get(i).isEmpty() != other.ofTraining.get(i).isEmpty()) {
          return false;
        }
      }
      return true;
    }
  }

  private Points points(Side side, List<String> labels) {
    return new Points(side.places(), dimensions, labels, side.part().patients());
  }

  /// Neighbours come from the training part, and never from the patient of the sample in question.
  private void putNeighbours(List<Known> all, SequencedMap<String, Double> metrics) {
    int[][] voters = new int[0][];
    for (Known known : all) {
      NearestNeighbours neighbours =
          new NearestNeighbours(points(training, known.ofTraining()), NEIGHBOURS, true);
      // The search is what takes time, and most often the same samples may vote.
      if (voters.length == 0 || !known.knowsTheSameAs(all.getFirst())) {
        voters = neighbours.voters(points(held, known.ofHeld()));
      }
      Outcomes.putIfNumber(
          metrics,
          "knn_balanced_accuracy" + known.suffix(),
          NearestNeighbours.balancedAccuracy(known.ofHeld(), neighbours.predict(voters)));
    }
  }

  private void putRegression(Known known, SequencedMap<String, Double> metrics) {
    Outcomes.putIfNumber(
        metrics,
        "logistic_balanced_accuracy" + known.suffix(),
        LogisticRegression.crossValidated(points(held, known.ofHeld())));
  }

  /// Agreement with clusters that were found without labels.
  private void putClusters(List<Known> all, SequencedMap<String, Double> metrics) {
    int[] groups = new int[0];
    for (Known known : all) {
      Points asked = points(held, known.ofHeld());
      int classes =
          (int) known.ofHeld().stream().filter(label -> !label.isEmpty()).distinct().count();
      if (classes < 2) {
        continue;
      }
      if (groups.length == 0) {
        groups = Leiden.groups(Graph.ofNeighbours(asked, GRAPH_NEIGHBOURS, 0));
      }
      int[] means = KMeans.fit(asked, classes).assignments();
      putAgreement("kmeans_", Agreement.of(known.ofHeld(), means), known.suffix(), metrics);
      putAgreement("leiden_", Agreement.of(known.ofHeld(), groups), known.suffix(), metrics);
    }
  }

  private static void putAgreement(
      String method, Agreement agreement, String suffix, SequencedMap<String, Double> metrics) {
    Outcomes.putIfNumber(metrics, method + "ari" + suffix, agreement.randIndex());
    Outcomes.putIfNumber(metrics, method + "nmi" + suffix, agreement.normalizedInformation());
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
