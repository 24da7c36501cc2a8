package org.vaescape.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// A table of anybody's runs, a row a run: a TSV or CSV file, plain or gzip, with a line of column
/// names.
///
/// @param header names of the columns, all different
public record RunTable(Path path, List<String> header, List<Row> rows) {
  /// A comma outside quotes, an even number of which follows it, and the blanks round it.
  private static final Pattern SEPARATOR =
      Pattern.compile("\\s*,\\s*(?=([^\"]*\"[^\"]*\")*[^\"]*$)");

  public RunTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /// A run.
  ///
  /// @param line of the file, from 1
  /// @param fields as many as there are columns, without surrounding blanks
  public record Row(long line, List<String> fields) {
    public Row {
      fields = List.copyOf(fields);
    }
  }

  /// Reads the whole file.
  ///
  /// @throws UserError with file and line if it is no table
  public static RunTable read(Path path) {
    SampleTable table = SampleTable.read(path);
    List<String> header = table.header();
    for (String name : header) {
      if (header.indexOf(name) != header.lastIndexOf(name)) {
        throw new UserError(
            "%s, line %s: has two columns '%s'".formatted(path, table.headerLine(), name));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (SampleTable.Row record : table.rows()) {
      if (record.cells().size() != header.size()) {
        throw new UserError(
            "%s, line %s: has %s columns where line %s has %s%s"
                .formatted(
                    path,
                    record.line(),
                    record.cells().size(),
                    table.headerLine(),
                    header.size(),
                    hint(header, record)));
      }
      rows.add(new Row(record.line(), record.cells().stream().map(String::strip).toList()));
    }
    return new RunTable(path, header, rows);
  }

  /// What may be meant by a row of another length.
  private static String hint(List<String> header, SampleTable.Row row) {
    if (header.stream().anyMatch(name -> name.contains(";"))) {
      return "; where semicolons part columns, names with a comma stand in double quotes, or a first line sep=; says so";
    }
    return row.cells().size() > header.size()
        ? "; a value with a comma stands in double quotes, and decimals have a point"
        : "";
  }

  /// Names of columns in one argument, parted and quoted as in a line of a CSV file, with blanks
  /// round commas or none.
  ///
  /// @throws UserError if quotes do not fit
  public static List<String> names(String line) {
    try {
      return CsvReader.builder()
          .ofCsvRecord(SEPARATOR.matcher(line.strip()).replaceAll(","))
          .stream()
          .flatMap(record -> record.getFields().stream())
          .map(String::strip)
          .toList();
    } catch (CsvParseException e) {
      throw new UserError(
          "'%s' must be names of columns parted by commas, one with a comma or quote in double quotes: '\"a,b\",c'"
              .formatted(line),
          e);
    }
  }
}
