package org.vaescape.train;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;

/// What predictors that are no network reach on a part that is held out: the training mean, and
/// PCA.
///
/// One for each part of a split; trials on several threads share it. Each number is computed when
/// it is first asked for, and does not depend on what was asked for before.
public final class Baselines {
  private final PrincipalComponents components;
  private final Part held;

  /// Guarded by this; null until it is asked for.
  private @Nullable MeanPredictor meanPredictor;

  /// Errors of PCA by number of components, from 0, by number of components fitted. Guarded by
  /// this.
  private final NavigableMap<Integer, double[]> pcaErrors = new TreeMap<>();

  /// By width of the code. Guarded by itself.
  private final NavigableMap<Integer, SequencedMap<String, Double>> representations =
      new TreeMap<>();

  /// On the validation part.
  public Baselines(PreparedData data) {
    this(
        data.validation(),
        new PrincipalComponents(
            data.training(), SampleRows.of(data.training().values(), data.training().genes())));
  }

  Baselines(Part held, PrincipalComponents components) {
    this.components = components;
    this.held = held;
  }

  /// What predicting the training mean of every gene comes to.
  ///
  /// @param errors mean squared error of each gene on the part that is held out
  /// @param error the same over all genes
  private record MeanPredictor(double[] mean, double[] errors, double error) {
    static MeanPredictor of(SampleRows training, Part held) {
      double[] mean = Pca.mean(training);
      double[] errors = meanErrors(mean, held);
      return new MeanPredictor(mean, errors, Arrays.stream(errors).average().orElseThrow());
    }
  }

  private synchronized MeanPredictor meanPredictor() {
    if (meanPredictor == null) {
      meanPredictor = MeanPredictor.of(components.rows(), held);
    }
    return meanPredictor;
  }

  /// Mean of each gene over the training part.
  double[] trainingMean() {
    return meanPredictor().mean;
  }

  /// Mean squared error of predicting the training mean of every gene, over all genes.
  public double meanMse() {
    return meanPredictor().error;
  }

  /// The same for each gene apart.
  public double[] meanMseByGene() {
    return meanPredictor().errors.clone();
  }

  /// Mean squared error of PCA with as many components as a code has numbers, or as the training
  /// matrix has rank.
  ///
  /// @param components from 0, the mean alone
  public double pcaMse(int components) {
    double[] errors = pcaErrors(components);
    return errors[Math.min(components, errors.length - 1)];
  }

  /// 1 - error / error of the training mean, pooled over genes: 1 is perfect, 0 the training mean.
  /// Genes of high variance dominate it.
  public double r2(double mse) {
    return 1 - mse / meanMse();
  }

  /// Median over genes of 1 - error / error of the training mean. Genes that the training mean
  /// predicts without error are left out; NaN where all are.
  ///
  /// @param mseByGene mean squared error on validation, gene by gene
  public double medianR2(double[] mseByGene) {
    double[] meanErrors = meanPredictor().errors;
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
        Arrays.stream(components.of(latent).eigenvalues())
            .limit(latent)
            .filter(eigenvalue -> eigenvalue > decoderVariance)
            .count();
  }

  /// What principal components, as many as a code has numbers, know of the samples' labels:
  /// [Representation#metrics].
  SequencedMap<String, Double> representation(int code) {
    synchronized (representations) {
      return representations.computeIfAbsent(code, this::measure);
    }
  }

  private SequencedMap<String, Double> measure(int code) {
    Pca pca = components.of(code);
    Part training = components.training();
    return new Representation(
            code,
            new Representation.Side(training, pca.scores(components.rows(), code)),
            new Representation.Side(
                held, pca.scores(SampleRows.of(held.values(), held.genes()), code)))
        .metrics();
  }

  /// Native memory that the first question about principal components takes, for codes of this many
  /// numbers; 0 once it was answered. Others who ask meanwhile wait, but not here.
  long bytesToFit(int code) {
    return components.bytesToFit(code);
  }

  private synchronized double[] pcaErrors(int code) {
    return pcaErrors.computeIfAbsent(
        PrincipalComponents.fitted(code), count -> components.of(count).errors(held.values()));
  }

  private static double[] meanErrors(double[] mean, Part held) {
    int genes = held.genes();
    double[] errors = new double[genes];
    float[] values = held.values();
    for (int sample = 0; sample < held.size(); sample++) {
      for (int gene = 0; gene < genes; gene++) {
        double difference = values[sample * genes + gene] - mean[gene];
        errors[gene] += difference * difference / held.size();
      }
    }
    return errors;
  }
}
