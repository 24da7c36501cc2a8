package org.vaescape.data;

import java.util.List;

/// Samples of one side of the split, scaled, in the order of the file.
///
/// @param samples names, as the matrix has them
/// @param patients for each sample who it comes from: the first 12 characters of a TCGA barcode,
///   else the sample's own name
/// @param labels for each sample its label, empty string where it has none; an empty list when the
///   study has no labels
/// @param batches for each sample where it was measured or comes from, empty string where that is
///   not known; an empty list when the study has none
/// @param followUps for each sample its survival; an empty list when the study has none
/// @param genes number of columns of `values`
/// @param values samples x genes, row by row; none of them after [#withoutValues]
public record Part(
    List<String> samples,
    List<String> patients,
    List<String> labels,
    List<String> batches,
    List<FollowUp> followUps,
    int genes,
    float[] values) {
  public Part {
    samples = List.copyOf(samples);
    patients = List.copyOf(patients);
    labels = List.copyOf(labels);
    batches = List.copyOf(batches);
    followUps = List.copyOf(followUps);
    if (patients.size() != samples.size()
        || (!labels.isEmpty() && labels.size() != samples.size())
        || (!batches.isEmpty() && batches.size() != samples.size())
        || (!followUps.isEmpty() && followUps.size() != samples.size())
        || (values.length > 0 && values.length != (long) samples.size() * genes)) {
      throw new IllegalArgumentException(
          "%s samples, %s patients, %s labels, %s batches, %s follow-ups, %s genes and %s values do not fit"
              .formatted(
                  samples.size(),
                  patients.size(),
                  labels.size(),
                  batches.size(),
                  followUps.size(),
                  genes,
                  values.length));
    }
  }

  /// Samples of which at most the labels are known.
  public Part(
      List<String> samples, List<String> patients, List<String> labels, int genes, float[] values) {
    this(samples, patients, labels, List.of(), List.of(), genes, values);
  }

  /// The same samples without their values, which somebody else holds.
  public Part withoutValues() {
    return new Part(samples, patients, labels, batches, followUps, genes, new float[0]);
  }

  public int size() {
    return samples.size();
  }
}
