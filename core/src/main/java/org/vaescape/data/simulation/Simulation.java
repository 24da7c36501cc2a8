package org.vaescape.data.simulation;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A matrix drawn from a model. Values are made when they are asked for, and are the same in
/// whatever order, by whatever thread and on whatever machine.
public final class Simulation {
  /// Samples whose values of a gene are made together.
  static final int BLOCK = 512;

  private final ExpressionModel model;
  private final long seed;
  private final int[] classOf;
  private final float[][] factors; // (factors, samples)

  /// @param samples at least 1
  public Simulation(ExpressionModel model, int samples, long seed) {
    this.model = model;
    this.seed = seed;
    classOf = new int[samples];
    SplittableRandom random = Draws.of(seed, Draws.CLASSES);
    double[] proportions = model.proportions();
    for (int i = 0; i < samples; i++) {
      double left = random.nextDouble();
      int chosen = 0;
      while (chosen < proportions.length - 1 && left >= proportions[chosen]) {
        left -= proportions[chosen++];
      }
      classOf[i] = chosen;
    }
    factors = new float[model.factors()][samples];
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(k -> fill(factors[k], Draws.of(seed, Draws.FACTORS, k)));
  }

  private static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  public int samples() {
    return classOf.length;
  }

  public ExpressionModel model() {
    return model;
  }

  /// Name of a sample, the one that readers give to the rows of an `.npy` file.
  public String sample(int index) {
    return "s" + (index + 1);
  }

  /// Name of the class of a sample.
  public String classOf(int sample) {
    return model.classes().get(classOf[sample]);
  }

  /// What a sample has of a factor.
  public float factor(int sample, int factor) {
    return factors[factor][sample];
  }

  int blocks() {
    return Math.ceilDiv(samples(), BLOCK);
  }

  /// How many samples a block has.
  int size(int block) {
    return Math.min(BLOCK, samples() - block * BLOCK);
  }

  /// Values of a gene in the samples of a block.
  void values(int gene, int block, float[] values) {
    int from = block * BLOCK;
    int count = size(block);
    SplittableRandom random = Draws.of(seed, Draws.NOISE, gene, block);
    float noise = (float) model.noise()[gene];
    for (int i = 0; i < count; i++) {
      values[i] =
          model.centroids()[classOf[from + i]][gene] + noise * (float) random.nextGaussian();
    }
    float[] loadings = model.loadings()[gene];
    int k = 0;
    for (; k + 3 < loadings.length; k += 4) {
      add(values, count, from, loadings, k);
    }
    for (; k < loadings.length; k++) {
      for (int i = 0; i < count; i++) {
        values[i] += loadings[k] * factors[k][from + i];
      }
    }
    float mean = (float) model.mean()[gene];
    float scale = (float) model.scale()[gene];
    float least = model.clipped() ? 0 : Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(least, mean + scale * values[i]);
    }
  }

  /// Adds four factors at once, which takes a third of the time.
  private void add(float[] values, int count, int from, float[] loadings, int k) {
    float loading0 = loadings[k];
    float loading1 = loadings[k + 1];
    float loading2 = loadings[k + 2];
    float loading3 = loadings[k + 3];
    float[] factor0 = factors[k];
    float[] factor1 = factors[k + 1];
    float[] factor2 = factors[k + 2];
    float[] factor3 = factors[k + 3];
    for (int i = 0; i < count; i++) {
      values[i] +=
          loading0 * factor0[from + i]
              + loading1 * factor1[from + i]
              + (loading2 * factor2[from + i] + loading3 * factor3[from + i]);
    }
  }
}
