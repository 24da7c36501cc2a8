package org.vaescape.train;

import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Prepared data in native memory, one copy for all workers, and the baselines on it.
///
/// Read by many threads, written by none. Whoever makes it closes it, when no trial uses it any
/// more.
public final class TrainingData implements AutoCloseable {
  private final PreparedData prepared;
  private final Tensor training;
  private final Tensor validation;
  private final Baselines baselines;

  private TrainingData(
      PreparedData prepared, Tensor training, Tensor validation, Baselines baselines) {
    this.prepared = prepared;
    this.training = training;
    this.validation = validation;
    this.baselines = baselines;
  }

  /// Copies the parts to where trials with these numerics compute.
  public static TrainingData of(PreparedData prepared, Numerics numerics) {
    return new TrainingData(
        prepared,
        tensor(prepared.training(), numerics),
        tensor(prepared.validation(), numerics),
        new Baselines(prepared));
  }

  private static Tensor tensor(Part part, Numerics numerics) {
    try (Scope scope = Scope.open()) {
      DType type = numerics.precision().storage();
      return scope.release(
          Tensor.of(type, part.values(), part.size(), part.genes()).on(numerics.device()));
    }
  }

  public PreparedData prepared() {
    return prepared;
  }

  public Baselines baselines() {
    return baselines;
  }

  /// (training samples, genes).
  Tensor training() {
    return training;
  }

  /// (validation samples, genes).
  Tensor validation() {
    return validation;
  }

  @Override
  public void close() {
    training.close();
    validation.close();
  }
}
