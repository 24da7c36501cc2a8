package org.vaescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vaescape.UserError;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.data.RunTable;
import org.vaescape.search.NearMiss;
import picocli.CommandLine.Option;

/// What has to be said of a table of anybody's runs before statistics can read it: which columns
/// are what.
final class TableOptions {
  /// Unless a column has this name.
  private static final String NO_STATES = "none";

  @Option(
      names = "--outcome",
      paramLabel = "COL",
      description = "Table: the column of what came out; empty or NaN in runs that failed.")
  private String outcome = "";

  @Option(
      names = "--factors",
      paramLabel = "A,B,...",
      description =
          "Table: the columns of hyper-parameters; a name with a comma stands in double quotes.")
  private List<String> factors = List.of();

  @Option(
      names = "--log",
      paramLabel = "A,...",
      description =
          "Table: those of them that count on a logarithmic scale; those of positive values with a constant ratio, or over two decades, do so by themselves.")
  private List<String> logarithmic = List.of();

  @Option(
      names = "--linear",
      paramLabel = "A,...",
      description = "Table: those of them that do not, whatever their values are.")
  private List<String> linear = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "COL",
      description =
          "Table: the column that says which repeat (split, seed) a run belongs to; without it, rows of equal settings are repeats.")
  private String repeat = "";

  @Option(
      names = "--state",
      paramLabel = "COL",
      description =
          "Table: the column that says how a run ended (complete, failed, pruned, running ...); without it, a column state or status of such words is taken, with 'none' none.")
  private String state = "";

  @Option(
      names = "--higher-is-better",
      description = "Table: large outcomes are good ones; without it, small ones are.")
  private boolean higherIsBetter;

  /// Whether this is a folder that `run` wrote, rather than a table.
  ///
  /// @throws UserError if there is neither
  static boolean isFolder(Path source) {
    if (!Files.exists(source)) {
      throw new UserError(
          "there is no %s; name a folder that 'run' wrote, or a table of runs".formatted(source));
    }
    return Files.isDirectory(source);
  }

  /// @throws UserError if an option was given, where all runs are those of studies
  void refuse(String sources) {
    List<String> given = new ArrayList<>();
    if (!outcome.isEmpty()) {
      given.add("--outcome");
    }
    if (!factors.isEmpty()) {
      given.add("--factors");
    }
    if (!logarithmic.isEmpty()) {
      given.add("--log");
    }
    if (!linear.isEmpty()) {
      given.add("--linear");
    }
    if (!repeat.isEmpty()) {
      given.add("--repeat");
    }
    if (!state.isEmpty()) {
      given.add("--state");
    }
    if (higherIsBetter) {
      given.add("--higher-is-better");
    }
    if (!given.isEmpty()) {
      throw new UserError(
          "%s, but %s for tables: a study says itself what varied and what came out"
              .formatted(sources, String.join(", ", given) + (given.size() == 1 ? " is" : " are")));
    }
  }

  /// @param notes takes what was made of a column that says how runs ended, and of decimal commas
  /// @throws UserError if columns are not named, or something in the table does not fit
  RunSet runs(Path table, Consumer<String> notes) {
    RunTable read = RunTable.read(table);
    if (outcome.isEmpty() || factors.isEmpty()) {
      throw new UserError(
          table
              + " is a table: name its columns by --outcome COL and --factors A,B,...; it has "
              + String.join(", ", read.header()));
    }
    RunStates states = states(read);
    RunTable ended = states.ended(read);
    Optional<DecimalCommas> commas = DecimalCommas.read(ended, outcome, states);
    List<String> varied = names(factors);
    RunSet runs =
        new TableRuns(
                commas.map(DecimalCommas::table).orElse(ended),
                outcome,
                varied,
                names(logarithmic),
                names(linear),
                repeat,
                higherIsBetter,
                states)
            .runs();
    states.sentence().ifPresent(sentence -> notes.accept(table + ", " + sentence));
    if (!higherIsBetter && ScoreNames.sounds(outcome)) {
      notes.accept(
          "%s: small values of %s are taken for good ones; add --higher-is-better if large ones are"
              .formatted(table, outcome));
    }
    List<String> used = new ArrayList<>(varied);
    used.add(outcome);
    commas.ifPresent(known -> notes.accept(table + ": " + known.sentence(used)));
    return runs;
  }

  private static List<String> names(List<String> arguments) {
    return arguments.stream().flatMap(line -> RunTable.names(line).stream()).toList();
  }

  private RunStates states(RunTable read) {
    if (state.equals(NO_STATES) && !read.header().contains(state)) {
      return RunStates.none();
    }
    List<String> taken = new ArrayList<>(names(factors));
    taken.add(outcome);
    taken.add(repeat);
    if (taken.contains(state) && !state.isEmpty()) {
      throw new UserError(
          "%s is named twice; a column is the outcome, a factor, the repeat or the state"
              .formatted(state));
    }
    if (!state.isEmpty() && !read.header().contains(state)) {
      throw new UserError(
          "%s: %s".formatted(read.path(), NearMiss.unknown("column", state, read.header())));
    }
    return RunStates.of(read, state, taken);
  }
}
