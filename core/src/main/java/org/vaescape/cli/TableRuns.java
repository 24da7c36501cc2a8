package org.vaescape.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.LogScale;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.data.RunTable;
import org.vaescape.search.Cell;
import org.vaescape.search.NearMiss;
import org.vaescape.study.Metric;

/// What a table of anybody's runs holds, for statistics.
///
/// @param outcome column of what came out
/// @param factors columns of hyper-parameters
/// @param logarithmic those of them that count on a logarithmic scale, beside what [LogScale] tells
/// @param linear those of them that do not, whatever it tells
/// @param repeat column that says which repeat a run belongs to; empty if there is none, and equal
///   settings are repeats of each other, in no order
/// @param states how runs ended, where a column says so: a run that failed has no outcome
record TableRuns(
    RunTable table,
    String outcome,
    List<String> factors,
    List<String> logarithmic,
    List<String> linear,
    String repeat,
    boolean higherIsBetter,
    RunStates states) {
  /// A run without an outcome: an empty field, or a number that is not finite, in the words of
  /// common programs. One beyond the numbers of [PlainNumber] has none either.
  private static final Set<String> NO_OUTCOME =
      Set.of(
          "", "na", "n/a", "nan", "null", "none", "inf", "+inf", "-inf", "infinity", "-infinity");

  /// @throws UserError with file, line and column if something does not fit
  RunSet runs() {
    column(outcome);
    factors.forEach(this::column);
    if (factors.contains(outcome) || factors.contains(repeat)) {
      throw new UserError(
          "%s is named twice; a column is the outcome, a factor or the repeat"
              .formatted(factors.contains(outcome) ? outcome : repeat));
    }
    if (new HashSet<>(factors).size() < factors.size()) {
      throw new UserError("--factors names a column twice: " + String.join(",", factors));
    }
    for (String name : logarithmic) {
      requireLogarithmic(name);
    }
    for (String name : linear) {
      requireFactor("--linear", name);
      if (logarithmic.contains(name)) {
        throw new UserError("--log and --linear both name " + name);
      }
    }
    Map<String, Integer> repeatNumbers =
        repeat.isEmpty()
            ? Map.of()
            : RowOrder.numbers(
                table.rows().stream().map(row -> row.fields().get(column(repeat))).toList());
    table.rows().forEach(this::outcome); // so that the first line that does not fit is named
    Map<SequencedMap<String, String>, Integer> seen = new HashMap<>();
    Map<SequencedMap<String, String>, Map<Integer, Long>> lines = new HashMap<>();
    List<Run> runs = new ArrayList<>();
    for (RunTable.Row row : repeat.isEmpty() ? RowOrder.shuffled(table.rows()) : table.rows()) {
      SequencedMap<String, String> settings = settings(row);
      int number;
      if (repeat.isEmpty()) {
        number = seen.merge(settings, 1, Integer::sum) - 1;
      } else {
        String label = row.fields().get(column(repeat));
        number = Objects.requireNonNull(repeatNumbers.get(label));
        Long before =
            lines.computeIfAbsent(settings, _ -> new HashMap<>()).putIfAbsent(number, row.line());
        if (before != null) {
          throw new UserError(
              "%s: lines %s and %s are both repeat '%s' of %s; name every factor that varied, or leave --repeat out"
                  .formatted(table.path(), before, row.line(), label, settings));
        }
      }
      runs.add(run(row, settings, number));
    }
    runs.sort(RowOrder.runs(factors));
    if (!repeat.isEmpty()) {
      RepeatLabels.require(table.path(), repeat, runs);
    }
    return new RunSet(
        String.valueOf(table.path().getFileName()),
        0,
        runs,
        List.of(),
        !repeat.isEmpty(),
        factors.stream().filter(this::isLogarithmic).toList(),
        OptionalInt.empty(),
        List.of(
            new RunSet.Outcome(
                outcome, higherIsBetter ? Metric.Better.HIGHER : Metric.Better.LOWER, true)));
  }

  private Run run(RunTable.Row row, SequencedMap<String, String> settings, int number) {
    Optional<String> failure = states.failure(row);
    OptionalDouble value = outcome(row);
    Map<StopPoint, Map<String, Double>> outcomes =
        value.isPresent() ? Map.of(StopPoint.STOP, Map.of(outcome, value.getAsDouble())) : Map.of();
    return new Run(
        "line " + row.line(),
        settings,
        number,
        value.isPresent() ? Fate.LEARNED : Fate.FAILED,
        value.isPresent() ? "finished" : failure.orElse("failed"),
        outcomes);
  }

  /// Empty for a run that failed.
  private OptionalDouble outcome(RunTable.Row row) {
    if (states.failure(row).isPresent()) {
      return OptionalDouble.empty();
    }
    String text = row.fields().get(column(outcome));
    if (isNone(text)) {
      return OptionalDouble.empty();
    }
    if (!PlainNumber.is(text)) {
      throw new UserError(
          "%s, line %s: %s must be a number, or empty for a run that failed, but is '%s'%s"
              .formatted(
                  table.path(),
                  row.line(),
                  outcome,
                  text,
                  text.matches("[-+\\d.]*,[\\d.,]+")
                      ? "; write decimals with a point and thousands without a comma"
                      : ""));
    }
    return PlainNumber.of(text);
  }

  /// Whether a field says that there is no number.
  static boolean isNone(String text) {
    return NO_OUTCOME.contains(text.toLowerCase(Locale.ROOT));
  }

  /// Numbers in the one way in which they are written, so that 1e-3 and 0.001 are one level; a
  /// factor without a value has no meaning in this run.
  private SequencedMap<String, String> settings(RunTable.Row row) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    for (String factor : factors) {
      String text = row.fields().get(column(factor));
      if (!text.isEmpty()) {
        OptionalDouble number = PlainNumber.of(text);
        settings.put(factor, number.isPresent() ? Cell.text(number.getAsDouble()) : text);
      }
    }
    return settings;
  }

  /// Place of a column, with the near miss if there is none of this name.
  private int column(String name) {
    int column = table.header().indexOf(name);
    if (column < 0) {
      throw new UserError(
          "%s: %s%s"
              .formatted(
                  table.path(),
                  NearMiss.unknown("column", name, table.header()),
                  table.header().stream().anyMatch(known -> known.contains(","))
                      ? "; of several columns, one whose name has a comma stands in double quotes: '\"a,b\",c'"
                      : ""));
    }
    return column;
  }

  private boolean isLogarithmic(String factor) {
    if (logarithmic.contains(factor) || linear.contains(factor)) {
      return logarithmic.contains(factor);
    }
    return LogScale.searched(
        table.rows().stream()
            .map(row -> row.fields().get(column(factor)))
            .filter(text -> !text.isEmpty())
            .toList());
  }

  private void requireFactor(String option, String name) {
    if (!factors.contains(name)) {
      throw new UserError(
          "%s names %s, which --factors does not; it names %s"
              .formatted(option, name, String.join(",", factors)));
    }
  }

  private void requireLogarithmic(String name) {
    requireFactor("--log", name);
    for (RunTable.Row row : table.rows()) {
      String text = row.fields().get(column(name));
      if (!text.isEmpty() && !(PlainNumber.of(text).orElse(0) > 0)) {
        throw new UserError(
            "%s, line %s: %s must be above 0 for --log but is '%s'"
                .formatted(table.path(), row.line(), name, text));
      }
    }
  }
}
