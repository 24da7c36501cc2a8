package org.vaescape.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vaescape.data.RunTable;

/// Numbers as half of Europe writes them, `0,5` for 0.5.
///
/// Whether a table does so, its outcome tells: all of it must be numbers, some with a comma that
/// parts no thousands (as that of `1,234` may) and none with a point. Nothing else is guessed.
final class DecimalCommas {
  static final String SENTENCE = "decimals are read as written with commas, 0,5 as 0.5";

  private static final Pattern COMMA = Pattern.compile("[-+]?\\d*,\\d+([eE][-+]?\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+([eE][-+]?\\d+)?");
  private static final Pattern THOUSANDS = Pattern.compile("[-+]?[1-9]\\d{0,2},\\d{3}");

  private DecimalCommas() {}

  /// The table with points in each column that is all of such numbers; empty where the outcome does
  /// not tell that these are decimals.
  static Optional<RunTable> read(RunTable table, String outcome) {
    int column = table.header().indexOf(outcome);
    if (column < 0 || !numbers(table, column) || !decimals(table, column)) {
      return Optional.empty();
    }
    boolean[] turned = new boolean[table.header().size()];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = numbers(table, i);
    }
    return Optional.of(
        new RunTable(
            table.path(),
            table.header(),
            table.rows().stream().map(row -> turned(row, turned)).toList()));
  }

  private static RunTable.Row turned(RunTable.Row row, boolean[] columns) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      String text = row.fields().get(i);
      fields.add(columns[i] ? text.replace(',', '.') : text);
    }
    return new RunTable.Row(row.line(), fields);
  }

  /// Whether all that a column says is numbers without a point.
  private static boolean numbers(RunTable table, int column) {
    return table.rows().stream()
        .map(row -> row.fields().get(column))
        .allMatch(text ->
            TableRuns.isNone(text)
                || COMMA.matcher(text).matches()
                || WHOLE.matcher(text).matches());
  }

  private static boolean decimals(RunTable table, int column) {
    return table.rows().stream()
        .map(row -> row.fields().get(column))
        .anyMatch(text -> COMMA.matcher(text).matches() && !THOUSANDS.matcher(text).matches());
  }
}
