package org.vaescape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.analysis.compare.ComparedStudy;
import org.vaescape.analysis.compare.LandscapePair;
import org.vaescape.analysis.compare.SettingAgreement;
import org.vaescape.analysis.compare.StudyAgreement;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.report.AgreementText;
import org.vaescape.report.CompareReport;
import org.vaescape.report.SensitivityJson;
import org.vaescape.report.StudyFacts;
import org.vaescape.report.WholeFile;
import org.vaescape.study.HeapWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says which conclusions studies share.
@Command(
    name = "compare",
    description =
        "Say which conclusions hold in all of several studies and which flip: of other data, losses, precisions, stopping rules. Of tables of anybody's runs too.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR|TABLE",
      arity = "1..*",
      description =
          "Folders that 'run' wrote, or tables (.csv, .tsv, .gz) with a row a run, at least two.")
  private List<Path> sources = List.of();

  @Mixin private TableOptions table = new TableOptions();

  @Option(names = "--json", description = "Print all statistics as JSON instead of sentences.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the JSON to this file too.")
  private @Nullable Path out;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write compare.html to this folder, and figures of both landscapes and their difference.")
  private @Nullable Path report;

  private final PrintWriter printer;
  private final PrintWriter notes;

  CompareCommand(PrintWriter printer, PrintWriter notes) {
    this.printer = printer;
    this.notes = notes;
  }

  @Override
  public Integer call() throws IOException {
    try (HeapWatch _ = HeapWatch.start()) {
      return compare();
    }
  }

  private Integer compare() throws IOException {
    if (sources.size() < 2) {
      throw new UserError(
          "a comparison takes at least 2 folders or tables but got %s alone; name another one"
              .formatted(sources.getFirst()));
    }
    if (sources.stream().allMatch(TableOptions::isFolder)) {
      table.refuse("these are folders");
    }
    if (out != null) {
      refuseOther(out);
    }
    if (report != null && StoredFolder.isStudy(report)) {
      throw new UserError(
          "%s holds a study, whose figures would be replaced; give --report a folder of its own"
              .formatted(report));
    }
    List<String> names = names(sources);
    List<ComparedStudy> studies = new ArrayList<>();
    List<StudyFacts> facts = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      String name = names.get(i);
      if (TableOptions.isFolder(sources.get(i))) {
        ComparedFolder folder = ComparedFolder.read(name, sources.get(i), notes::println);
        studies.add(folder.statistics());
        facts.add(folder.facts());
      } else {
        RunSet runs = table.runs(sources.get(i), notes::println);
        // Whether tables are of different data, nothing tells.
        studies.add(ComparedStudy.of(name, "", runs));
        facts.add(StudyFacts.ofTable(name, runs.runs()));
      }
    }
    StudyAgreement agreement = StudyAgreement.of(studies);
    refuseStrangers(agreement);
    String text = SensitivityJson.text(agreement);
    if (out != null) {
      WholeFile.write(out, text);
    }
    AgreementText words = new AgreementText(facts, outcomes(studies), agreement);
    if (report != null) {
      CompareReport.write(report, words, LandscapePair.all(studies));
    }
    if (json) {
      printer.print(text);
    } else {
      words.sentences().forEach(printer::println);
      if (out != null) {
        printer.println("Numbers: " + out);
      }
      if (report == null) {
        printer.println("Pictures of both, and of their difference: --report DIR");
      } else {
        printer.println("Report:  " + report.resolve("compare.html"));
      }
    }
    return Main.DONE;
  }

  /// The ends of paths, as long as it takes to tell them apart; one folder given twice has a
  /// number.
  static List<String> names(List<Path> folders) {
    List<Path> whole = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
    int longest = whole.stream().mapToInt(Path::getNameCount).max().orElseThrow();
    List<String> names = ends(whole, 1);
    int different = new HashSet<>(whole).size();
    for (int length = 2; length <= longest && new HashSet<>(names).size() < different; length++) {
      names = ends(whole, length);
    }
    List<String> unique = new ArrayList<>();
    for (String name : names) {
      String own = name;
      for (int copy = 2; unique.contains(own); copy++) {
        own = name + " (" + copy + ")";
      }
      unique.add(own);
    }
    return unique;
  }

  private static List<String> ends(List<Path> folders, int length) {
    return folders.stream()
        .map(folder -> {
          int count = folder.getNameCount();
          return count == 0
              ? folder.toString()
              : folder.subpath(Math.max(0, count - length), count).toString();
        })
        .toList();
  }

  /// Those that settings are chosen by in any of the studies.
  private static List<String> outcomes(List<ComparedStudy> studies) {
    SequencedSet<String> outcomes = new LinkedHashSet<>();
    studies.forEach(study ->
        study.runs().choosing().stream().map(RunSet.Outcome::metric).forEach(outcomes::add));
    return List.copyOf(outcomes);
  }

  /// @throws UserError if a study has no setting in common with any other
  private static void refuseStrangers(StudyAgreement agreement) {
    for (String study : agreement.studies()) {
      boolean common =
          agreement.settings().stream()
              .filter(one -> one.one().equals(study) || one.other().equals(study))
              .anyMatch(CompareCommand::common);
      if (!common) {
        List<String> others =
            agreement.studies().stream().filter(name -> !name.equals(study)).toList();
        throw new UserError(
            "%s has no settings in common with %s: no model under the same reading with equal values of what varied in both; compare studies that tried the same settings"
                .formatted(study, String.join(", ", others)));
      }
    }
  }

  /// Whether both tried a setting: if none of those learned, all others must be in both.
  private static boolean common(SettingAgreement one) {
    return one.learnedInBoth() + one.learnedInOne() + one.learnedInOther() > 0
        || one.onlyInOne() + one.onlyInOther() == 0;
  }

  /// Numbers of an earlier comparison are written over, and nothing else.
  private static void refuseOther(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() != '{') {
        throw new UserError(
            file
                + " is no file of an earlier comparison and would be lost; give --out another one");
      }
    }
  }
}
