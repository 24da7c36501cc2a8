package org.vaescape.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.model.Weights;

/// What a training run came to.
///
/// @param verdict what the network became; empty if it diverged or was interrupted
/// @param curve a row for each epoch that was completed: `learning_rate`, then the mean over steps
///   of each term (`train_loss`, `train_reconstruction`, ...), `gradient_norm` before clipping, the
///   terms on the validation part (`val_loss`, ...), `seconds`
/// @param metrics outcomes by their column of `trials.csv`; one that does not apply is absent
/// @param seconds wall time of training and outcomes
/// @param epochSeconds median wall time of an epoch, training and validation; NaN without epochs
/// @param weights at the end; empty if the run diverged or was interrupted
public record TrainingResult(
    Ending ending,
    Optional<Verdict> verdict,
    List<SequencedMap<String, Double>> curve,
    SequencedMap<String, Double> metrics,
    double seconds,
    double epochSeconds,
    Optional<Weights> weights) {
  public TrainingResult {
    curve = List.copyOf(curve);
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }
}
