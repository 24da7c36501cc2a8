package org.vaescape.train;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;

/// What predictors that are no network reach on the validation part: the training mean, and PCA.
///
/// One for each [PreparedData]; trials on several threads share it. Each number is computed when it
/// is first asked for, and does not depend on what was asked for before.
public final class Baselines {
  /// Components that are fitted together at the least: more than most studies' largest latent size.
  private static final int FITTED_TOGETHER = 256;

  private final Part training;
  private final Part validation;
  private final double[] meanErrors;
  private final double meanError;

  /// By number of components fitted. Guarded by this.
  private final NavigableMap<Integer, Spectrum> spectra = new TreeMap<>();

  public Baselines(PreparedData data) {
    training = data.training();
    validation = data.validation();
    meanErrors = meanErrors(training, validation);
    meanError = Arrays.stream(meanErrors).average().orElseThrow();
  }

  /// Mean squared error on validation of predicting the training mean of every gene, over all
  /// genes.
  public double meanMse() {
    return meanError;
  }

  /// The same for each gene apart.
  public double[] meanMseByGene() {
    return meanErrors.clone();
  }

  /// Mean squared error on validation of PCA with as many components as a latent has units, or as
  /// the training matrix has rank.
  ///
  /// @param components from 0, the mean alone
  public double pcaMse(int components) {
    double[] errors = spectrum(components).errors();
    return errors[Math.min(components, errors.length - 1)];
  }

  /// 1 - error / error of the training mean, pooled over genes: 1 is perfect, 0 the training mean.
  /// Genes of high variance dominate it.
  public double r2(double mse) {
    return 1 - mse / meanError;
  }

  /// Median over genes of 1 - error / error of the training mean. Genes that the training mean
  /// predicts without error are left out; NaN where all are.
  ///
  /// @param mseByGene mean squared error on validation, gene by gene
  public double medianR2(double[] mseByGene) {
    if (mseByGene.length != meanErrors.length) {
      throw new IllegalArgumentException(
          "%d errors do not fit %d genes".formatted(mseByGene.length, meanErrors.length));
    }
    double[] sorted =
        IntStream.range(0, mseByGene.length)
            .filter(gene -> meanErrors[gene] > 0)
            .mapToDouble(gene -> 1 - mseByGene[gene] / meanErrors[gene])
            .sorted()
            .toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// How many latent units can pay for themselves at this decoder variance: the eigenvalues of the
  /// training covariance above it. An upper bound that only an optimal linear model reaches.
  ///
  /// @param decoderVariance genes x coefficient of KL / (2 x coefficient of the squared error)
  /// @param latent units that the model has
  public int unitsWorthTheirKl(double decoderVariance, int latent) {
    return (int)
        Arrays.stream(spectrum(latent).eigenvalues())
            .limit(latent)
            .filter(eigenvalue -> eigenvalue > decoderVariance)
            .count();
  }

  private synchronized Spectrum spectrum(int components) {
    // One fit serves all sizes up to the next power of two, so what is fitted does not depend on
    // which size is asked for first.
    int fitted = FITTED_TOGETHER;
    while (fitted < components) {
      fitted *= 2;
    }
    return spectra.computeIfAbsent(fitted, this::fit);
  }

  private Spectrum fit(int components) {
    Pca pca = Pca.fit(training.values(), training.genes(), components);
    return new Spectrum(pca.eigenvalues(), pca.errors(validation.values()));
  }

  private static double[] meanErrors(Part training, Part validation) {
    int genes = validation.genes();
    double[] mean = Pca.mean(training.values(), genes);
    double[] errors = new double[genes];
    float[] values = validation.values();
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - mean[i % genes];
      errors[i % genes] += difference * difference / validation.size();
    }
    return errors;
  }

  /// What is kept of a fit.
  ///
  /// @param errors on validation, from 0 components
  private record Spectrum(double[] eigenvalues, double[] errors) {}
}
