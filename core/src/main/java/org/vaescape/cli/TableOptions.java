package org.vaescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vaescape.UserError;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.data.RunTable;
import picocli.CommandLine.Option;

/// What has to be said of a table of anybody's runs before statistics can read it: which columns
/// are what.
final class TableOptions {
  @Option(
      names = "--outcome",
      paramLabel = "COL",
      description = "Table: the column of what came out; empty or NaN in runs that failed.")
  private String outcome = "";

  @Option(
      names = "--factors",
      paramLabel = "A,B,...",
      split = ",",
      description = "Table: the columns of hyper-parameters.")
  private List<String> factors = List.of();

  @Option(
      names = "--log",
      paramLabel = "A,...",
      split = ",",
      description = "Table: those of them that count on a logarithmic scale.")
  private List<String> logarithmic = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "COL",
      description =
          "Table: the column that says which repeat (split, seed) a run belongs to; without it, rows of equal settings are repeats.")
  private String repeat = "";

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
    if (!repeat.isEmpty()) {
      given.add("--repeat");
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

  /// @throws UserError if columns are not named, or something in the table does not fit
  RunSet runs(Path table) {
    RunTable read = RunTable.read(table);
    if (outcome.isEmpty() || factors.isEmpty()) {
      throw new UserError(
          table
              + " is a table: name its columns by --outcome COL and --factors A,B,...; it has "
              + String.join(", ", read.header()));
    }
    return new TableRuns(read, outcome, factors, logarithmic, repeat, higherIsBetter).runs();
  }
}
