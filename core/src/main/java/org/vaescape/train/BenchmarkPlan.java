package org.vaescape.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.GenePath;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.SquaredError;

/// What a benchmark measures, and how long.
///
/// @param models names in the catalogue
/// @param samples of the training part, at least two batches, so that an epoch has a step that is
///   not its last
/// @param genes at least 1
/// @param batch at least 2
/// @param latent at least 1
/// @param seconds of steps for each model, path and precision, above 0
/// @param trials at once at most, at least 1
/// @param memory bytes that trials at once may take
public record BenchmarkPlan(
    List<String> models,
    int samples,
    int genes,
    int batch,
    int latent,
    double seconds,
    int trials,
    long memory) {
  /// The study's.
  public static final int HIDDEN = 256;

  /// Both moments; the other tensors that it has are for what it computes within a step.
  static final int ADAM_STATE = 2;

  /// Samples of the study's training part.
  public static final int STUDY_SAMPLES = 9900;

  /// How many epochs a trial of the study takes, about.
  public static final int TRIAL_EPOCHS = 17;

  public BenchmarkPlan {
    models = List.copyOf(models);
  }

  /// Seconds of an epoch of the study's samples, validation left out, if each step takes so long.
  public double epochSeconds(double stepSeconds) {
    return Math.ceilDiv(STUDY_SAMPLES, batch) * stepSeconds;
  }

  /// Trials a minute, validation and outcomes left out.
  ///
  /// @param trials at once
  public double trialsPerMinute(int trials, double stepSeconds) {
    return trials * 60 / (TRIAL_EPOCHS * epochSeconds(stepSeconds));
  }

  /// The study's settings, without a stop.
  TrainingSettings settings(String model, GenePath.Choice path, Precision precision) {
    return new TrainingSettings(
        Models.CATALOGUE.member(model).create(Map.of()),
        List.of(HIDDEN),
        latent,
        LayerStyle.STANDARD,
        Initialization.PYTORCH,
        Optimizers.CATALOGUE.member("adam").create(Map.of()),
        1e-3,
        new ConstantRate(),
        new SquaredError(),
        false,
        0.00025,
        new NoWarmUp(),
        0,
        batch,
        true,
        Stopping.after(Integer.MAX_VALUE),
        OptionalDouble.empty(),
        Validation.SAMPLED,
        false,
        new Numerics(precision, path, Device.CPU, 1),
        Optional.empty());
  }
}
