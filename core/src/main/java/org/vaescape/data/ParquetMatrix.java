package org.vaescape.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaescape.UserError;
import org.vaescape.data.ParquetTable.Column;

/// Reads a matrix from Parquet, as pandas, Polars, R's arrow and DuckDB write it: columns of
/// numbers, each of a gene or of a sample.
///
/// Rows are named by pandas' index, else by the first column of texts; other columns of texts are
/// left out, and a note says so. Rows without names get numbers.
final class ParquetMatrix {
  private final String source;
  private final ParquetTable table;
  private final List<String> notes = new ArrayList<>();

  private ParquetMatrix(Path path, ParquetTable table) {
    this.source = path.toString();
    this.table = table;
  }

  static boolean begins(PushbackInputStream in) throws IOException {
    return ParquetTable.begins(DataFile.peek(in, 4));
  }

  static Matrix read(Path path, Orientation orientation, Rows rows) throws IOException {
    long bytes = Files.size(path);
    return ParquetTable.open(
        path, table -> new ParquetMatrix(path, table).read(bytes, orientation, rows));
  }

  private Matrix read(long bytes, Orientation orientation, Rows values) throws IOException {
    Optional<Column> index = index();
    List<Column> columns = valueColumns(index);
    if (!NpyHeader.isSize(table.rows())) {
      throw new UserError(
          "%s: must have rows of values below its column names but has %s"
              .formatted(source, table.rows()));
    }
    Expansion.require(source, Float.BYTES * table.rows() * columns.size(), bytes);
    List<String> across =
        AxisNames.checked(
            source, "columns", columns.stream().map(Column::name).toList(), columns.size());
    AxisNames.requireNames(source, across);
    List<String> down = rowNames(index);
    Layout layout = layout(orientation, index, across, down);
    layout.note(source).ifPresent(notes::add);
    boolean genesInRows = layout.genesInRows();
    if (index.isEmpty()) {
      down = NpyFile.numbered(genesInRows ? "g" : "s", down.size());
      notes.add(
          "%s: names no rows, so they have numbers; write it with a column of names"
              .formatted(source));
    }
    for (Column column : columns) {
      values.add(finite(column, table.numbers(column), down));
    }
    Matrix matrix =
        genesInRows
            ? Matrix.of(source, across, down, values.columns(down.size()), notes)
            : Matrix.of(source, down, across, values.rows(), notes);
    return matrix.in(new Matrix.Form("Parquet", layout.text()));
  }

  private Layout layout(
      Orientation orientation, Optional<Column> index, List<String> across, List<String> down) {
    // pandas calls an index without a name so.
    String corner =
        index.map(Column::name).filter(name -> !name.matches("__index_level_\\d+__")).orElse("");
    return Layout.of(orientation, corner, across, down);
  }

  /// The column that names the rows.
  private Optional<Column> index() {
    List<String> said = pandasIndex();
    if (said.size() > 1) {
      throw new UserError(
          "%s: its rows are named by %s columns (%s), and must be by one; write it with df.reset_index(drop=True) and one column of names"
              .formatted(source, said.size(), String.join(", ", said)));
    }
    for (Column column : table.columns()) {
      if (said.contains(column.name()) && column.isName()) {
        return Optional.of(column);
      }
    }
    return table.columns().stream().filter(Column::isText).findFirst();
  }

  /// Names of the columns that pandas says are the index; it has none where rows are just counted.
  private List<String> pandasIndex() {
    String said = table.metadata().getOrDefault("pandas", "");
    List<String> names = new ArrayList<>();
    try {
      for (JsonNode column : new ObjectMapper().readTree(said).path("index_columns")) {
        if (column.isTextual()) {
          names.add(column.textValue());
        }
      }
    } catch (JsonProcessingException _) {
      // As if nothing was said: columns speak for themselves.
    }
    return names;
  }

  private List<Column> valueColumns(Optional<Column> index) {
    if (!table.nested().isEmpty()) {
      throw new UserError(
          "%s: columns must be of one number a row, but %s hold lists or tables; leave them out"
              .formatted(source, AxisNames.some(table.nested())));
    }
    List<Column> values = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.isNumber() && !column.equals(index.orElse(null))) {
        values.add(column);
      } else if (column.isText()) {
        texts.add(column.name());
      } else if (!column.isNumber()) {
        throw new UserError(
            "%s: column %s must hold numbers but holds %s; convert it or leave it out"
                .formatted(source, column.name(), column.typeText()));
      }
    }
    index.map(Column::name).ifPresent(texts::remove);
    if (values.isEmpty()) {
      throw new UserError(
          "%s: has no column of numbers%s"
              .formatted(
                  source,
                  texts.isEmpty()
                      ? ""
                      : "; %s hold texts, which must be converted"
                          .formatted(AxisNames.some(texts))));
    }
    if (!texts.isEmpty()) {
      notes.add(
          "%s: columns of texts beside the names are left out: %s"
              .formatted(source, AxisNames.some(texts)));
    }
    return values;
  }

  /// Names as the file has them; numbers, which say nothing of what rows are, if it has none.
  private List<String> rowNames(Optional<Column> index) throws IOException {
    int count = Math.toIntExact(table.rows());
    if (index.isEmpty()) {
      return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
    List<String> names = table.names(index.get()).stream().map(String::strip).toList();
    return AxisNames.checked(source + ", column " + index.get().name(), "rows", names, count);
  }

  private float[] finite(Column column, float[] values, List<String> rows) {
    for (int row = 0; row < values.length; row++) {
      if (Float.isInfinite(values[row])) {
        throw new UserError(
            "%s, row %s (%s), column %s: a value must be a finite number but was %s"
                .formatted(
                    source,
                    row + 1,
                    rows.get(row),
                    column.name(),
                    values[row] > 0 ? "inf" : "-inf"));
      }
    }
    return values;
  }
}
