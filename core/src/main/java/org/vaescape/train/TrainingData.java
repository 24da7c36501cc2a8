package org.vaescape.train;

import java.util.Optional;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Prepared data in native memory, one copy for all workers, and the baselines on it. The training
/// part has no other: at 10,000 samples of 5,000 genes each copy takes 200 MB.
///
/// Read by many threads, written by none. Whoever makes it closes it, when no trial uses it any
/// more.
public final class TrainingData implements AutoCloseable {
  private final PreparedData prepared;
  private final Tensor training;
  private final HeldOut validation;
  private final Optional<HeldOut> test;

  private TrainingData(
      PreparedData prepared, Tensor training, HeldOut validation, Optional<HeldOut> test) {
    this.prepared = prepared;
    this.training = training;
    this.validation = validation;
    this.test = test;
  }

  /// Copies the parts to where trials with these numerics compute.
  public static TrainingData of(PreparedData data, Numerics numerics) {
    Tensor training = tensor(data.training(), data.training().values(), numerics);
    PreparedData prepared = data.withoutTrainingValues();
    PrincipalComponents components =
        new PrincipalComponents(prepared.training(), SampleRows.of(training));
    return new TrainingData(
        prepared,
        training,
        heldOut(prepared.validation(), new Baselines(prepared.validation(), components), numerics),
        prepared.test().size() == 0
            ? Optional.empty()
            : Optional.of(
                heldOut(prepared.test(), new Baselines(prepared.test(), components), numerics)));
  }

  private static HeldOut heldOut(Part part, Baselines baselines, Numerics numerics) {
    return new HeldOut(
        part,
        tensor(part, part.values(), numerics),
        tensor(part, HeldOut.permuted(part), numerics),
        baselines);
  }

  private static Tensor tensor(Part part, float[] values, Numerics numerics) {
    try (Scope scope = Scope.open()) {
      DType type = numerics.precision().storage();
      return scope.release(
          Tensor.of(type, values, part.size(), part.genes()).on(numerics.device()));
    }
  }

  /// The data without the values of the training part.
  public PreparedData prepared() {
    return prepared;
  }

  /// On the validation part.
  public Baselines baselines() {
    return validation.baselines();
  }

  /// (training samples, genes).
  Tensor training() {
    return training;
  }

  HeldOut validation() {
    return validation;
  }

  /// Empty unless the study puts samples aside.
  Optional<HeldOut> test() {
    return test;
  }

  @Override
  public void close() {
    training.close();
    validation.close();
    test.ifPresent(HeldOut::close);
  }
}
