package org.vaescape.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.data.Part;
import org.vaescape.search.Member;

/// What a representation knows of the samples' labels, batches and survival, whoever made it: a
/// network's mean latent or principal components.
///
/// @param dimensions of the space
/// @param training the training part and its places, samples x dimensions
/// @param held a part that is held out and its places
record Representation(int dimensions, Side training, Side held) {
  record Side(Part part, float[] places) {}

  /// Whether there is anything to measure it by.
  static boolean isMeasured(Part part) {
    return !part.labels().isEmpty() || !part.batches().isEmpty() || !part.followUps().isEmpty();
  }

  /// Every measure by its name; one that does not apply is absent.
  SequencedMap<String, Double> metrics() {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    boolean finite = isFinite(training.places()) && isFinite(held.places());
    Optional<LabelledPlaces> labelled =
        held.part().labels().isEmpty()
            ? Optional.empty()
            : Optional.of(places(training.part().labels(), held.part().labels(), Optional.empty()));
    labelled.ifPresent(places -> putAll(places, "", finite, metrics));
    if (!held.part().batches().isEmpty()) {
      putAll(
          places(training.part().batches(), held.part().batches(), labelled),
          "_batch",
          finite,
          metrics);
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

  private LabelledPlaces places(
      List<String> ofTraining, List<String> ofHeld, Optional<LabelledPlaces> first) {
    return new LabelledPlaces(points(training, ofTraining), points(held, ofHeld), first);
  }

  private Points points(Side side, List<String> labels) {
    return new Points(side.places(), dimensions, labels, side.part().patients());
  }

  private static void putAll(
      LabelledPlaces places, String suffix, boolean finite, SequencedMap<String, Double> metrics) {
    for (Member<LabelMetric> member : LabelMetrics.CATALOGUE.members()) {
      LabelMetric metric = member.create(Map.of());
      if (finite || !metric.needsFinitePlaces()) {
        Outcomes.putIfNumber(metrics, member.name() + suffix, metric.of(places));
      }
    }
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
