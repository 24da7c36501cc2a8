package org.vaescape.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaescape.UserError;

/// Reads a matrix from NumPy's `.npy` format, versions 1 to 3.
final class NpyFile {
  private static final int FEW = 1 << 20;

  private NpyFile() {}

  /// What stands beside an array; empty where nothing does.
  record Names(Optional<List<String>> samples, Optional<List<String>> genes) {
    static final Names NONE = new Names(Optional.empty(), Optional.empty());
  }

  static boolean begins(PushbackInputStream in) throws IOException {
    return NpyHeader.begins(DataFile.peek(in, NpyHeader.MAGIC.size()));
  }

  /// @param source the file, and the array where it has several
  /// @param genesInRows whether the array is genes x samples instead of samples x genes
  /// @param rows takes the values
  /// @param names of samples and genes; numbers where there are none
  static Matrix read(String source, InputStream in, boolean genesInRows, Rows rows, Names names)
      throws IOException {
    NpyHeader header = NpyHeader.read(source, in);
    NpyType type = NpyType.of(source, header.type());
    if (header.shape().size() != 2) {
      throw new UserError(
          "%s: must have 2 dimensions, samples x genes, but its shape is (%s)"
              .formatted(source, header.shapeText()));
    }
    int samples = header.size(source, genesInRows ? 1 : 0);
    int genes = header.size(source, genesInRows ? 0 : 1);
    // Genes x samples in one order of storage are samples x genes in the other.
    boolean byGene = header.fortran() != genesInRows;
    if (byGene) {
      for (int g = 0; g < genes; g++) {
        ByteBuffer column = next(source, in, type, samples, "gene", g, genes);
        float[] values = new float[samples];
        for (int s = 0; s < samples; s++) {
          values[s] = value(source, type, column, s, g);
        }
        rows.add(values);
      }
    } else {
      for (int s = 0; s < samples; s++) {
        ByteBuffer row = next(source, in, type, genes, "sample", s, samples);
        float[] values = new float[genes];
        for (int g = 0; g < genes; g++) {
          values[g] = value(source, type, row, s, g);
        }
        rows.add(values);
      }
    }
    if (in.read() >= 0) {
      throw new UserError(
          "%s: goes on after the %s x %s values that its header announces"
              .formatted(source, samples, genes));
    }
    return Matrix.of(
            source,
            names
                .samples()
                .map(given -> AxisNames.checked(source, "samples", given, samples))
                .orElseGet(() -> numbered("s", samples)),
            names
                .genes()
                .map(given -> AxisNames.checked(source, "genes", given, genes))
                .orElseGet(() -> numbered("g", genes)),
            byGene ? rows.rows() : rows.columns(genes),
            List.of())
        .in(
            new Matrix.Form(
                "NumPy's array of %s".formatted(header.type()),
                genesInRows
                    ? "genes x samples, since data.orientation says so"
                    : "samples x genes"));
  }

  private static ByteBuffer next(
      String source, InputStream in, NpyType type, int count, String what, int done, int of)
      throws IOException {
    byte[] bytes = in.readNBytes(count * type.bytes());
    if (bytes.length < count * type.bytes()) {
      throw DataFile.broken(
          source, new EOFException(), " after %s of %s %ss".formatted(done, of, what));
    }
    return ByteBuffer.wrap(bytes).order(type.order());
  }

  private static float value(String source, NpyType type, ByteBuffer line, int sample, int gene) {
    float value = (float) type.next(line);
    if (Float.isInfinite(value)) {
      throw new UserError(
          "%s, sample s%s, gene g%s: a value must be a finite number but was %s"
              .formatted(source, sample + 1, gene + 1, value > 0 ? "inf" : "-inf"));
    }
    return value;
  }

  /// `s1`, `s2`, ...
  ///
  /// @param source what says how many there are, for messages
  /// @param bytes of the file: nobody has many more samples or genes than it has bytes
  static List<String> numbered(String source, String prefix, int count, long bytes) {
    if (count > Math.max(FEW, bytes)) {
      throw new UserError(
          "%s: is said to have %s rows or columns, which its %s bytes cannot tell of; copy it again, or bring the files of names beside it"
              .formatted(source, count, bytes));
    }
    return numbered(prefix, count);
  }

  /// `s1`, `s2`, ...
  static List<String> numbered(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
  }
}
