package org.vaescape.data;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import org.vaescape.UserError;

/// Reads an expression matrix: TSV or CSV, plain or gzip, or NumPy's `.npy`.
///
/// A text file has one line of names, then a line for each row that begins with its name; cells are
/// separated by tabs if the first line has one, else by commas, and may stand in double quotes. A
/// missing value is an empty cell, `NA`, `NaN`, `nan` or `null`. An `.npy` file is samples x genes
/// unless it is said to have [Orientation#GENES_IN_ROWS], and has no names: they become `s1`, `s2`,
/// ... and `g1`, `g2`, ...
///
/// With [Orientation#AUTO] the genes are sought, in this order: across from names that are sample
/// barcodes (TCGA, TARGET, GTEx, GEO, SRA); where names are gene identifiers; where the first cell
/// says so, which is `sample` for UCSC Xena's genes in rows; along the longer side. The last two
/// leave a note in [Matrix#notes].
///
/// Takes 4 bytes a value and a few rows more, whichever way round the file lies; a [DataCache]
/// takes them on disk.
public final class MatrixFile {
  private MatrixFile() {}

  /// Reads the whole file onto the heap.
  ///
  /// @throws UserError with file, line, column, rule and value if the file is not such a matrix
  public static Matrix read(Path path, Orientation orientation) {
    return read(path, orientation, new RowsInMemory());
  }

  /// Reads the whole file to where `rows` keep it.
  static Matrix read(Path path, Orientation orientation, Rows rows) {
    try (PushbackInputStream in = DataFile.open(path)) {
      if (NpyFile.begins(in)) {
        return NpyFile.read(path, in, orientation == Orientation.GENES_IN_ROWS, rows);
      }
      try (ReadAhead ahead = new ReadAhead(in)) {
        return new TextMatrix(path, new LineReader(ahead), rows).read(orientation);
      }
    } catch (IOException e) {
      throw DataFile.broken(path, e, "");
    }
  }
}
