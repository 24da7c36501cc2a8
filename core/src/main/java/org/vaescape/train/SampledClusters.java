package org.vaescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import org.vaescape.data.Part;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;

/// Clusters as the code of Eltager et al. 2023 (doi:10.1371/journal.pone.0292126) looks for them:
/// on one sampled latent of all samples, training ones included, where each counts as one of its 15
/// neighbours, and with a silhouette of the clusters and not of the labels.
///
/// Their code does not switch the network to evaluation before that; here it is.
final class SampledClusters {
  /// Beside the sample itself.
  private static final int NEIGHBOURS = 14;

  private static final double LOOP = 1;

  private SampledClusters() {}

  /// Adds `leiden_ari_compat` and `silhouette_compat`; one that does not apply is absent.
  ///
  /// @param networks in evaluation mode
  static void put(
      TrainingSettings settings,
      TrainingData data,
      Randomness randomness,
      Networks networks,
      SequencedMap<String, Double> metrics) {
    List<Part> parts = new ArrayList<>(List.of(data.prepared().training()));
    List<Codes> places = new ArrayList<>();
    places.add(places(settings, networks, data.training(), randomness::recalibration));
    List<HeldOut> held = new ArrayList<>(List.of(data.validation()));
    data.test().ifPresent(held::add);
    for (HeldOut part : held) {
      parts.add(part.part());
      places.add(places(settings, networks, part.x(), batch -> randomness.validation(0, batch)));
    }
    Points points = points(parts, places);
    for (float value : points.values()) {
      if (!Float.isFinite(value)) {
        return;
      }
    }
    int[] groups = Leiden.groups(Graph.ofNeighbours(points, NEIGHBOURS, LOOP));
    Outcomes.putIfNumber(
        metrics, "leiden_ari_compat", Agreement.of(points.labels(), groups).randIndex());
    Outcomes.putIfNumber(metrics, "silhouette_compat", Silhouette.mean(labelled(points, groups)));
  }

  private static Codes places(
      TrainingSettings settings, Networks networks, Tensor part, IntFunction<Noise> noise) {
    int samples = Math.toIntExact(part.size(0));
    Codes places = new Codes(samples);
    List<Batches.Range> ranges = Batches.ofValidation(samples, settings.batch(), false).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Latent q = settings.model().latent(part.rows(range.from(), range.to()), networks);
        places.put(range.from(), Outcomes.sample(settings, q, noise.apply(batch)));
      }
    }
    return places;
  }

  private static Points points(List<Part> parts, List<Codes> places) {
    List<String> labels = new ArrayList<>();
    List<String> patients = new ArrayList<>();
    int width = places.getFirst().width();
    int samples = parts.stream().mapToInt(Part::size).sum();
    float[] values = new float[Math.multiplyExact(samples, width)];
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      labels.addAll(part.labels().isEmpty() ? Collections.nCopies(part.size(), "") : part.labels());
      patients.addAll(part.patients());
      float[] ofPart = places.get(i).values();
      System.arraycopy(ofPart, 0, values, from, ofPart.length);
      from += ofPart.length;
    }
    return new Points(values, width, labels, patients);
  }

  private static Points labelled(Points points, int[] groups) {
    List<String> labels = Arrays.stream(groups).mapToObj(Integer::toString).toList();
    return new Points(points.values(), points.dimensions(), labels, points.patients());
  }
}
