package org.vaescape.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.data.RunTable;

/// What a column says of how runs ended. Programs that record runs keep a number in those that came
/// to nothing too: Optuna the last one before it pruned, W&B the last one before a crash.
///
/// @param column its name; empty if the table has none
/// @param endings one of [#ENDINGS] by line of the file, in the order of the table
/// @param unread why a column with the name of one is not read; empty if there is none
record RunStates(String column, SequencedMap<Long, String> endings, String unread) {
  private static final Set<String> NAMES = Set.of("state", "status", "trial_state", "trial_status");
  private static final String ENDED = "finished";
  private static final String RUNNING = "running";

  /// What to do about a column that cannot be read.
  private static final String OTHERWISE =
      "correct it, or give --state none if no column says how runs ended";

  /// What the words of Optuna, W&B, Ray Tune, MLflow and vaescape mean, in small letters and with
  /// hyphens. Those that may be good or bad, such as `stopped`, are left to who wrote them.
  private static final Map<String, String> ENDINGS =
      Map.ofEntries(
          Map.entry("complete", ENDED),
          Map.entry("completed", ENDED),
          Map.entry(ENDED, ENDED),
          Map.entry("terminated", ENDED),
          Map.entry("converged", ENDED),
          Map.entry("max-epochs", ENDED),
          Map.entry("done", ENDED),
          Map.entry("success", ENDED),
          Map.entry("succeeded", ENDED),
          Map.entry("fail", "failed"),
          Map.entry("failed", "failed"),
          Map.entry("error", "failed"),
          Map.entry("crashed", "crashed"),
          Map.entry("killed", "killed"),
          Map.entry("canceled", "canceled"),
          Map.entry("cancelled", "canceled"),
          Map.entry("pruned", "pruned"),
          Map.entry("preempted", "preempted"),
          Map.entry("preempting", RUNNING),
          Map.entry("scheduled", RUNNING),
          Map.entry("diverged", "diverged"),
          Map.entry("nan", "diverged"),
          Map.entry("out-of-memory", "out-of-memory"),
          Map.entry("oom", "out-of-memory"),
          Map.entry("timed-out", "timed-out"),
          Map.entry("timeout", "timed-out"),
          Map.entry(RUNNING, RUNNING),
          Map.entry("waiting", RUNNING),
          Map.entry("pending", RUNNING),
          Map.entry("queued", RUNNING),
          Map.entry("paused", RUNNING));

  /// @param named column that holds states; empty to look for one, by its name and its words
  /// @param taken columns that hold something else
  /// @throws UserError if a word of the named column is not known, or two columns may be meant
  static RunStates of(RunTable table, String named, List<String> taken) {
    if (!named.isEmpty()) {
      return read(table, named);
    }
    List<String> candidates =
        table.header().stream()
            .filter(name -> NAMES.contains(name.toLowerCase(Locale.ROOT)) && !taken.contains(name))
            .toList();
    List<String> found =
        candidates.stream().filter(name -> unknown(table, name).isEmpty()).toList();
    if (found.size() > 1) {
      throw new UserError(
          "%s: columns %s both say how runs ended; name one by --state COL"
              .formatted(table.path(), String.join(" and ", found)));
    }
    if (!found.isEmpty()) {
      return read(table, found.getFirst());
    }
    List<String> notes = new ArrayList<>();
    for (String name : candidates) {
      List<RunTable.Row> unknown = unknown(table, name);
      if (unknown.size() < table.rows().size()) {
        return read(table, name); // some of its words are known: says which one is not
      }
      RunTable.Row row = unknown.getFirst();
      notes.add(
          "column %s: is not read, as no word of it is a known state of a run (line %s: '%s')"
              .formatted(name, row.line(), row.fields().get(table.header().indexOf(name))));
    }
    return new RunStates("", new LinkedHashMap<>(), String.join("; ", notes));
  }

  /// Of a table without such a column.
  static RunStates none() {
    return new RunStates("", new LinkedHashMap<>(), "");
  }

  /// Rows in which a column has no known word.
  private static List<RunTable.Row> unknown(RunTable table, String name) {
    int column = table.header().indexOf(name);
    return table.rows().stream()
        .filter(row -> !ENDINGS.containsKey(word(row.fields().get(column))))
        .toList();
  }

  private static RunStates read(RunTable table, String name) {
    int column = table.header().indexOf(name);
    SequencedMap<Long, String> endings = new LinkedHashMap<>();
    for (RunTable.Row row : table.rows()) {
      String text = row.fields().get(column);
      String ending = ENDINGS.get(word(text));
      if (ending == null) {
        throw new UserError(
            "%s, line %s: %s is '%s', which is no known state of a run; %s (known: %s)"
                .formatted(
                    table.path(),
                    row.line(),
                    name,
                    text,
                    OTHERWISE,
                    String.join(", ", new TreeSet<>(ENDINGS.keySet()))));
      }
      endings.put(row.line(), ending);
    }
    return new RunStates(name, endings, "");
  }

  /// `TrialState.PRUNED`, as older versions of Optuna write it, is `pruned`.
  private static String word(String text) {
    String small = text.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    return small.startsWith("trialstate.") ? small.substring("trialstate.".length()) : small;
  }

  /// The table without runs that have not ended.
  ///
  /// @throws UserError if no run has
  RunTable ended(RunTable table) {
    List<RunTable.Row> rows =
        table.rows().stream().filter(row -> !RUNNING.equals(endings.get(row.line()))).toList();
    if (rows.isEmpty()) {
      throw new UserError("%s: no run has ended, says column %s".formatted(table.path(), column));
    }
    return new RunTable(table.path(), table.header(), rows);
  }

  /// How a run failed; empty if it did not, as far as its state tells.
  Optional<String> failure(RunTable.Row row) {
    return Optional.ofNullable(endings.get(row.line()))
        .filter(ending -> !ending.equals(ENDED) && !ending.equals(RUNNING));
  }

  /// What was made of the column; empty if all runs just ended, or there is none.
  Optional<String> sentence() {
    if (!unread.isEmpty()) {
      return Optional.of(unread);
    }
    SequencedMap<String, Integer> counts = new LinkedHashMap<>();
    endings.values().forEach(ending -> counts.merge(ending, 1, Integer::sum));
    counts.remove(ENDED);
    Integer running = counts.remove(RUNNING);
    List<String> parts = new ArrayList<>();
    if (!counts.isEmpty()) {
      int failed = counts.values().stream().mapToInt(Integer::intValue).sum();
      parts.add(
          counts.entrySet().stream()
                  .map(count -> count.getValue() + " " + count.getKey())
                  .collect(Collectors.joining(" and "))
              + (failed == 1 ? " run counts as failed" : " runs count as failed"));
    }
    if (running != null) {
      parts.add(
          running
              + (running == 1 ? " that has not ended is" : " that have not ended are")
              + " left out");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("column %s: %s".formatted(column, String.join("; ", parts)));
  }
}
