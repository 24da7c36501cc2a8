package org.vaescape.train;

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
    if (!held.part().labels().isEmpty()) {
      putLabels(training.part().labels(), held.part().labels(), "", metrics);
    }
    if (!held.part().batches().isEmpty()) {
      putLabels(training.part().batches(), held.part().batches(), "_batch", metrics);
    }
    if (!held.part().followUps().isEmpty()
        && isFinite(training.places())
        && isFinite(held.places())) {
      Outcomes.putIfNumber(
          metrics,
          "concordance",
          CoxModel.fit(training.places(), dimensions, training.part().followUps())
              .concordance(held.places(), held.part().followUps()));
    }
    return metrics;
  }

  private void putLabels(
      List<String> ofTraining,
      List<String> ofHeld,
      String suffix,
      SequencedMap<String, Double> metrics) {
    Points known =
        new Points(training.places(), dimensions, ofTraining, training.part().patients());
    Points asked = new Points(held.places(), dimensions, ofHeld, held.part().patients());
    // Neighbours come from the training part, and never from the patient of the sample in question.
    Outcomes.putIfNumber(
        metrics,
        "knn_balanced_accuracy" + suffix,
        new NearestNeighbours(known, NEIGHBOURS, true).balancedAccuracy(asked));
    if (isFinite(held.places())) {
      Outcomes.putIfNumber(
          metrics, "logistic_balanced_accuracy" + suffix, LogisticRegression.crossValidated(asked));
      putClusters(asked, suffix, metrics);
    }
    Outcomes.putIfNumber(metrics, "silhouette" + suffix, Silhouette.mean(asked));
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /// Agreement of labels with clusters that were found without them.
  private void putClusters(Points asked, String suffix, SequencedMap<String, Double> metrics) {
    int classes =
        (int) asked.labels().stream().filter(label -> !label.isEmpty()).distinct().count();
    if (classes < 2) {
      return;
    }
    Agreement means = Agreement.of(asked.labels(), KMeans.fit(asked, classes).assignments());
    Agreement groups =
        Agreement.of(asked.labels(), Leiden.groups(Graph.ofNeighbours(asked, GRAPH_NEIGHBOURS, 0)));
    Outcomes.putIfNumber(metrics, "kmeans_ari" + suffix, means.randIndex());
    Outcomes.putIfNumber(metrics, "kmeans_nmi" + suffix, means.normalizedInformation());
    Outcomes.putIfNumber(metrics, "leiden_ari" + suffix, groups.randIndex());
    Outcomes.putIfNumber(metrics, "leiden_nmi" + suffix, groups.normalizedInformation());
  }
}
