package org.vaescape.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.vaescape.UserError;

/// Reads labels of samples: a TSV or CSV file, plain or gzip, with a line of column names.
///
/// The columns `sample` and `label` are taken, or the first two if it has neither name or no other
/// columns. Cells may stand in double quotes. A sample whose label is empty or `NA` has none.
public final class LabelsFile {
  private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null");
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private LabelsFile() {}

  /// Reads the whole file.
  ///
  /// @throws UserError with file, line, rule and value if the file does not say labels
  public static Labels read(Path path) {
    List<CsvRecord> records = records(path);
    List<String> header = records.getFirst().getFields().stream().map(String::strip).toList();
    int sampleColumn = header.indexOf("sample");
    int labelColumn = header.indexOf("label");
    List<String> notes = new ArrayList<>();
    if (sampleColumn < 0 || labelColumn < 0) {
      boolean oneIsNamed = sampleColumn >= 0 || labelColumn >= 0;
      if (header.size() < 2 || (oneIsNamed && header.size() > 2)) {
        throw new UserError(
            "%s, line 1: must have the columns sample and label but has %s"
                .formatted(path, String.join(", ", header)));
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
    return new Labels(
        path.toString(),
        bySample(path, records.subList(1, records.size()), header, sampleColumn, labelColumn),
        notes);
  }

  private static SequencedMap<String, String> bySample(
      Path path, List<CsvRecord> records, List<String> header, int sampleColumn, int labelColumn) {
    SequencedMap<String, String> labels = new LinkedHashMap<>();
    Map<String, Long> lineOf = new HashMap<>();
    for (CsvRecord row : records) {
      long line = row.getStartingLineNumber();
      if (row.getFieldCount() != header.size()) {
        throw new UserError(
            "%s, line %d: has %d columns where line 1 has %d"
                .formatted(path, line, row.getFieldCount(), header.size()));
      }
      String sample = row.getField(sampleColumn).strip();
      if (sample.isEmpty()) {
        throw new UserError(
            "%s, line %d, column %d (%s): the name of a sample must not be empty"
                .formatted(path, line, sampleColumn + 1, header.get(sampleColumn)));
      }
      Long before = lineOf.putIfAbsent(sample, line);
      if (before != null) {
        throw new UserError(
            "%s: lines %d and %d are both about sample '%s'".formatted(path, before, line, sample));
      }
      String label = row.getField(labelColumn).strip();
      if (!MISSING.contains(label)) {
        labels.put(sample, label);
      }
    }
    return labels;
  }

  /// All lines that are not empty, the first of them the column names; at least two.
  private static List<CsvRecord> records(Path path) {
    try (PushbackInputStream in = DataFile.open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      int firstEnd = text.indexOf('\n');
      String first = firstEnd < 0 ? text : text.substring(0, firstEnd);
      List<CsvRecord> records =
          CsvReader.builder()
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // ours names the line
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .fieldSeparator(first.indexOf('\t') >= 0 ? '\t' : ',')
              .ofCsvRecord(text)
              .stream()
              .toList();
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
