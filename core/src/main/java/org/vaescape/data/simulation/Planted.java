package org.vaescape.data.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaescape.UserError;

/// Structure that is put into a model in place of what was fitted, so that an analysis can be held
/// to the truth. Genes keep their means and standard deviations.
///
/// @param factors exactly so many latent factors, all alike, or 0 to keep those that were fitted
/// @param share of each gene's variance within classes that planted factors carry, in (0, 1)
/// @param classes so many equally frequent classes, at least 2, or 0 for none
/// @param separation distance of two classes' means: its root mean square over genes, in standard
///   deviations within a class; above 0
public record Planted(int factors, double share, int classes, double separation) {
  public static final double DEFAULT_SHARE = 0.5;

  /// Classes then make a tenth of each gene's variance.
  public static final double DEFAULT_SEPARATION = 0.5;

  public Planted {
    if (factors < 0) {
      throw new UserError("--plant-factors must be at least 1 but was " + factors);
    }
    if (!(share > 0 && share < 1)) {
      throw new UserError("--plant-share must be a number in (0, 1) but was " + share);
    }
    if (classes < 0 || classes == 1) {
      throw new UserError("--plant-classes must be at least 2 but was " + classes);
    }
    if (!(separation > 0 && separation < 1000)) {
      throw new UserError(
          "--plant-separation must be a number above 0 and below 1000 but was " + separation);
    }
  }

  public static Planted nothing() {
    return new Planted(0, DEFAULT_SHARE, 0, DEFAULT_SEPARATION);
  }

  public boolean isNothing() {
    return factors == 0 && classes == 0;
  }

  /// The model with this structure, before genes are put to their place.
  ///
  /// @param model without classes
  /// @param seed of loadings and centroids
  ExpressionModel in(ExpressionModel model, long seed) {
    if (isNothing()) {
      return model;
    }
    int genes = model.genes().size();
    if (factors >= genes) {
      throw new UserError(
          "--plant-factors must be below the number of genes, %s, but was %s"
              .formatted(genes, factors));
    }
    float[][] loadings = factors == 0 ? model.loadings() : loadings(genes, seed);
    double[] noise = model.noise().clone();
    if (factors > 0) {
      Arrays.fill(noise, Math.sqrt(1 - share));
    }
    int count = Math.max(1, classes);
    double[] proportions = new double[count];
    Arrays.fill(proportions, 1.0 / count);
    List<String> names =
        classes == 0
            ? List.of("")
            : IntStream.rangeClosed(1, classes).mapToObj(c -> "class" + c).toList();
    return new ExpressionModel(
        model.genes(),
        names,
        proportions,
        model.mean(),
        model.scale(),
        noise,
        classes == 0 ? new float[1][genes] : centroids(genes, seed),
        loadings,
        model.clipped(),
        model.notes());
  }

  /// Independent directions, scaled so that factors carry the same share of each gene.
  private float[][] loadings(int genes, long seed) {
    float[][] loadings = new float[genes][factors];
    for (int gene = 0; gene < genes; gene++) {
      SplittableRandom random = Draws.of(seed, Draws.LOADINGS, gene);
      double[] direction = new double[factors];
      double squares = 0;
      for (int k = 0; k < factors; k++) {
        direction[k] = random.nextGaussian();
        squares += direction[k] * direction[k];
      }
      for (int k = 0; k < factors; k++) {
        loadings[gene][k] = (float) (direction[k] * Math.sqrt(share / squares));
      }
    }
    return loadings;
  }

  /// Centred in each gene; differences of two classes have the separation over genes.
  private float[][] centroids(int genes, long seed) {
    float[][] centroids = new float[classes][genes];
    for (int gene = 0; gene < genes; gene++) {
      SplittableRandom random = Draws.of(seed, Draws.CENTROIDS, gene);
      double sum = 0;
      for (float[] ofClass : centroids) {
        ofClass[gene] = (float) (random.nextGaussian() * separation / Math.sqrt(2));
        sum += ofClass[gene];
      }
      for (float[] ofClass : centroids) {
        ofClass[gene] -= (float) (sum / classes);
      }
    }
    return centroids;
  }

  /// What was planted, in words and Markdown.
  ///
  /// @param model with this structure
  public String description(ExpressionModel model, int samples) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s samples of %s genes, each gene with mean and standard deviation of the matrix it was drawn from."
            .formatted(samples, model.genes().size()));
    if (factors > 0) {
      lines.add(
          "Latent factors: %s, independent and standard normal. Together they carry %s of each gene's variance within a class, each as much as another over all genes; the rest is noise that genes do not share."
              .formatted(factors, share));
    }
    if (classes > 0) {
      lines.add(
          "Classes: %s, equally frequent. In root mean square over genes the means of two lie %s standard deviations within a class apart."
              .formatted(classes, separation));
    }
    if (factors > 0) {
      lines.add(
          classes == 0
              ? "So the right latent size is %s.".formatted(factors)
              : "So %s dimensions hold all that genes share: %s factors, and %s that tell %s classes apart."
                  .formatted(factors + classes - 1, factors, classes - 1, classes));
    }
    if (model.clipped()) {
      lines.add(
          "Values below 0 became 0, as in the matrix that this was drawn from: of genes near 0 less than that is left.");
    }
    lines.add("Of each sample the table beside this page has class and factors.");
    return String.join("\n\n", lines) + "\n";
  }
}
