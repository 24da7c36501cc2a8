package org.vaescape.data;

/// Which way round a matrix file lies.
public enum Orientation {
  /// Found out from the names in the file; see [MatrixFile].
  AUTO,
  /// A row for each gene, a column for each sample, as UCSC Xena writes it.
  GENES_IN_ROWS,
  /// A row for each sample, a column for each gene.
  GENES_IN_COLUMNS;

  /// The word in a study file, such as `genes-in-rows`.
  public String text() {
    return Words.text(this);
  }

  /// The orientation of this word.
  ///
  /// @throws IllegalArgumentException naming the words if `word` is none of them
  public static Orientation of(String word) {
    return Words.of(Orientation.class, word);
  }
}
