package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Networks;

/// Mean squared error of each gene on one part.
///
/// @param mean decoded from the mean latent
/// @param sampled decoded from a sampled latent; the same for a deterministic encoder
record ReconstructionErrors(double[] mean, double[] sampled) {

  /// Errors of networks as they are, on the part `x`: (samples, genes).
  static ReconstructionErrors of(
      TrainingSettings settings, Networks networks, Randomness randomness, Tensor x) {
    int samples = Math.toIntExact(x.size(0));
    Gathering errors = new Gathering(samples, Math.toIntExact(x.size(1)));
    List<Batches.Range> ranges = Batches.ofValidation(samples, settings.batch(), false).ranges();
    for (int batch = 0; batch < ranges.size(); batch++) {
      try (Scope _ = Scope.withoutGradients()) {
        Tensor block = x.rows(ranges.get(batch).from(), ranges.get(batch).to());
        Latent q = settings.model().latent(block, networks);
        errors.addMean(networks.squaredErrors(q.mean(), block).byOutput());
        Tensor z = Outcomes.sample(settings, q, randomness.validation(0, batch));
        errors.addSampled(networks.squaredErrors(z, block).byOutput());
      }
    }
    return errors.errors();
  }

  /// Over genes, from the mean latent.
  double mse() {
    return average(mean);
  }

  /// Over genes, from a sampled latent.
  double mseSampled() {
    return average(sampled);
  }

  private static double average(double[] byGene) {
    return Arrays.stream(byGene).sum() / byGene.length;
  }

  /// Adds the errors and what they are worth against the training mean.
  ///
  /// @param suffix of the metrics' names
  void put(String suffix, Baselines baselines, SequencedMap<String, Double> metrics) {
    put("", mean, suffix, baselines, metrics);
    put("_sampled", sampled, suffix, baselines, metrics);
  }

  private static void put(
      String latent,
      double[] byGene,
      String suffix,
      Baselines baselines,
      SequencedMap<String, Double> metrics) {
    double mse = average(byGene);
    metrics.put("val_mse" + latent + suffix, mse);
    metrics.put("val_r2" + latent + suffix, baselines.r2(mse));
    metrics.put("val_r2_median_gene" + latent + suffix, baselines.medianR2(byGene));
  }

  /// Squared errors of each gene that come summed over some rows.
  static final class Gathering {
    private final int samples;
    private final double[] mean;
    private final double[] sampled;

    Gathering(int samples, int genes) {
      this.samples = samples;
      mean = new double[genes];
      sampled = new double[genes];
    }

    void addMean(double[] squares) {
      add(squares, mean);
    }

    void addSampled(double[] squares) {
      add(squares, sampled);
    }

    private void add(double[] squares, double[] byGene) {
      for (int gene = 0; gene < squares.length; gene++) {
        byGene[gene] += squares[gene] / samples;
      }
    }

    ReconstructionErrors errors() {
      return new ReconstructionErrors(mean, sampled);
    }
  }
}
