package org.vaescape.train;

/// Brings every dimension to mean 0 and standard deviation 1 (divisor N) on the points that it was
/// fitted to, so that one penalty suits all representations. A dimension that does not vary there
/// becomes 0.
///
/// @param mean of each dimension
/// @param scale 1 / standard deviation, or 0
record Standardization(double[] mean, double[] scale) {
  /// Standard deviations below this share of the mean's size are rounding.
  private static final double ROUNDING = 1e-7;

  /// Fits to some rows of `values`.
  static Standardization of(float[] values, int dimensions, int[] rows) {
    double[] mean = new double[dimensions];
    for (int row : rows) {
      for (int d = 0; d < dimensions; d++) {
        mean[d] += (double) values[row * dimensions + d] / rows.length;
      }
    }
    double[] scale = new double[dimensions];
    for (int row : rows) {
      for (int d = 0; d < dimensions; d++) {
        double difference = values[row * dimensions + d] - mean[d];
        scale[d] += difference * difference / rows.length;
      }
    }
    for (int d = 0; d < dimensions; d++) {
      double deviation = Math.sqrt(scale[d]);
      scale[d] = deviation > ROUNDING * Math.abs(mean[d]) ? 1 / deviation : 0;
    }
    return new Standardization(mean, scale);
  }

  /// The chosen rows, standardized, row by row.
  double[] apply(float[] values, int[] rows) {
    int dimensions = mean.length;
    double[] standardized = new double[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < dimensions; d++) {
        standardized[i * dimensions + d] = (values[rows[i] * dimensions + d] - mean[d]) * scale[d];
      }
    }
    return standardized;
  }
}
