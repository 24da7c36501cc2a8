package org.vaescape.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// A table about samples: a TSV or CSV file, plain or gzip, with a line of column names, or the
/// `obs` of an `.h5ad` file. Cells may stand in double quotes; an empty one, or `NA`, says nothing.
/// Cells are parted by what a first line `sep=;` says, as spreadsheets write it, else by tabs,
/// commas or, where the column names have neither, semicolons.
///
/// @param header names of the columns
/// @param headerLine line of the column names, from 1; 0 in `obs`
/// @param rows lines below, none of them empty
record SampleTable(Path path, List<String> header, long headerLine, List<Row> rows) {
  private static final Pattern SEPARATOR = Pattern.compile("(?i)\"?sep=([,;|\t])\"?\\s*");

  /// Elsewhere a missing value, but here a class may be called so.
  private static final String NONE = "None";

  private static final String BYTE_ORDER_MARK = "\ufeff";

  /// A cell and the line that it stands in.
  record Cell(String text, long line) {}

  /// A line of the table: of AnnData's `obs`, whose names of columns are line 1, the number of the
  /// sample and one more.
  record Row(long line, List<String> cells) {}

  /// Reads the whole file.
  ///
  /// @throws UserError if it is no table
  static SampleTable read(Path path) {
    if (AnnDataObs.is(path)) {
      return AnnDataObs.table(path);
    }
    List<CsvRecord> records = records(path);
    List<String> header = records.getFirst().getFields().stream().map(String::strip).toList();
    return new SampleTable(
        path,
        header,
        records.getFirst().getStartingLineNumber(),
        records.stream()
            .skip(1)
            .map(record -> new Row(record.getStartingLineNumber(), record.getFields()))
            .toList());
  }

  /// Where the names of columns stand, for messages.
  String place() {
    return headerLine == 0 ? path + ", obs" : "%s, line %s".formatted(path, headerLine);
  }

  /// What a column says of each sample, those left out of which it says nothing.
  ///
  /// @param sampleColumn index of the column with the names of samples
  /// @throws UserError with lines if a row has other columns, or a sample no name or two rows
  SequencedMap<String, Cell> column(int sampleColumn, int column) {
    SequencedMap<String, Cell> cells = new LinkedHashMap<>();
    Map<String, Long> lineOf = new HashMap<>();
    for (Row row : rows) {
      long line = row.line;
      if (row.cells.size() != header.size()) {
        throw new UserError(
            "%s, line %s: has %s columns where line %s has %s"
                .formatted(path, line, row.cells.size(), headerLine, header.size()));
      }
      String sample = row.cells.get(sampleColumn).strip();
      if (sample.isEmpty()) {
        throw new UserError(
            "%s, line %s, column %s (%s): the name of a sample must not be empty"
                .formatted(path, line, sampleColumn + 1, header.get(sampleColumn)));
      }
      Long before = lineOf.putIfAbsent(sample, line);
      if (before != null) {
        throw new UserError(
            "%s: lines %s and %s are both about sample '%s'".formatted(path, before, line, sample));
      }
      String text = row.cells.get(column).strip();
      if (!Decimals.isMissing(text) || text.equals(NONE)) {
        cells.put(sample, new Cell(text, line));
      }
    }
    return cells;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  /// A table has two columns or more, so that names without tab and comma are parted by semicolons
  /// if they have any.
  private static char separator(String names) {
    boolean quoted = false;
    boolean comma = false;
    boolean semicolon = false;
    for (int i = 0; i < names.length(); i++) {
      char character = names.charAt(i);
      quoted ^= character == '"';
      if (!quoted && character == '\t') {
        return character;
      }
      comma |= !quoted && character == ',';
      semicolon |= !quoted && character == ';';
    }
    return semicolon && !comma ? ';' : ',';
  }

  /// A quote that is opened and never closed takes in all the rest of the file.
  private static void requireClosedQuotes(Path path, String text, List<CsvRecord> records) {
    boolean odd = text.chars().filter(character -> character == '"').count() % 2 == 1;
    if (odd && !records.isEmpty()) {
      CsvRecord last = records.getLast();
      if (last.getFields().getLast().indexOf('\n') >= 0) {
        throw new UserError(
            "%s, line %s: has a cell that begins with a quote and never ends with one"
                .formatted(path, last.getStartingLineNumber()));
      }
    }
  }

  /// All lines that are not empty, the first of them the column names; at least two.
  private static List<CsvRecord> records(Path path) {
    try {
      byte[] bytes = DataFile.text(path);
      String text = DataFile.decoded(path, "", bytes, 0, bytes.length);
      text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      String first = firstLine(text);
      Matcher said = SEPARATOR.matcher(first);
      boolean told = said.matches();
      if (told) {
        text = text.substring(first.length()); // an empty line, so that lines keep their numbers
      }
      List<CsvRecord> records =
          CsvReader.builder()
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // ours names the line
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .fieldSeparator(told ? said.group(1).charAt(0) : separator(first))
              .ofCsvRecord(text)
              .stream()
              .toList();
      requireClosedQuotes(path, text, records);
      if (records.size() < 2) {
        throw new UserError(path + ": has no line below the column names");
      }
      return records;
    } catch (CsvParseException e) {
      throw new UserError("%s: is not a table of cells: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw DataFile.broken(path, e, "");
    }
  }
}
