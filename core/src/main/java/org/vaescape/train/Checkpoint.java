package org.vaescape.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What a network was worth at one epoch of its training.
///
/// @param name `stop`, `best` or `horizon`
/// @param epoch from 1
/// @param metrics outcomes by their column of `trials.csv`; one that does not apply is absent
/// @param plane of the latent codes of the validation samples; empty if these tell no samples apart
public record Checkpoint(
    String name,
    int epoch,
    Verdict verdict,
    SequencedMap<String, Double> metrics,
    Optional<LatentPlane> plane) {
  /// The epoch at which training stopped, by its rule or by the number of epochs.
  public static final String STOP = "stop";

  /// The epoch until then at which validation was lowest.
  public static final String BEST = "best";

  /// The last epoch of the training that went on after the stop.
  public static final String HORIZON = "horizon";

  public Checkpoint {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }
}
