package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaescape.UserError;

/// Reads a sparse matrix from the Matrix Market exchange format, as 10x Genomics' Cell Ranger,
/// STARsolo and `scipy.io.mmwrite` write it: genes x samples, with `features.tsv` or `genes.tsv`
/// (id, symbol, kind) and `barcodes.tsv` beside it, each gzipped or not.
///
/// Of features of several kinds only `Gene Expression` is taken.
final class MatrixMarketFile {
  private static final String BEGIN = "%%Matrix";
  private static final Pattern TAB = Pattern.compile("\t");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final List<String> MATRICES = List.of("matrix.mtx.gz", "matrix.mtx");
  private static final List<String> FEATURES =
      List.of("features.tsv.gz", "features.tsv", "genes.tsv.gz", "genes.tsv");
  private static final List<String> BARCODES = List.of("barcodes.tsv.gz", "barcodes.tsv");

  private final Path path;
  private final String source;
  private final LineReader lines;

  private MatrixMarketFile(Path path, InputStream in) {
    this.path = path;
    this.source = path.toString();
    this.lines = new LineReader(in);
  }

  /// The matrix of a folder as Cell Ranger writes it; empty if that is no such folder.
  static Optional<Path> in(Path folder) {
    return first(folder, MATRICES);
  }

  static boolean begins(PushbackInputStream in) throws IOException {
    return new String(DataFile.peek(in, BEGIN.length()), StandardCharsets.US_ASCII).equals(BEGIN);
  }

  static Matrix read(Path path, InputStream in, Orientation orientation) throws IOException {
    return new MatrixMarketFile(path, in).read(orientation);
  }

  /// @param genesInRows whether the file's first index is that of genes
  private record Sizes(
      boolean genesInRows, int genes, int samples, long entries, boolean pattern) {}

  private Matrix read(Orientation orientation) throws IOException {
    Sizes sizes = sizes(orientation);
    TenXFeatures features = features(sizes.genes);
    List<String> samples = samples(sizes.samples);
    SparseGenes.Builder values =
        new SparseGenes.Builder(
            source,
            features.kept(),
            sizes.samples,
            (int) Math.min(Math.min(sizes.entries, Files.size(path)), 1 << 24));
    for (long i = 0; i < sizes.entries; i++) {
      if (!lines.next()) {
        throw new UserError(
            "%s: announces %s values but ends after %s; copy or download it again"
                .formatted(source, sizes.entries, i));
      }
      take(sizes, features, values);
    }
    if (lines.next()) {
      throw new UserError(
          "%s, line %s: goes on after the %s values that it announces"
              .formatted(source, lines.line(), sizes.entries));
    }
    return Matrix.of(source, samples, features.names(), values.build(), features.notes())
        .in(
            new Matrix.Form(
                "Matrix Market, sparse",
                "genes in %s, as 10x Genomics writes it"
                    .formatted(sizes.genesInRows ? "rows" : "columns")));
  }

  private void take(Sizes sizes, TenXFeatures features, SparseGenes.Builder values) {
    StringTokenizer cells = new StringTokenizer(line(), " \t");
    try {
      int row = Integer.parseInt(cells.nextToken()) - 1;
      int column = Integer.parseInt(cells.nextToken()) - 1;
      float value = sizes.pattern ? 1 : Float.parseFloat(cells.nextToken());
      int gene = sizes.genesInRows ? row : column;
      int sample = sizes.genesInRows ? column : row;
      boolean inside = gene >= 0 && gene < sizes.genes && sample >= 0 && sample < sizes.samples;
      if (inside && Float.isFinite(value) && !cells.hasMoreTokens()) {
        if (features.place()[gene] >= 0) {
          values.add(features.place()[gene], sample, value);
        }
        return;
      }
    } catch (NumberFormatException | NoSuchElementException _) {
      // Told below, as what is out of range.
    }
    throw new UserError(
        "%s, line %s: must be a row, a column and a finite number within %s x %s but was '%s'"
            .formatted(
                source,
                lines.line(),
                sizes.genesInRows ? sizes.genes : sizes.samples,
                sizes.genesInRows ? sizes.samples : sizes.genes,
                line()));
  }

  private String line() {
    int length = Math.min(lines.end() - lines.start(), 200);
    return new String(lines.bytes(), lines.start(), length, StandardCharsets.UTF_8).strip();
  }

  private Sizes sizes(Orientation orientation) throws IOException {
    String banner = lines.next() ? line() : "";
    String[] words = SPACES.split(banner.toLowerCase(Locale.ROOT), -1);
    boolean known =
        words.length >= 5
            && words[1].equals("matrix")
            && words[2].equals("coordinate")
            && List.of("real", "integer", "pattern").contains(words[3])
            && words[4].equals("general");
    if (!known) {
      throw new UserError(
          "%s, line 1: must be '%%%%MatrixMarket matrix coordinate', then real, integer or pattern, then general, but was '%s'"
              .formatted(source, banner));
    }
    do {
      if (!lines.next()) {
        throw new UserError(source + ": ends before its sizes");
      }
    } while (line().startsWith("%"));
    String[] numbers = SPACES.split(line(), -1);
    if (numbers.length != 3 || !Stream.of(numbers).allMatch(n -> n.matches("\\d{1,10}"))) {
      throw new UserError(
          "%s, line %s: must be the numbers of rows, columns and values but was '%s'"
              .formatted(source, lines.line(), line()));
    }
    int rows = size(numbers[0]);
    int columns = size(numbers[1]);
    boolean genesInRows = orientation != Orientation.GENES_IN_COLUMNS;
    return new Sizes(
        genesInRows,
        genesInRows ? rows : columns,
        genesInRows ? columns : rows,
        Long.parseLong(numbers[2]),
        words[3].equals("pattern"));
  }

  private int size(String digits) {
    long size = Long.parseLong(digits);
    if (!NpyHeader.isSize(size)) {
      throw new UserError(
          "%s, line %s: a matrix cannot have %s rows or columns"
              .formatted(source, lines.line(), digits));
    }
    return (int) size;
  }

  private TenXFeatures features(int count) throws IOException {
    Optional<Path> file = beside(FEATURES);
    if (file.isEmpty()) {
      return new TenXFeatures(
          NpyFile.numbered(source, "g", count, Files.size(path)),
          IntStream.range(0, count).toArray(),
          List.of(
              "%s: no features.tsv or genes.tsv is beside it, so genes have numbers"
                  .formatted(source)));
    }
    List<String> ids = new ArrayList<>();
    List<String> symbols = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    for (String line : DataFile.lines(file.get())) {
      String[] cells = TAB.split(line, -1);
      ids.add(cells[0].strip());
      symbols.add(cells.length > 1 ? cells[1].strip() : cells[0].strip());
      kinds.add(cells.length > 2 ? cells[2].strip() : TenXFeatures.EXPRESSION);
    }
    AxisNames.checked(file.get().toString(), "genes", ids, count);
    return TenXFeatures.of(file.get().toString(), ids, symbols, kinds);
  }

  private List<String> samples(int count) throws IOException {
    Optional<Path> file = beside(BARCODES);
    if (file.isEmpty()) {
      return NpyFile.numbered(source, "s", count, Files.size(path));
    }
    List<String> names =
        DataFile.lines(file.get()).stream().map(line -> TAB.split(line, -1)[0].strip()).toList();
    return AxisNames.checked(file.get().toString(), "samples", names, count);
  }

  private Optional<Path> beside(List<String> names) {
    Path folder = path.toAbsolutePath().getParent();
    return folder == null ? Optional.empty() : first(folder, names);
  }

  private static Optional<Path> first(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }
}
