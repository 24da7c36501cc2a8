package org.vaescape.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vaescape.data.RunTable;

/// Numbers as half of Europe writes them, `0,5` for 0.5.
///
/// Whether a table does so, its outcome tells: all of it must be numbers, some with a comma that
/// parts no thousands (as that of `1,234` may) and none with a point. What a run left that failed
/// is no outcome. Nothing else is guessed.
///
/// @param table with points in each column that is all of such numbers
/// @param columns those with commas
record DecimalCommas(RunTable table, List<String> columns) {
  private static final Pattern COMMA = Pattern.compile("[-+]?\\d*,\\d+([eE][-+]?\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+([eE][-+]?\\d+)?");
  private static final Pattern THOUSANDS = Pattern.compile("[-+]?[1-9]\\d{0,2},\\d{3}");

  DecimalCommas {
    columns = List.copyOf(columns);
  }

  /// Empty where the outcome does not tell that its commas are those of decimals.
  static Optional<DecimalCommas> read(RunTable table, String outcome, RunStates states) {
    int column = table.header().indexOf(outcome);
    List<RunTable.Row> measured =
        table.rows().stream().filter(row -> states.failure(row).isEmpty()).toList();
    if (column < 0 || !numbers(measured, column) || !decimals(measured, column)) {
      return Optional.empty();
    }
    boolean[] turned = new boolean[table.header().size()];
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < turned.length; i++) {
      int place = i;
      turned[i] = i == column || numbers(table.rows(), i);
      if (turned[i]
          && table.rows().stream().anyMatch(row -> row.fields().get(place).contains(","))) {
        columns.add(table.header().get(i));
      }
    }
    return Optional.of(
        new DecimalCommas(
            new RunTable(
                table.path(),
                table.header(),
                table.rows().stream().map(row -> turned(row, turned)).toList()),
            columns));
  }

  /// What was made of those columns that count, as somebody may have meant sizes, `512,256`.
  String sentence(Collection<String> used) {
    return "decimals of %s are read as written with commas, 0,5 as 0.5"
        .formatted(columns.stream().filter(used::contains).collect(Collectors.joining(" and of ")));
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
  private static boolean numbers(List<RunTable.Row> rows, int column) {
    return rows.stream()
        .map(row -> row.fields().get(column))
        .allMatch(text ->
            TableRuns.isNone(text)
                || COMMA.matcher(text).matches()
                || WHOLE.matcher(text).matches());
  }

  private static boolean decimals(List<RunTable.Row> rows, int column) {
    return rows.stream()
        .map(row -> row.fields().get(column))
        .anyMatch(text -> COMMA.matcher(text).matches() && !THOUSANDS.matcher(text).matches());
  }
}
