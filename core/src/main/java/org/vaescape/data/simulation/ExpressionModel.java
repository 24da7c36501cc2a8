package org.vaescape.data.simulation;

import java.util.List;

/// What matrices are drawn from: a Gaussian factor model with class centroids, clipped at 0.
///
/// Of a sample of class y, gene g has the value `mean_g + scale_g * e_g`, or 0 where that is less
/// and the model is clipped, with `e_g = centroid_yg + sum_k loading_gk u_k + noise_g n_g` and all
/// `u`, `n` independent standard normal numbers.
///
/// @param genes names
/// @param classes names, at least one; a single empty one where there are none
/// @param proportions of the classes, which add up to 1
/// @param mean of each gene before clipping, in units of the matrix
/// @param scale of each gene, in units of the matrix
/// @param noise of each gene, in units of its scale
/// @param centroids classes x genes, in units of the scale
/// @param loadings genes x factors, in units of the scale
/// @param clipped whether values below 0 become 0
/// @param notes warnings from fitting, one sentence each
public record ExpressionModel(
    List<String> genes,
    List<String> classes,
    double[] proportions,
    double[] mean,
    double[] scale,
    double[] noise,
    float[][] centroids,
    float[][] loadings,
    boolean clipped,
    List<String> notes) {
  public ExpressionModel {
    genes = List.copyOf(genes);
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /// Whether samples belong to classes that have names.
  public boolean hasClasses() {
    return !classes.equals(List.of(""));
  }

  int factors() {
    return loadings[0].length;
  }

  /// Variance of `e` of one gene over all classes.
  double classVariance(int gene) {
    double variance = 0;
    for (int c = 0; c < proportions.length; c++) {
      variance += proportions[c] * centroids[c][gene] * centroids[c][gene];
    }
    return variance;
  }

  /// Variance of `e` of one gene within a class.
  double withinVariance(int gene) {
    double variance = noise[gene] * noise[gene];
    for (float loading : loadings[gene]) {
      variance += (double) loading * loading;
    }
    return variance;
  }

  /// The same structure with every gene's mean and standard deviation as they should be after
  /// clipping.
  ///
  /// @param mean wanted, of each gene
  /// @param deviation wanted, of each gene
  ExpressionModel standingAt(double[] mean, double[] deviation) {
    double[] before = new double[mean.length];
    double[] scales = new double[mean.length];
    for (int gene = 0; gene < mean.length; gene++) {
      double[] ofGene = new double[proportions.length];
      for (int c = 0; c < ofGene.length; c++) {
        ofGene[c] = centroids[c][gene];
      }
      ClippedMoments spread =
          new ClippedMoments(proportions, ofGene, Math.sqrt(withinVariance(gene)));
      ClippedMoments.Place place =
          clipped
              ? spread.place(mean[gene], deviation[gene])
              : spread.unclipped(mean[gene], deviation[gene]);
      before[gene] = place.mean();
      scales[gene] = place.scale();
    }
    return new ExpressionModel(
        genes, classes, proportions, before, scales, noise, centroids, loadings, clipped, notes);
  }
}
