package org.vaescape.data;

import java.util.stream.IntStream;
import org.vaescape.data.DataSettings.Scale;

/// How chosen genes are scaled, fitted and in double precision.
///
/// @param genes indices into the matrix
/// @param offset for each of them what is taken away
/// @param scale for each of them what is then divided by; 1 for a constant gene
/// @param missing for each of them the value that stands in for a missing one
record Scaler(Scale method, int[] genes, double[] offset, double[] scale, double[] missing) {
  /// Genes that are scaled together: what they fill of a row is one line of the cache.
  private static final int BLOCK = 16;

  /// @param fit the samples to fit on
  static Scaler fit(Matrix matrix, int[] genes, Scale method, int[] fit) {
    double[] offset = new double[genes.length];
    double[] scale = new double[genes.length];
    double[] missing = new double[genes.length];
    IntStream.range(0, genes.length)
        .parallel()
        .forEach(g -> {
          FitValues fitted = FitValues.of(matrix.values().of(genes[g]), fit);
          double[] values = fitted.values();
          missing[g] = fitted.mean();
          switch (method) {
            case MIN_MAX -> {
              double min = Double.POSITIVE_INFINITY;
              double max = Double.NEGATIVE_INFINITY;
              for (double value : values) {
                min = Math.min(min, value);
                max = Math.max(max, value);
              }
              offset[g] = min;
              scale[g] = max - min;
            }
            case Z_SCORE -> {
              offset[g] = fitted.mean();
              scale[g] = Math.sqrt(Statistics.squares(values) / values.length);
            }
            case NONE -> scale[g] = 1;
          }
          if (scale[g] == 0) {
            scale[g] = 1;
          }
        });
    return new Scaler(method, genes, offset, scale, missing);
  }

  /// The scaled values of some samples, and how many of them were clipped.
  Scaled apply(Matrix matrix, int[] samples) {
    float[] values = new float[Math.multiplyExact(samples.length, genes.length)];
    long clipped =
        IntStream.range(0, Math.ceilDiv(genes.length, BLOCK))
            .parallel()
            .mapToLong(block -> applyBlock(matrix, samples, block * BLOCK, values))
            .sum();
    return new Scaled(values, clipped);
  }

  /// Scales a block of genes from `first` on, and returns how many values were clipped.
  private long applyBlock(Matrix matrix, int[] samples, int first, float[] values) {
    int size = Math.min(BLOCK, genes.length - first);
    float[][] block = new float[size][];
    for (int b = 0; b < size; b++) {
      block[b] = matrix.values().of(genes[first + b]);
    }
    boolean clips = method == Scale.MIN_MAX;
    long clipped = 0;
    for (int i = 0; i < samples.length; i++) {
      int at = i * genes.length + first;
      for (int b = 0; b < size; b++) {
        int g = first + b;
        double raw = block[b][samples[i]];
        double value = ((Double.isNaN(raw) ? missing[g] : raw) - offset[g]) / scale[g];
        if (clips && (value < 0 || value > 1)) {
          value = value < 0 ? 0 : 1;
          clipped++;
        }
        values[at + b] = (float) value;
      }
    }
    return clipped;
  }

  /// What goes with the data: the same in single precision.
  Scaling scaling(CountScaling counts) {
    return new Scaling(method.text(), floats(offset), floats(scale), counts);
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /// @param values samples x genes, row by row
  /// @param clipped number of values that were clipped
  record Scaled(float[] values, long clipped) {}
}
