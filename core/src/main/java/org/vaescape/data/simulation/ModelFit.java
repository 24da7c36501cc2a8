package org.vaescape.data.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings;
import org.vaescape.data.GeneSelection;
import org.vaescape.data.Labels;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFacts;

/// Fits an [ExpressionModel] to a real matrix.
///
/// Each gene keeps its mean and standard deviation (n - 1). Of the genes in those units: class
/// centroids are means, shrunk by n / (n + kappa) and centred; factors are the leading singular
/// vectors of what is left within classes; both together get the share of variance that was asked
/// for, and noise the rest.
public final class ModelFit {
  /// A class's share of a gene's variance at most: few samples overstate it.
  private static final double LARGEST_CLASS_SHARE = 0.66;

  /// By which factors are stretched at most, where a gene has little in common with others.
  private static final double LARGEST_STRETCH = 2.5;

  private static final int FEWEST_SAMPLES = 3;

  private final Matrix matrix;
  private final SimulationSettings settings;
  private final List<String> notes = new ArrayList<>();

  private ModelFit(Matrix matrix, SimulationSettings settings) {
    this.matrix = matrix;
    this.settings = settings;
    notes.addAll(matrix.notes());
  }

  /// Fits to the most variable genes, chosen as a study would.
  ///
  /// @param labels classes; samples without one are left out. Without labels all are one class
  /// @param planted takes the place of what was fitted; for lack of labels alone
  /// @param seed of what is planted
  /// @throws UserError if there are fewer usable genes, or hardly any samples
  public static ExpressionModel fit(
      Matrix matrix,
      Optional<Labels> labels,
      int genes,
      SimulationSettings settings,
      Planted planted,
      long seed) {
    if (labels.isPresent() && !planted.isNothing()) {
      throw new UserError(
          "what is planted takes the place of classes: give --labels or --plant-factors and --plant-classes, not both");
    }
    return new ModelFit(matrix, settings).fit(labels, genes, planted, seed);
  }

  private ExpressionModel fit(Optional<Labels> labels, int count, Planted planted, long seed) {
    int[] samples = labels.map(this::labelled).orElseGet(this::all);
    List<String> classes = labels.map(known -> classes(known, samples)).orElse(List.of(""));
    int[] classOf = classOf(labels, classes, samples);
    if (samples.length < FEWEST_SAMPLES) {
      throw new UserError(
          "%s: must have at least %s samples%s to be imitated but has %s"
              .formatted(
                  matrix.source(),
                  FEWEST_SAMPLES,
                  labels.isEmpty() ? "" : " with a label",
                  samples.length));
    }
    DataSettings selecting = DataSettings.defaults().with(DataSettings.Fit.ALL).keeping(count);
    GeneSelection selection = GeneSelection.of(matrix, selecting, samples, "--genes");
    // What it advises beyond the first sentence are settings of a study.
    selection.notes().forEach(note -> notes.add(note.replaceFirst(";.*", "")));
    float[][] values = values(selection.genes(), samples);
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float[] gene : values) {
      for (float value : gene) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (most > MatrixFacts.LARGEST_LOGARITHM) {
      notes.add(
          "%s: values go up to %s, but what is drawn is normally distributed within classes, as logarithms of expression are; take logarithms first"
              .formatted(matrix.source(), most));
    }
    double[] mean = new double[count];
    double[] deviation = new double[count];
    for (int gene = 0; gene < count; gene++) {
      standardise(values[gene], gene, mean, deviation);
    }
    ExpressionModel fitted = fitted(selection.genes(), classes, classOf, values, least == 0);
    return planted.in(fitted, seed).standingAt(mean, deviation);
  }

  /// Puts the gene into units of its standard deviation, around its mean.
  private static void standardise(float[] values, int gene, double[] mean, double[] deviation) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    mean[gene] = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean[gene]) * (value - mean[gene]);
    }
    deviation[gene] = Math.sqrt(squares / (values.length - 1));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean[gene]) / deviation[gene]);
    }
  }

  /// @param values genes x samples, standardised; holds residuals afterwards
  private ExpressionModel fitted(
      int[] chosen, List<String> classes, int[] classOf, float[][] values, boolean clipped) {
    int[] size = new int[classes.size()];
    for (int c : classOf) {
      size[c]++;
    }
    double[] proportions =
        Arrays.stream(size).mapToDouble(n -> (double) n / classOf.length).toArray();
    float[][] centroids = new float[classes.size()][chosen.length];
    IntStream.range(0, chosen.length)
        .parallel()
        .forEach(gene -> takeOutClasses(values[gene], gene, classOf, size, proportions, centroids));
    int told = Arrays.stream(size).filter(n -> n > 1).sum();
    int free = Arrays.stream(size).map(n -> n - 1).sum();
    int rank = Math.min(settings.rank(), Math.min(free, chosen.length));
    if (rank < settings.rank()) {
      notes.add(
          "%s: --rank is %s but %s samples%s and %s genes tell of %s factors at most"
              .formatted(
                  matrix.source(),
                  settings.rank(),
                  classOf.length,
                  classes.size() == 1 ? "" : " in %s classes".formatted(classes.size()),
                  chosen.length,
                  rank));
    }
    float[][] loadings = WithinClassFactors.of(values, Math.max(1, told), rank);
    ExpressionModel shares =
        new ExpressionModel(
            Arrays.stream(chosen).mapToObj(matrix.genes()::get).toList(),
            classes,
            proportions,
            new double[chosen.length],
            new double[chosen.length],
            new double[chosen.length],
            centroids,
            loadings,
            clipped,
            notes);
    for (int gene = 0; gene < chosen.length; gene++) {
      share(shares, gene);
    }
    return shares;
  }

  /// Sets the shrunk centroids of a gene and leaves its residuals, as wide as those of classes
  /// whose means are known.
  private void takeOutClasses(
      float[] values,
      int gene,
      int[] classOf,
      int[] size,
      double[] proportions,
      float[][] centroids) {
    double[] means = new double[size.length];
    for (int i = 0; i < values.length; i++) {
      means[classOf[i]] += values[i] / size[classOf[i]];
    }
    for (int i = 0; i < values.length; i++) {
      int n = size[classOf[i]];
      values[i] = n == 1 ? 0 : (float) ((values[i] - means[classOf[i]]) * Math.sqrt(n / (n - 1.0)));
    }
    double centre = 0;
    for (int c = 0; c < means.length; c++) {
      means[c] *= size[c] / (size[c] + settings.kappa());
      centre += proportions[c] * means[c];
    }
    double variance = 0;
    for (int c = 0; c < means.length; c++) {
      variance += proportions[c] * (means[c] - centre) * (means[c] - centre);
    }
    double largest = Math.min(LARGEST_CLASS_SHARE, settings.share());
    double factor = variance > largest ? Math.sqrt(largest / variance) : 1;
    for (int c = 0; c < means.length; c++) {
      centroids[c][gene] = (float) ((means[c] - centre) * factor);
    }
  }

  /// Stretches the gene's factors to the share that is asked for, and gives noise the rest.
  private void share(ExpressionModel model, int gene) {
    double ofClasses = model.classVariance(gene);
    double ofFactors = model.withinVariance(gene); // no noise yet
    double wanted = Math.max(0, settings.share() - ofClasses);
    double stretch = ofFactors == 0 ? 0 : Math.min(LARGEST_STRETCH, Math.sqrt(wanted / ofFactors));
    float[] loadings = model.loadings()[gene];
    for (int k = 0; k < loadings.length; k++) {
      loadings[k] *= (float) stretch;
    }
    model.noise()[gene] = Math.sqrt(1 - ofClasses - stretch * stretch * ofFactors);
  }

  private int[] all() {
    return IntStream.range(0, matrix.samples().size()).toArray();
  }

  private int[] labelled(Labels labels) {
    int[] samples =
        IntStream.range(0, matrix.samples().size())
            .filter(i -> !labels.of(matrix.samples().get(i)).isEmpty())
            .toArray();
    notes.addAll(labels.notes());
    if (samples.length == 0) {
      throw new UserError(
          "%s: none of its %s samples is in %s; its first is %s"
              .formatted(
                  labels.source(),
                  labels.bySample().size(),
                  matrix.source(),
                  labels.bySample().isEmpty()
                      ? "missing"
                      : labels.bySample().firstEntry().getKey()));
    }
    int without = matrix.samples().size() - samples.length;
    if (without > 0) {
      notes.add(
          "%s: %s of %s samples have no label in %s and are left out"
              .formatted(matrix.source(), without, matrix.samples().size(), labels.source()));
    }
    return samples;
  }

  private List<String> classes(Labels labels, int[] samples) {
    SequencedSet<String> names = new TreeSet<>();
    for (int sample : samples) {
      names.add(labels.of(matrix.samples().get(sample)));
    }
    return List.copyOf(names);
  }

  private int[] classOf(Optional<Labels> labels, List<String> classes, int[] samples) {
    return Arrays.stream(samples)
        .map(sample ->
            labels.map(known -> classes.indexOf(known.of(matrix.samples().get(sample)))).orElse(0))
        .toArray();
  }

  private float[][] values(int[] genes, int[] samples) {
    float[][] values = new float[genes.length][samples.length];
    IntStream.range(0, genes.length)
        .parallel()
        .forEach(g -> {
          float[] ofGene = matrix.values().of(genes[g]);
          for (int i = 0; i < samples.length; i++) {
            values[g][i] = ofGene[samples[i]];
          }
        });
    return values;
  }
}
