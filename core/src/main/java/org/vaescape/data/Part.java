package org.vaescape.data;

import java.util.List;

/// Samples of one side of the split, scaled, in the order of the file.
///
/// @param samples names, as the matrix has them
/// @param patients for each sample who it comes from: the first 12 characters of a TCGA barcode,
///   else the sample's own name
/// @param labels for each sample its label, empty string where it has none; an empty list when the
///   study has no labels
/// @param genes number of columns of `values`
/// @param values samples x genes, row by row
public record Part(
    List<String> samples, List<String> patients, List<String> labels, int genes, float[] values) {
  public Part {
    samples = List.copyOf(samples);
    patients = List.copyOf(patients);
    labels = List.copyOf(labels);
    if (patients.size() != samples.size()
        || (!labels.isEmpty() && labels.size() != samples.size())
        || values.length != (long) samples.size() * genes) {
      throw new IllegalArgumentException(
          "%d samples, %d patients, %d labels, %d genes and %d values do not fit"
              .formatted(samples.size(), patients.size(), labels.size(), genes, values.length));
    }
  }

  public int size() {
    return samples.size();
  }
}
