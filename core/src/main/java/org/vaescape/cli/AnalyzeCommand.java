package org.vaescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.MultiverseTable;
import org.vaescape.report.SensitivityJson;
import org.vaescape.report.SensitivityText;
import org.vaescape.report.WholeFile;
import org.vaescape.study.FileMutex;
import org.vaescape.study.HeapWatch;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--all",
      description =
          "Print every statement, those that these runs do not decide as well, all advice and all tables; without it, what it comes to in short and the main statements that are decided.")
  private boolean all;

  @Mixin private TableOptions table = new TableOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Table: folder for sensitivity.json, figures and report.html; nothing is written without it.")
  private @Nullable Path out;

  private final PrintWriter printer;
  private final PrintWriter notes;

  AnalyzeCommand(PrintWriter printer, PrintWriter notes) {
    this.printer = printer;
    this.notes = notes;
  }

  @Override
  public Integer call() throws IOException {
    try (HeapWatch _ = HeapWatch.start();
        FileMutex _ = lock()) {
      analyze();
    }
    return Main.DONE;
  }

  /// Of a study's folder, which is not written if it is read-only.
  private @Nullable FileMutex lock() {
    if (!TableOptions.isFolder(source)) {
      return null;
    }
    StoreLocation.in(source);
    return Files.isWritable(source) ? ResultFiles.lock(source) : null;
  }

  private void analyze() throws IOException {
    boolean folder = TableOptions.isFolder(source);
    List<String> remarks = new ArrayList<>();
    RunSet runs = folder ? study(remarks) : table.runs(source, remarks::add);
    remarks.forEach(notes::println);
    if (out != null) {
      refuseOthers(out);
    }
    Sensitivity sensitivity = Sensitivity.of(runs);
    String text = SensitivityJson.text(sensitivity);
    Optional<Path> target =
        folder ? Optional.of(source).filter(Files::isWritable) : Optional.ofNullable(out);
    if (folder && target.isEmpty()) {
      notes.println(source + " cannot be written; the numbers in it stay as they are");
    }
    List<Path> written = new ArrayList<>();
    if (target.isPresent()) {
      Path numbers = target.get().resolve("sensitivity.json");
      WholeFile.write(numbers, text);
      written.add(numbers);
      if (!folder) {
        TableReport.write(target.get(), runs, sensitivity, remarks);
      } else {
        Path readings = target.get().resolve("multiverse.csv");
        if (MultiverseTable.write(readings, sensitivity.multiverse())) {
          written.add(readings);
        }
      }
    }
    if (json) {
      printer.print(text);
    } else {
      (all ? SensitivityText.lines(sensitivity) : SensitivityText.shortLines(sensitivity))
          .forEach(printer::println);
      if (target.isPresent()) {
        printer.println(
            "Numbers: " + written.stream().map(Path::toString).collect(Collectors.joining(", ")));
        if (!folder) {
          printer.println("Figures: " + target.get().resolve("figures"));
          printer.println("Report:  " + target.get().resolve("report.html"));
        }
      }
    }
  }

  /// What a study or somebody else has written is not written over.
  private static void refuseOthers(Path target) {
    if (Files.exists(target.resolve("study.yaml"))) {
      throw new UserError(
          target + " is the folder of a study, whose report would be lost; give --out another one");
    }
    // Those of a table are never without these numbers, which are written first.
    if (Files.exists(target.resolve("report.html"))
        && !Files.exists(target.resolve("sensitivity.json"))) {
      throw new UserError(
          target
              + " has a report.html that no earlier analyze wrote, which would be lost; give --out another folder");
    }
  }

  private RunSet study(List<String> remarks) throws IOException {
    table.refuse(source + " is a folder");
    if (out != null) {
      throw new UserError(
          source + " is a folder, but --out is for tables: sensitivity.json stays in its folder");
    }
    try (TrialStore store = StoreLocation.in(source).openToRead()) {
      StoredStudy study = StoredStudy.read(store, source.toString());
      List<StoredTrial> contents = store.contents();
      ChangedRows.sentence(contents).ifPresent(remarks::add);
      return StudyRuns.of(study, contents.stream().map(StoredTrial::trial).toList());
    }
  }
}
