package org.vaescape.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.vaescape.data.Part;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.Posterior;

/// What a network is worth, measured alike whatever loss it was trained with.
final class Outcomes {
  /// Neighbours that vote on a label.
  private static final int NEIGHBOURS = 5;

  private final TrainingSettings settings;
  private final TrainingData data;
  private final Randomness randomness;
  private final Networks networks;

  Outcomes(TrainingSettings settings, TrainingData data, Randomness randomness, Networks networks) {
    this.settings = settings;
    this.data = data;
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

  /// Adds every outcome of the trained network to `metrics`.
  ///
  /// @param untrainedMse [#recalibratedMse] of the network before its first step
  Verdict measure(SequencedMap<String, Double> metrics, double untrainedMse) {
    networks.use(Networks.Mode.EVALUATION);
    Reconstruction validation = reconstruct();
    Baselines baselines = data.baselines();
    double recalibrated = recalibratedMse();
    LatentUnits units =
        settings.model().hasPosterior()
            ? LatentUnits.of(
                validation.mu(), validation.logvar(), data.prepared().validation().size())
            : null;
    metrics.put("val_mse", validation.mse());
    metrics.put("val_r2", baselines.r2(validation.mse()));
    metrics.put("val_r2_median_gene", baselines.medianR2(validation.errorByGene()));
    metrics.put("val_mse_sampled", validation.mseSampled());
    metrics.put("val_r2_sampled", baselines.r2(validation.mseSampled()));
    metrics.put("val_mse_recalibrated", recalibrated);
    metrics.put("val_r2_recalibrated", baselines.r2(recalibrated));
    if (units != null) {
      metrics.put("active_units", (double) units.inUseByKl());
      metrics.put("active_units_variance", (double) units.inUseByVariance());
      putKlByUnit(units, metrics);
    }
    putForecast(metrics);
    putLabelOutcomes(validation, metrics);
    metrics.put("untrained_mse", untrainedMse);
    metrics.put("mean_mse", baselines.meanMse());
    metrics.put("pca_mse", baselines.pcaMse(settings.latent()));
    metrics.put("pca_r2", baselines.r2(baselines.pcaMse(settings.latent())));
    return Verdict.of(
        new Verdict.Evidence(
            units,
            largestWeight(),
            validation.mse(),
            validation.mseSampled(),
            recalibrated,
            untrainedMse,
            baselines.meanMse()));
  }

  /// Validation MSE from the mean latent after the running statistics were recomputed as the mean
  /// over the batches of the training part; they are put back afterwards.
  double recalibratedMse() {
    try (Scope _ = Scope.withoutGradients()) {
      Map<Tensor, Tensor> kept = new LinkedHashMap<>();
      networks.statistics().values().forEach(tensor -> kept.put(tensor, tensor.copy()));
      recalibrate();
      networks.use(Networks.Mode.EVALUATION);
      double mse = reconstruct().mse();
      kept.forEach(Tensor::copyInPlace);
      return mse;
    }
  }

  private void recalibrate() {
    int samples = data.prepared().training().size();
    int[] order = randomness.order(0, samples);
    List<Batches.Range> ranges =
        Batches.ofTraining(samples, settings.batch(), settings.dropLast()).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      networks.use(Networks.Mode.recalibrating(batch + 1));
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        long[] rows = Arrays.stream(order, range.from(), range.to()).asLongStream().toArray();
        Tensor x = data.training().rows(Tensor.of(rows).on(settings.numerics().device()));
        Posterior q = networks.encode(x);
        networks.decode(latent(q, randomness.recalibration(batch))).close();
      }
    }
  }

  /// A sample of the posterior, or the mean where the encoder is deterministic.
  private Tensor latent(Posterior q, Noise noise) {
    return settings.model().hasPosterior()
        ? q.sample(noise.normal(Noise.EPSILON, q.mu().shape()))
        : q.mu();
  }

  /// What the network makes of the validation part.
  ///
  /// @param errorByGene mean squared error of each gene, from the mean latent
  /// @param mseSampled mean squared error from a sampled latent
  /// @param mu samples x units
  /// @param logvar samples x units
  private record Reconstruction(
      double[] errorByGene, double mseSampled, float[] mu, float[] logvar) {
    double mse() {
      return Arrays.stream(errorByGene).sum() / errorByGene.length;
    }
  }

  private Reconstruction reconstruct() {
    Part part = data.prepared().validation();
    double[] byGene = new double[part.genes()];
    double sampled = 0;
    float[] mu = new float[part.size() * settings.latent()];
    float[] logvar = new float[mu.length];
    List<Batches.Range> ranges =
        Batches.ofValidation(part.size(), settings.batch(), false).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Batches.Range range = ranges.get(batch);
        Tensor x = data.validation().rows(range.from(), range.to());
        Posterior q = networks.encode(x);
        double[] errors = errorSums(q.mu(), x).doubles();
        for (int gene = 0; gene < errors.length; gene++) {
          byGene[gene] += errors[gene] / part.size();
        }
        Tensor z = latent(q, randomness.validation(0, batch));
        sampled += errorSums(z, x).as(DType.FLOAT64).sum().item();
        int at = range.from() * settings.latent();
        copy(q.mu(), mu, at);
        copy(q.logvar(), logvar, at);
      }
    }
    return new Reconstruction(byGene, sampled / part.size() / part.genes(), mu, logvar);
  }

  /// Squared errors of decoding z, summed over rows: (genes).
  private Tensor errorSums(Tensor z, Tensor x) {
    try (Tensor reconstruction = networks.reconstruct(z, x)) {
      return reconstruction.squaredError(x).sum(0);
    }
  }

  private static void copy(Tensor from, float[] to, int at) {
    float[] values = from.floats();
    System.arraycopy(values, 0, to, at, values.length);
  }

  /// `val_kl_unit_001` and so on, from the unit that carries most to the one that carries least:
  /// their numbers in the network mean nothing.
  private static void putKlByUnit(LatentUnits units, SequencedMap<String, Double> metrics) {
    double[] ascending = units.kl().clone();
    Arrays.sort(ascending);
    for (int rank = 1; rank <= ascending.length; rank++) {
      metrics.put(
          String.format(Locale.ROOT, "val_kl_unit_%03d", rank), ascending[ascending.length - rank]);
    }
  }

  /// How many units could pay for their KL at most, told from the data alone.
  private void putForecast(SequencedMap<String, Double> metrics) {
    double variance =
        settings.decoderVariance(
            data.prepared().training().genes(), data.prepared().training().size());
    if (!Double.isNaN(variance)) {
      metrics.put("decoder_variance", variance);
      metrics.put(
          "units_forecast",
          (double) data.baselines().unitsWorthTheirKl(variance, settings.latent()));
    }
  }

  /// Neighbours come from the training part, and never from the patient of the sample in question.
  private void putLabelOutcomes(Reconstruction validation, SequencedMap<String, Double> metrics) {
    Part training = data.prepared().training();
    Part held = data.prepared().validation();
    if (held.labels().isEmpty()) {
      return;
    }
    Points known =
        new Points(trainingMeans(), settings.latent(), training.labels(), training.patients());
    Points asked = new Points(validation.mu(), settings.latent(), held.labels(), held.patients());
    putIfNumber(
        metrics,
        "knn_balanced_accuracy",
        new NearestNeighbours(known, NEIGHBOURS, true).balancedAccuracy(asked));
    putIfNumber(metrics, "silhouette", Silhouette.mean(asked));
  }

  private static void putIfNumber(SequencedMap<String, Double> metrics, String name, double value) {
    if (!Double.isNaN(value)) {
      metrics.put(name, value);
    }
  }

  private float[] trainingMeans() {
    int samples = data.prepared().training().size();
    float[] means = new float[samples * settings.latent()];
    for (Batches.Range range : Batches.ofValidation(samples, settings.batch(), false).ranges()) {
      try (Scope _ = Scope.withoutGradients()) {
        Posterior q = networks.encode(data.training().rows(range.from(), range.to()));
        copy(q.mu(), means, range.from() * settings.latent());
      }
    }
    return means;
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
