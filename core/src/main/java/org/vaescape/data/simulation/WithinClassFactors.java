package org.vaescape.data.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The leading factors of residuals: what their largest singular values span, found by subspace
/// iteration (Halko, Martinsson and Tropp 2011).
///
/// In plain Java and in one order of summation, so that bits depend on neither machine nor threads;
/// there is no rotation to principal axes, since factors that are drawn from have none.
final class WithinClassFactors {
  /// More move no share of variance in the third digit where spectra are those of expression data.
  private static final int ROUNDS = 4;

  /// Genes that go through the samples together.
  private static final int TOGETHER = 4;

  /// Samples whose sums stay in the cache.
  private static final int BLOCK = 64;

  /// What is left of a column that the others span is rounding.
  private static final double ROUNDING = 1e-5;

  private WithinClassFactors() {}

  /// Loadings whose products are the leading part of the residuals' covariance.
  ///
  /// @param residuals genes x samples
  /// @param divisor of the covariance
  /// @param rank factors, at most as many as there are samples
  /// @return genes x rank
  static float[][] of(float[][] residuals, int divisor, int rank) {
    int genes = residuals.length;
    int samples = residuals[0].length;
    if (rank == 0) {
      return new float[genes][0];
    }
    float[] basis = new float[samples * rank]; // (samples, rank)
    SplittableRandom random = new SplittableRandom(20210625);
    for (int i = 0; i < basis.length; i++) {
      basis[i] = (float) (random.nextDouble() - 0.5);
    }
    orthonormalise(basis, rank);
    float[][] image = product(residuals, basis, rank); // (genes, rank)
    for (int round = 0; round < ROUNDS; round++) {
      basis = transposedProduct(residuals, image, rank);
      orthonormalise(basis, rank);
      image = product(residuals, basis, rank);
    }
    float unit = (float) (1 / Math.sqrt(divisor));
    for (float[] row : image) {
      for (int k = 0; k < rank; k++) {
        row[k] *= unit;
      }
    }
    return image;
  }

  /// (genes, rank): residuals times columns, some genes at a time.
  private static float[][] product(float[][] residuals, float[] columns, int rank) {
    int genes = residuals.length;
    float[][] sums = new float[Math.ceilDiv(genes, TOGETHER) * TOGETHER][rank];
    IntStream.range(0, Math.ceilDiv(genes, TOGETHER))
        .parallel()
        .forEach(group -> {
          int first = group * TOGETHER;
          // Those beyond the last gene repeat it, and are left out.
          add(
              residuals[first],
              residuals[Math.min(first + 1, genes - 1)],
              residuals[Math.min(first + 2, genes - 1)],
              residuals[Math.min(first + 3, genes - 1)],
              columns,
              rank,
              sums,
              first);
        });
    return Arrays.copyOf(sums, genes);
  }

  private static void add(
      float[] gene0,
      float[] gene1,
      float[] gene2,
      float[] gene3,
      float[] columns,
      int rank,
      float[][] sums,
      int first) {
    float[] sum0 = sums[first];
    float[] sum1 = sums[first + 1];
    float[] sum2 = sums[first + 2];
    float[] sum3 = sums[first + 3];
    for (int i = 0; i < gene0.length; i++) {
      float value0 = gene0[i];
      float value1 = gene1[i];
      float value2 = gene2[i];
      float value3 = gene3[i];
      int at = i * rank;
      for (int k = 0; k < rank; k++) {
        float column = columns[at + k];
        sum0[k] += value0 * column;
        sum1[k] += value1 * column;
        sum2[k] += value2 * column;
        sum3[k] += value3 * column;
      }
    }
  }

  /// (samples, rank): residuals, transposed, times columns.
  private static float[] transposedProduct(float[][] residuals, float[][] columns, int rank) {
    int samples = residuals[0].length;
    float[] sums = new float[samples * rank];
    IntStream.range(0, Math.ceilDiv(samples, BLOCK))
        .parallel()
        .forEach(block -> {
          int from = block * BLOCK;
          int to = Math.min(samples, from + BLOCK);
          for (int gene = 0; gene < residuals.length; gene++) {
            for (int i = from; i < to; i++) {
              addScaled(sums, i * rank, residuals[gene][i], columns[gene]);
            }
          }
        });
    return sums;
  }

  private static void addScaled(float[] sums, int at, float factor, float[] row) {
    for (int k = 0; k < row.length; k++) {
      sums[at + k] += factor * row[k];
    }
  }

  /// Makes columns orthonormal by Gram and Schmidt, twice, and those that others span 0.
  ///
  /// @param matrix (rows, rank)
  private static void orthonormalise(float[] matrix, int rank) {
    int rows = matrix.length / rank;
    double[][] columns = new double[rank][rows];
    for (int i = 0; i < matrix.length; i++) {
      columns[i % rank][i / rank] = matrix[i];
    }
    for (int k = 0; k < rank; k++) {
      double[] column = columns[k];
      double before = Math.sqrt(dot(column, column));
      for (int pass = 0; pass < 2; pass++) {
        for (int other = 0; other < k; other++) {
          double share = dot(column, columns[other]);
          for (int i = 0; i < rows; i++) {
            column[i] -= share * columns[other][i];
          }
        }
      }
      double length = Math.sqrt(dot(column, column));
      double factor = length <= ROUNDING * before ? 0 : 1 / length;
      for (int i = 0; i < rows; i++) {
        column[i] *= factor;
      }
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) columns[i % rank][i / rank];
    }
  }

  /// Four sums side by side, which a processor adds at once.
  private static double dot(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
