package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.CheckpointTable;
import org.vaescape.report.EpochTable;
import org.vaescape.report.MultiverseTable;
import org.vaescape.report.ReplayTable;
import org.vaescape.report.Report;
import org.vaescape.report.ReportInput;
import org.vaescape.report.SensitivityJson;
import org.vaescape.report.SensitivityText;
import org.vaescape.report.TrialTable;
import org.vaescape.report.UnitTable;
import org.vaescape.report.WholeFile;
import org.vaescape.study.FileMutex;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LatentMap;
import org.vaescape.study.Replay;
import org.vaescape.study.ReplayRule;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

/// Everything that is made from the store: tables, figures, page, summary. Each can be made again.
///
/// @param out takes what the study shows, and where it is
/// @param err takes complaints
/// @param statistics of the runs
record ResultFiles(PrintWriter out, PrintWriter err, Function<RunSet, Sensitivity> statistics) {
  /// Characters of a line, where nobody knows how wide the terminal is.
  private static final int TERMINAL = 80;

  static final String TRIALS = "trials.csv";
  static final String EPOCHS = "epochs.csv";
  static final String UNITS = "units.csv";
  static final String CHECKPOINTS = "checkpoints.csv";
  static final String NUMBERS = "sensitivity.json";
  static final String READINGS = "multiverse.csv";

  /// Writes all of it, prints what the study shows, and returns the exit code: done, or the
  /// statistics failed, which costs nothing but what they would have said.
  ///
  /// The results are those of the trials that the study asks for. The store may hold more, of
  /// settings that the study once named: these are counted and left out, so that tables and figures
  /// agree with `study.yaml`.
  ///
  /// @throws UserError if a file cannot be written
  int write(Path folder, TrialStore store) {
    try (FileMutex _ = lock(folder)) {
      return writeLocked(folder, store);
    }
  }

  /// Held while results are read from the store and written to its folder, so that `run` and
  /// `report` in one folder do so one after the other.
  ///
  /// Each file is renamed into place, so whoever reads files needs no lock and never sees a half of
  /// one. But two writers would use the same temporary names, and the one that asked the store
  /// earlier could write later, and leave old results. Nobody trains while holding it; [FolderLock]
  /// is another matter, since a report may be made while a study runs.
  static FileMutex lock(Path folder) {
    return FileMutex.take(folder.resolve(".results.lock"));
  }

  private int writeLocked(Path folder, TrialStore store) {
    StoredStudy study = StoredStudy.read(store, folder.toString());
    List<StoredTrial> contents = store.contents();
    List<FinishedTrial> all = contents.stream().map(StoredTrial::trial).toList();
    List<FinishedTrial> trials = planned(study, all);
    List<String> notes = new ArrayList<>(study.warnings());
    ChangedRows.sentence(contents).ifPresent(notes::add);
    if (trials.size() < all.size()) {
      notes.add(
          "Trials in the store that the study no longer names: %s. They are left out here, and come back without training when it names their settings again."
              .formatted(all.size() - trials.size()));
    }
    List<LatentMap> latents = KeptLatents.read(folder, trials, notes);
    Path trialTable = folder.resolve(TRIALS);
    Path epochs = folder.resolve(EPOCHS);
    Path units = folder.resolve(UNITS);
    Path checkpoints = folder.resolve(CHECKPOINTS);
    boolean horizon = writeTables(folder, study, trials);
    Path numbers = folder.resolve(NUMBERS);
    Path readings = folder.resolve(READINGS);
    Optional<Said> said = said(folder, study, trials);
    if (said.isPresent()) {
      WholeFile.write(numbers, said.get().json());
    } else {
      WholeFile.delete(numbers); // of fewer trials than the tables have
    }
    boolean multiverse =
        MultiverseTable.write(
            readings, said.map(known -> known.found().multiverse()).orElse(List.of()));
    ReportInput input =
        new ReportInput(
            study.name(),
            study.seed(),
            study.yaml(),
            study.readings(),
            study.plan(),
            trials,
            notes,
            said.map(Said::parts).orElse(List.of()),
            said.map(Said::found),
            Optional.empty(),
            latents);
    Report.write(folder, input);
    Report.summary(input).forEach(out::println);
    notes.subList(study.warnings().size(), notes.size()).forEach(out::println);
    out.println();
    Report.terminal(input, TERMINAL).forEach(out::println);
    out.println();
    out.println(
        "Tables:  %s, %s, %s%s%s"
            .formatted(
                trialTable,
                epochs,
                units,
                horizon ? ", " + checkpoints : "",
                multiverse ? ", " + readings : ""));
    said.ifPresent(
        _ -> out.println("Numbers: " + numbers + "  (./vaescape analyze says what is in it)"));
    out.println("Figures: " + folder.resolve("figures"));
    out.println(
        "Report:  %s, %s".formatted(folder.resolve("report.html"), folder.resolve("methods.txt")));
    return said.isPresent() ? Main.DONE : Main.DEFECT;
  }

  /// Writes the tables of these trials, and tells whether checkpoints are among them.
  ///
  /// @throws UserError if a file cannot be written
  static boolean writeTables(Path folder, StoredStudy study, List<FinishedTrial> trials) {
    TrialTable.write(folder.resolve(TRIALS), study.ids(), study.seed(), trials);
    EpochTable.write(folder.resolve(EPOCHS), study.ids(), trials);
    UnitTable.write(folder.resolve(UNITS), study.ids(), trials);
    return CheckpointTable.write(folder.resolve(CHECKPOINTS), study.ids(), trials);
  }

  /// What the statistics say.
  private record Said(String json, List<SensitivityText.Part> parts, Sensitivity found) {}

  /// Empty where the statistics failed, whatever in them did: hours of training are not to end
  /// without their tables and figures for that.
  private Optional<Said> said(Path folder, StoredStudy study, List<FinishedTrial> trials) {
    try {
      Sensitivity sensitivity = statistics.apply(StudyRuns.of(study, trials));
      return Optional.of(
          new Said(
              SensitivityJson.text(sensitivity), SensitivityText.parts(sensitivity), sensitivity));
    } catch (RuntimeException | Error failure) {
      err.println(
          "vaescape: the statistics failed (%s), so that there is no sensitivity.json and the report lacks what they say; %s"
              .formatted(
                  failure,
                  failure instanceof OutOfMemoryError
                      ? "VAESCAPE_JAVA_OPTIONS=-Xmx16g ./vaescape report %s gives them more memory"
                          .formatted(folder)
                      : "that is a defect of vaescape, please report it with what './vaescape analyze %s' prints"
                          .formatted(folder)));
      return Optional.empty();
    }
  }

  /// Writes how every trial would have ended under these rules, and prints how many ended how.
  ///
  /// @throws UserError if the file cannot be written
  void replay(Path folder, TrialStore store, List<ReplayRule> rules) {
    Path file = folder.resolve("replay.csv");
    List<FinishedTrial> trials;
    try (FileMutex _ = lock(folder)) {
      StoredStudy study = StoredStudy.read(store, folder.toString());
      trials = planned(study, store.trials());
      ReplayTable.write(file, study.ids(), trials, rules);
    }
    boolean censored = false;
    for (ReplayRule rule : rules) {
      SortedMap<String, Integer> ends = new TreeMap<>();
      trials.forEach(trial -> ends.merge(Replay.of(rule, trial).end(), 1, Integer::sum));
      out.println(
          "Replay of %s: %s"
              .formatted(
                  rule.text(),
                  ends.entrySet().stream()
                      .map(end -> end.getValue() + " " + end.getKey())
                      .collect(Collectors.joining(", "))));
      censored |= ends.containsKey(Replay.CENSORED);
    }
    if (censored) {
      out.println(
          "Censored: the curve ends before the rule would stop, so where it would is not known; a study with train.stop=none, or a train.horizon, can tell.");
    }
    out.println("Replay:  " + file);
  }

  /// Those of the trials that the study asks for.
  static List<FinishedTrial> planned(StoredStudy study, List<FinishedTrial> trials) {
    Set<String> ids = new HashSet<>(study.ids());
    return trials.stream().filter(trial -> ids.contains(trial.id())).toList();
  }
}
