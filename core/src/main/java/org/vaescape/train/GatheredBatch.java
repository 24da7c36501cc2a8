package org.vaescape.train;

import java.util.Arrays;
import org.vaescape.engine.Tensor;

/// The samples of a training batch, side by side in memory that stays from batch to batch: for the
/// system to find and clear tens of megabytes anew would take a tenth of a step.
///
/// Memory belongs to the scope that is open when it is made.
final class GatheredBatch {
  private final TrainingData data;
  private final Tensor memory;

  GatheredBatch(TrainingSettings settings, TrainingData data) {
    this.data = data;
    int samples = data.prepared().training().size();
    int largest = settings.trainingBatches(samples).ranges().getFirst().size();
    this.memory = Tensor.zerosLike(data.training().rows(0, largest));
  }

  /// These samples of the training part, until others are asked for.
  ///
  /// @return (samples, genes)
  Tensor of(int[] samples) {
    Tensor rows = memory.rows(0, samples.length);
    long[] indices = Arrays.stream(samples).asLongStream().toArray();
    rows.takeRowsInPlace(data.training(), Tensor.of(indices).on(memory.device()));
    return rows;
  }
}
