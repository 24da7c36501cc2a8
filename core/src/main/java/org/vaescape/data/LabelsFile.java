package org.vaescape.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.UserError;

/// Reads labels of samples: a TSV or CSV file, plain or gzip, with a line of column names.
///
/// The columns `sample` and `label` are taken, or the first two if it has neither name or no other
/// columns. Cells may stand in double quotes. A sample whose label is empty or `NA` has none.
public final class LabelsFile {
  /// Columns beyond these are counted in a message; a matrix in the place of labels has thousands.
  private static final int MOST_NAMES = 8;

  private LabelsFile() {}

  /// Reads the whole file.
  ///
  /// @throws UserError with file, line, rule and value if the file does not say labels
  public static Labels read(Path path) {
    SampleTable table = SampleTable.read(path);
    List<String> header = table.header();
    int sampleColumn = header.indexOf("sample");
    int labelColumn = header.indexOf("label");
    List<String> notes = new ArrayList<>();
    if (sampleColumn < 0 || labelColumn < 0) {
      boolean oneIsNamed = sampleColumn >= 0 || labelColumn >= 0;
      if (header.size() < 2 || (oneIsNamed && header.size() > 2)) {
        throw new UserError(
            "%s, line 1: must have the columns sample and label but has %s%s"
                .formatted(path, names(header), DataFile.delimiterHint(header.getFirst())));
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

  /// What another column says of each sample, in the order of the file; empty if the column is
  /// `auto` and there is neither a column `batch` nor `source`, or if it is `none`.
  ///
  /// @param column its name, `auto` or `none`
  /// @throws UserError if there is no column of that name
  public static SequencedMap<String, String> batches(Path path, String column) {
    SampleTable table = SampleTable.read(path);
    String chosen =
        column.equals("auto")
            ? Stream.of("batch", "source")
                .filter(table.header()::contains)
                .findFirst()
                .orElse("none")
            : column;
    if (chosen.equals("none")) {
      return new LinkedHashMap<>();
    }
    int index = table.header().indexOf(chosen);
    if (index < 0) {
      throw new UserError(
          "%s, line 1: has no column %s, which data.batch-column names; it has %s"
              .formatted(path, chosen, names(table.header())));
    }
    return texts(table.column(Math.max(0, table.header().indexOf("sample")), index));
  }

  private static String names(List<String> header) {
    int more = header.size() - MOST_NAMES;
    return more <= 0
        ? String.join(", ", header)
        : String.join(", ", header.subList(0, MOST_NAMES)) + " and %s more".formatted(more);
  }

  private static SequencedMap<String, String> texts(SequencedMap<String, SampleTable.Cell> cells) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    cells.forEach((sample, cell) -> texts.put(sample, cell.text()));
    return texts;
  }
}
