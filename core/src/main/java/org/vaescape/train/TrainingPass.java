package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import org.vaescape.data.Part;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Networks;

/// What the trained network makes of its training part.
///
/// @param means samples x code: what would be decoded without sampling
/// @param mse mean squared error, decoded from a sampled latent: the decoder variance at which the
///   training samples are likeliest
record TrainingPass(Part part, float[] means, double mse) {

  /// @param networks in evaluation mode
  static TrainingPass of(
      TrainingSettings settings, TrainingData data, Randomness randomness, Networks networks) {
    Part part = data.prepared().training();
    Codes means = new Codes(part.size());
    double squares = 0;
    List<Batches.Range> ranges =
        Batches.ofValidation(part.size(), settings.batch(), false).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Tensor x = data.training().rows(range.from(), range.to());
        Latent q = settings.model().latent(x, networks);
        means.put(range.from(), q.mean());
        Tensor z = Outcomes.sample(settings, q, randomness.recalibration(batch));
        squares += Arrays.stream(networks.squaredErrors(z, x).byRow()).sum();
      }
    }
    return new TrainingPass(part, means.values(), squares / part.size() / part.genes());
  }
}
