package org.vaescape.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Pearson's correlation of each gene with its reconstruction, over samples that come in blocks.
///
/// A reconstruction of one gene that varies by no more than single precision rounds has no
/// correlation, nor has a gene that does not vary.
final class GeneCorrelations {
  /// Standard deviations below this share of the largest value are rounding.
  private static final double ROUNDING = 1e-6;

  private final double[] shift;
  private final double[] x;
  private final double[] y;
  private final double[] xx;
  private final double[] yy;
  private final double[] xy;
  private long samples;

  /// @param shift for each gene a number near its values, such as the training mean, so that sums
  ///   of squares keep their digits
  GeneCorrelations(double[] shift) {
    this.shift = shift.clone();
    x = new double[shift.length];
    y = new double[shift.length];
    xx = new double[shift.length];
    yy = new double[shift.length];
    xy = new double[shift.length];
  }

  /// Adds samples.
  ///
  /// @param values holds the samples, row by row, from index `from`
  /// @param reconstruction of these samples alone, row by row
  void add(float[] values, int from, float[] reconstruction) {
    int genes = shift.length;
    for (int row = 0; row < reconstruction.length; row += genes) {
      for (int gene = 0; gene < genes; gene++) {
        double a = values[from + row + gene] - shift[gene];
        double b = reconstruction[row + gene] - shift[gene];
        x[gene] += a;
        y[gene] += b;
        xx[gene] += a * a;
        yy[gene] += b * b;
        xy[gene] += a * b;
      }
    }
    samples += reconstruction.length / genes;
  }

  /// The correlation of each gene, NaN where it has none.
  double[] byGene() {
    return IntStream.range(0, shift.length).mapToDouble(this::of).toArray();
  }

  private double of(int gene) {
    double squaresX = xx[gene] - x[gene] * x[gene] / samples;
    double squaresY = yy[gene] - y[gene] * y[gene] / samples;
    if (rounding(squaresX, xx[gene], gene) || rounding(squaresY, yy[gene], gene)) {
      return Double.NaN;
    }
    double products = xy[gene] - x[gene] * y[gene] / samples;
    return Math.clamp(products / Math.sqrt(squaresX * squaresY), -1, 1);
  }

  private boolean rounding(double squares, double sum, int gene) {
    double size = Math.sqrt(sum / samples) + Math.abs(shift[gene]);
    return !(Math.sqrt(squares / samples) > ROUNDING * size);
  }

  /// The value that a share of the sorted numbers lies below, straight between two of them (type 7
  /// of Hyndman and Fan 1996). Numbers that are NaN are left out; NaN where all are.
  static double quantile(double[] values, double share) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
