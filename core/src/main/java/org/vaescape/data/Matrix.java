package org.vaescape.data;

import java.util.List;

/// An expression matrix as the file has it. Never written to; several threads may read it.
///
/// @param source the file it came from, for messages
/// @param samples names, all different, in the order of the file
/// @param genes names, all different, in the order of the file
/// @param values of each gene, on the heap or in a file of a [DataCache]
/// @param hash content hash of names and values, 64 hexadecimal digits; the same for every format
///   and orientation that holds the same matrix
/// @param notes warnings from reading, one sentence each, that begin with the source
/// @param form of the file, in words
public record Matrix(
    String source,
    List<String> samples,
    List<String> genes,
    GeneValues values,
    String hash,
    List<String> notes,
    Form form) {
  public Matrix {
    samples = List.copyOf(samples);
    genes = List.copyOf(genes);
    notes = List.copyOf(notes);
  }

  /// What a file is, for somebody who wonders.
  ///
  /// @param format `tab-separated text`; empty if nobody said
  /// @param orientation where genes are and how that is known: `genes in rows, since ...`; empty if
  ///   nobody said
  public record Form(String format, String orientation) {
    static final Form UNKNOWN = new Form("", "");
  }

  /// A matrix with the hash of its content.
  public static Matrix of(
      String source,
      List<String> samples,
      List<String> genes,
      float[][] byGene,
      List<String> notes) {
    if (byGene.length != genes.size()) {
      throw new IllegalArgumentException(
          "%s genes have %s rows of values".formatted(genes.size(), byGene.length));
    }
    return of(source, samples, genes, gene -> byGene[gene], notes);
  }

  /// A matrix with the hash of its content.
  static Matrix of(
      String source,
      List<String> samples,
      List<String> genes,
      GeneValues values,
      List<String> notes) {
    ContentHash hash = new ContentHash("vaescape matrix 1");
    hash.texts(samples);
    hash.texts(genes);
    for (int gene = 0; gene < genes.size(); gene++) {
      float[] ofGene = values.of(gene);
      if (ofGene.length != samples.size()) {
        throw new IllegalArgumentException(
            "%s samples have %s values".formatted(samples.size(), ofGene.length));
      }
      hash.values(ofGene);
    }
    return new Matrix(source, samples, genes, values, hash.hex(), notes, Form.UNKNOWN);
  }

  /// The same from a file of this form.
  Matrix in(Form other) {
    return new Matrix(source, samples, genes, values, hash, notes, other);
  }

  /// The same with other values in the place of these, and the hash of these.
  Matrix with(GeneValues other) {
    return new Matrix(source, samples, genes, other, hash, notes, form);
  }
}
