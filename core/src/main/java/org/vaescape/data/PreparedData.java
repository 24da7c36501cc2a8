package org.vaescape.data;

import java.util.List;

/// What a trial trains on: chosen genes, scaled, split. Shared by all workers, never written to.
///
/// @param genes names of the columns, in the order of the file
/// @param scaling how each column was scaled, to go back to the units of the file
/// @param test put aside: seen by nothing but a last judgement; of size 0 unless asked for
/// @param clippedShare share of validation values that min-max scaling clipped to [0, 1]
/// @param hash content hash of the matrix and of everything done to it, 64 hexadecimal digits
/// @param notes warnings for the person who runs the study, one sentence each
public record PreparedData(
    List<String> genes,
    Part training,
    Part validation,
    Part test,
    Scaling scaling,
    double clippedShare,
    String hash,
    List<String> notes) {
  public PreparedData {
    genes = List.copyOf(genes);
    notes = List.copyOf(notes);
  }

  /// The same with more that is known of the samples.
  public PreparedData with(Annotations annotations) {
    return new PreparedData(
        genes,
        annotations.of(training),
        annotations.of(validation),
        annotations.of(test),
        scaling,
        clippedShare,
        hash,
        notes);
  }

  /// The same but for the values of the training part, which somebody else holds.
  public PreparedData withoutTrainingValues() {
    return new PreparedData(
        genes, training.withoutValues(), validation, test, scaling, clippedShare, hash, notes);
  }
}
