package org.vaescape.data;

/// Takes the rows of a file as they come, and gives them back as genes once it is known which way
/// round the file lies.
interface Rows {
  /// Takes the next row, which nobody else keeps; all have the same width.
  void add(float[] row);

  /// The rows as they came, each a gene. Called once, after the last row.
  GeneValues rows();

  /// The columns, each a gene. Called once, after the last row.
  ///
  /// @param width of a row
  GeneValues columns(int width);
}
