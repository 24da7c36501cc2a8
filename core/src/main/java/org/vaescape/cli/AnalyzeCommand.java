package org.vaescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.analysis.sensitivity.RunSet;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.data.RunTable;
import org.vaescape.report.SensitivityJson;
import org.vaescape.report.SensitivityText;
import org.vaescape.report.WholeFile;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.TrialStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says which hyper-parameters matter, and how sure that is: of a study, or of anybody's runs.
@Command(
    name = "analyze",
    description =
        "Say which hyper-parameters matter, with intervals, and what that hangs on: of a study's folder, or of a table of anybody's runs.",
    mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR|TABLE",
      description = "Folder that 'run' wrote, or a table (.csv, .tsv, .gz) with a row a run.")
  private Path source = Path.of("");

  @Option(names = "--json", description = "Print sensitivity.json instead of sentences.")
  private boolean json;

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

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Table: folder for sensitivity.json; nothing is written without it.")
  private @Nullable Path out;

  private final PrintWriter printer;

  AnalyzeCommand(PrintWriter printer) {
    this.printer = printer;
  }

  @Override
  public Integer call() throws IOException {
    boolean folder = Files.isDirectory(source);
    if (!folder && !Files.exists(source)) {
      throw new UserError(
          "there is no %s; name a folder that 'run' wrote, or a table of runs".formatted(source));
    }
    Sensitivity sensitivity = Sensitivity.of(folder ? study() : table());
    String text = SensitivityJson.text(sensitivity);
    Optional<Path> target = folder ? Optional.of(source) : Optional.ofNullable(out);
    if (target.isPresent()) {
      WholeFile.write(target.get().resolve("sensitivity.json"), text);
    }
    if (json) {
      printer.print(text);
    } else {
      SensitivityText.lines(sensitivity).forEach(printer::println);
      target.ifPresent(path -> printer.println("Numbers: " + path.resolve("sensitivity.json")));
    }
    return Main.DONE;
  }

  private RunSet study() throws IOException {
    if (!outcome.isEmpty() || !factors.isEmpty() || !repeat.isEmpty() || out != null) {
      throw new UserError(
          source
              + " is a folder; --outcome, --factors, --repeat and --out are for tables: a study says itself what varied, and sensitivity.json stays in its folder");
    }
    try (TrialStore store = SqliteStore.open(StoredStudy.database(source))) {
      return StudyRuns.of(StoredStudy.read(store, source.toString()), store.trials());
    }
  }

  private RunSet table() {
    if (outcome.isEmpty() || factors.isEmpty()) {
      throw new UserError(
          source
              + " is a table: name its columns by --outcome COL and --factors A,B,...; it has "
              + String.join(", ", RunTable.read(source).header()));
    }
    return new TableRuns(
            RunTable.read(source), outcome, factors, logarithmic, repeat, higherIsBetter)
        .runs();
  }
}
