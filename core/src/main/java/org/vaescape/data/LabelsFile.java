package org.vaescape.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.UserError;

/// Reads labels of samples: a TSV or CSV file, plain or gzip, with a line of column names, or the
/// `obs` of an `.h5ad` file.
///
/// The column that is asked for is taken beside `sample` or the first one; otherwise `sample` and
/// `label`, or the first two if it has neither name or no other columns. Cells may stand in double
/// quotes. A sample whose label is empty or `NA` has none.
public final class LabelsFile {
  /// A message names so many columns; a matrix in the place of labels has thousands.
  private static final int MOST_NAMES = 8;

  /// Whichever column is called as such columns are.
  public static final String AUTO = "auto";

  private LabelsFile() {}

  /// Reads the whole file.
  ///
  /// @throws UserError with file, line, rule and value if the file does not say labels
  public static Labels read(Path path) {
    return read(path, AUTO);
  }

  /// The same of a column.
  ///
  /// @param column its name, or `auto`
  public static Labels read(Path path, String column) {
    SampleTable table = SampleTable.read(path);
    List<String> header = table.header();
    if (!column.equals(AUTO)) {
      return new Labels(path.toString(), texts(column(table, column, "label-column")), List.of());
    }
    int sampleColumn = header.indexOf("sample");
    int labelColumn = header.indexOf("label");
    List<String> notes = new ArrayList<>();
    if (sampleColumn < 0 || labelColumn < 0) {
      boolean oneIsNamed = sampleColumn >= 0 || labelColumn >= 0;
      if (header.size() < 2 || (oneIsNamed && header.size() > 2)) {
        throw new UserError(
            "%s: must have the columns sample and label but has %s; data.label-column takes another one%s"
                .formatted(
                    table.place(), names(header), DataFile.delimiterHint(header.getFirst())));
      }
      sampleColumn = 0;
      labelColumn = 1;
      if (!oneIsNamed) {
        notes.add(
            "%s: column %s is taken for the sample and column %s for the label; name them sample"
                    .formatted(path, header.get(0), header.get(1))
                + " and label to choose others");
      }
    }
    return new Labels(path.toString(), texts(table.column(sampleColumn, labelColumn)), notes);
  }

  /// Whether a matrix says itself what its samples are, as AnnData does.
  public static boolean isIn(Path matrix) {
    return AnnDataObs.is(matrix);
  }

  /// The columns beside the names of samples, with the number of different texts in each.
  public static SequencedMap<String, Integer> columns(Path path) {
    SampleTable table = SampleTable.read(path);
    int samples = Math.max(0, table.header().indexOf("sample"));
    SequencedMap<String, Integer> columns = new LinkedHashMap<>();
    for (int column = 0; column < table.header().size(); column++) {
      if (column != samples) {
        columns.put(
            table.header().get(column),
            new HashSet<>(texts(table.column(samples, column)).values()).size());
      }
    }
    return columns;
  }

  /// What another column says of each sample, in the order of the file; empty if the column is
  /// `auto` and there is neither a column `batch` nor `source`, or if it is `none`.
  ///
  /// @param column its name, `auto` or `none`
  /// @throws UserError if there is no column of that name
  public static SequencedMap<String, String> batches(Path path, String column) {
    SampleTable table = SampleTable.read(path);
    String chosen =
        column.equals(AUTO)
            ? Stream.of("batch", "source")
                .filter(table.header()::contains)
                .findFirst()
                .orElse("none")
            : column;
    if (chosen.equals("none")) {
      return new LinkedHashMap<>();
    }
    return texts(column(table, chosen, "batch-column"));
  }

  /// @param key of the section `data`, which names the column
  private static SequencedMap<String, SampleTable.Cell> column(
      SampleTable table, String column, String key) {
    int index = table.header().indexOf(column);
    if (index < 0) {
      throw new UserError(
          "%s: has no column %s, which data.%s names; it has %s"
              .formatted(table.place(), column, key, names(table.header())));
    }
    return table.column(Math.max(0, table.header().indexOf("sample")), index);
  }

  /// Names of columns, the first of many.
  static String names(List<String> header) {
    return AxisNames.some(header, MOST_NAMES);
  }

  private static SequencedMap<String, String> texts(SequencedMap<String, SampleTable.Cell> cells) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    cells.forEach((sample, cell) -> texts.put(sample, cell.text()));
    return texts;
  }
}
