package org.vaescape.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.VaeModel;

/// What a network is worth, measured alike whatever loss it was trained with.
final class Outcomes {
  private final TrainingSettings settings;
  private final TrainingData data;
  private final GatheredBatch gathered;
  private final Randomness randomness;
  private final Networks networks;

  Outcomes(
      TrainingSettings settings,
      TrainingData data,
      GatheredBatch gathered,
      Randomness randomness,
      Networks networks) {
    this.settings = settings;
    this.data = data;
    this.gathered = gathered;
    this.randomness = randomness;
    this.networks = networks;
  }

  /// Noise under which a model decodes the mean of its posterior.
  static Noise meanLatent(Noise noise) {
    return (purpose, shape) -> {
      Tensor drawn = noise.normal(purpose, shape);
      return purpose.equals(Noise.EPSILON) ? Tensor.zerosLike(drawn) : drawn;
    };
  }

  /// What the encoder says, as something to draw and weigh; empty where the model takes it as
  /// deterministic.
  static Optional<Latent.Distribution> distribution(VaeModel model, Latent q) {
    return model.hasPosterior() && q instanceof Latent.Distribution distribution
        ? Optional.of(distribution)
        : Optional.empty();
  }

  /// A sample of what the encoder says, or its mean where it is deterministic.
  static Tensor sample(TrainingSettings settings, Latent q, Noise noise) {
    return settings.model().hasPosterior() ? q.sample(noise) : q.mean();
  }

  /// Adds every outcome of the trained network to `metrics`: those on the validation part, and
  /// those on the test part with `test_` before, or instead of `val_`.
  ///
  /// @param untrained [#recalibrated] of the network before its first step
  /// @param terms puts what else is measured under the running statistics recomputed
  Measured measure(SequencedMap<String, Double> metrics, Recalibrated untrained, Runnable terms) {
    networks.use(Networks.Mode.EVALUATION);
    Recalibrated recalibrated = recalibrated(terms);
    TrainingPass training = TrainingPass.of(settings, data, randomness, networks);
    PartOutcomes validation = outcomes(data.validation(), training);
    putIfNumber(metrics, "train_mse", training.mse());
    metrics.putAll(validation.metrics());
    putRecalibrated(metrics, data.validation(), recalibrated.validation(), untrained.validation());
    putForecast(metrics);
    if (settings.sampledClusters()) {
      SampledClusters.put(settings, data, randomness, networks, metrics);
    }
    if (data.test().isPresent()) {
      SequencedMap<String, Double> test = outcomes(data.test().get(), training).metrics();
      putRecalibrated(
          test,
          data.test().get(),
          recalibrated.test().orElseThrow(),
          untrained.test().orElseThrow());
      test.forEach((name, value) -> metrics.put(onTest(name), value));
    }
    Verdict verdict = verdict(metrics, validation, recalibrated, untrained);
    return new Measured(verdict, LatentPlane.of(validation.codes()));
  }

  /// What the network became, and where it puts the validation samples.
  record Measured(Verdict verdict, Optional<LatentPlane> plane) {}

  private Verdict verdict(
      SequencedMap<String, Double> metrics,
      PartOutcomes validation,
      Recalibrated recalibrated,
      Recalibrated untrained) {
    return Verdict.of(
        new Verdict.Evidence(
            // A prior of dependent units has a KL in total alone.
            validation.units() == null
                ? metrics.getOrDefault("val_kl", 0.0)
                : validation.units().totalKl(),
            validation.information(),
            largestWeight(),
            validation.errors().mse(),
            validation.errors().mseSampled(),
            recalibrated.validation().mse(),
            untrained.validation().mse(),
            data.baselines().meanMse()));
  }

  /// What a metric of the validation part is called on the test part.
  static String onTest(String name) {
    return "test_" + (name.startsWith("val_") ? name.substring("val_".length()) : name);
  }

  static void putIfNumber(SequencedMap<String, Double> metrics, String name, double value) {
    if (!Double.isNaN(value)) {
      metrics.put(name, value);
    }
  }

  private PartOutcomes outcomes(HeldOut held, TrainingPass training) {
    return PartOutcomes.of(settings, networks, randomness, held, training);
  }

  private static void putRecalibrated(
      SequencedMap<String, Double> metrics,
      HeldOut held,
      ReconstructionErrors recalibrated,
      ReconstructionErrors untrained) {
    recalibrated.put("_recalibrated", held.baselines(), metrics);
    metrics.put("untrained_mse", untrained.mse());
  }

  /// Errors after the running statistics were recomputed.
  ///
  /// @param test empty without a test part
  record Recalibrated(ReconstructionErrors validation, Optional<ReconstructionErrors> test) {}

  /// Errors after the running statistics were recomputed as the mean over the batches of the
  /// training part; they are put back afterwards.
  ///
  /// @param further is run while they are recomputed
  Recalibrated recalibrated(Runnable further) {
    try (Scope _ = Scope.withoutGradients()) {
      Map<Tensor, Tensor> kept = new LinkedHashMap<>();
      networks.statistics().values().forEach(tensor -> kept.put(tensor, tensor.copy()));
      recalibrate();
      networks.use(Networks.Mode.EVALUATION);
      Recalibrated errors =
          new Recalibrated(errors(data.validation()), data.test().map(this::errors));
      further.run();
      kept.forEach(Tensor::copyInPlace);
      return errors;
    }
  }

  private ReconstructionErrors errors(HeldOut held) {
    return ReconstructionErrors.of(settings, networks, randomness, held.x());
  }

  private void recalibrate() {
    if (networks.statistics().isEmpty()) {
      return;
    }
    int samples = data.prepared().training().size();
    int[] order = randomness.order(0, samples);
    List<Batches.Range> ranges = settings.trainingBatches(samples).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      networks.use(Networks.Mode.recalibrating(batch + 1));
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Tensor x = gathered.of(Arrays.copyOfRange(order, range.from(), range.to()));
        Latent q = settings.model().latent(x, networks);
        networks.follow(sample(settings, q, randomness.recalibration(batch)), x);
      }
    }
  }

  /// How many units could pay for their KL at most, told from the data alone.
  private void putForecast(SequencedMap<String, Double> metrics) {
    double variance =
        settings.decoderVariance(
            data.prepared().training().genes(), data.prepared().training().size());
    if (!Double.isNaN(variance)) {
      metrics.put("decoder_variance", variance);
      // Told of units that are Gaussian, each of which can take over one direction of the data.
      if (settings.model().heads(settings.latent()).logvar() > 0) {
        metrics.put(
            "units_forecast",
            (double) data.baselines().unitsWorthTheirKl(variance, settings.latent()));
      }
    }
  }

  private double largestWeight() {
    try (Scope _ = Scope.withoutGradients()) {
      double largest = 0;
      for (Tensor parameter : networks.parameters().values()) {
        largest = Math.max(largest, parameter.largest());
      }
      return largest;
    }
  }
}
