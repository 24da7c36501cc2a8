package org.vaescape.data;

/// One gene's values in the samples that are fitted on.
///
/// @param values of these samples, missing ones replaced by the mean of the others; empty if all
///   are missing
/// @param mean of the values that are there, NaN if none is
record FitValues(double[] values, double mean) {

  static FitValues of(float[] gene, int[] samples) {
    double[] values = new double[samples.length];
    double sum = 0;
    int present = 0;
    for (int i = 0; i < samples.length; i++) {
      double value = gene[samples[i]];
      values[i] = value;
      if (!Double.isNaN(value)) {
        sum += value;
        present++;
      }
    }
    if (present == 0) {
      return new FitValues(new double[0], Double.NaN);
    }
    double mean = sum / present;
    for (int i = 0; present < samples.length && i < samples.length; i++) {
      if (Double.isNaN(values[i])) {
        values[i] = mean;
      }
    }
    return new FitValues(values, mean);
  }
}
