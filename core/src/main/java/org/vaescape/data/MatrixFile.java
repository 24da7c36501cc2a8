package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vaescape.UserError;

/// Reads an expression matrix: text (TSV, CSV, GCT), NumPy's `.npy` and `.npz`, AnnData's `.h5ad`,
/// 10x Genomics' `.h5` and folder of `matrix.mtx`, Parquet. What a file is, its first bytes tell;
/// all but `.npz`, HDF5 and Parquet may be compressed by gzip, Zstandard or bzip2.
///
/// A text file has one line of names, then a line for each row that begins with its name; cells are
/// parted as [TextDialect] says and may stand in double quotes. R's `write.table` leaves out the
/// name above the first column. A missing value is an empty cell, or a word for it such as `NA`,
/// `NaN`, `null` or Excel's `#N/A`. An `.npy` file is samples x genes unless it is said to have
/// [Orientation#GENES_IN_ROWS], and has no names: they become `s1`, `s2`, ... and `g1`, `g2`, ...
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

  /// Whether a folder is a matrix, as 10x Genomics writes it.
  public static boolean is(Path folder) {
    return MatrixMarketFile.in(folder).isPresent();
  }

  /// How a file is compressed: `gzip`; empty if it is not.
  public static String compression(Path path) {
    if (!Files.isRegularFile(path)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Compression.of(in.readNBytes(Compression.LONGEST)).map(Compression::label).orElse("");
    } catch (IOException e) {
      throw DataFile.broken(path, e, "");
    }
  }

  /// Names of the layers of an `.h5ad` file; empty of another one.
  public static List<String> layers(Path path) {
    return AnnDataObs.is(path) ? Hdf5File.layers(path) : List.of();
  }

  /// Reads the whole file onto the heap.
  ///
  /// @throws UserError with file, line, column, rule and value if the file is not such a matrix
  public static Matrix read(Path path, Orientation orientation) {
    return read(path, orientation, "", new RowsInMemory());
  }

  /// Reads the whole file to where `rows` keep it.
  ///
  /// @param layer of an `.h5ad` file; its X where it is empty
  static Matrix read(Path path, Orientation orientation, String layer, Rows rows) {
    Optional<Path> inFolder = MatrixMarketFile.in(path);
    if (inFolder.isPresent()) {
      return read(inFolder.get(), orientation, layer, rows);
    }
    try (PushbackInputStream in = DataFile.open(path)) {
      if (Hdf5File.begins(in)) {
        DataFile.requireBare(path, "HDF5");
        return Hdf5File.read(path, layer, rows);
      }
      if (!layer.isEmpty()) {
        throw new UserError(
            "%s: data.layer is %s, but only .h5ad files have layers; take it away"
                .formatted(path, layer));
      }
      if (MatrixMarketFile.begins(in)) {
        try (ReadAhead ahead = new ReadAhead(in)) {
          return MatrixMarketFile.read(path, ahead, orientation);
        }
      }
      if (ParquetMatrix.begins(in)) {
        DataFile.requireBare(path, "Parquet");
        return ParquetMatrix.read(path, orientation, rows);
      }
      if (NpzFile.is(path, in)) {
        return NpzFile.read(path, orientation, rows);
      }
      if (NpyFile.begins(in)) {
        return NpyFile.read(
            path.toString(),
            in,
            orientation == Orientation.GENES_IN_ROWS,
            rows,
            NpyFile.Names.NONE);
      }
      try (ReadAhead ahead = new ReadAhead(in)) {
        return new TextMatrix(path, new LineReader(ahead), rows).read(orientation);
      }
    } catch (IOException e) {
      throw DataFile.broken(path, e, "");
    }
  }
}
