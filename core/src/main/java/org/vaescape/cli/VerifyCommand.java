package org.vaescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.TemporaryFolder;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.Study;
import org.vaescape.study.StudyFile;
import org.vaescape.study.TrialChoice;
import org.vaescape.study.TrialIds;
import org.vaescape.study.TrialStore;
import org.vaescape.study.WeightsAudit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds a study's folder against itself, and some of its trials against their training.
@Command(
    name = "verify",
    description =
        "Check that store, tables and weights of a study agree, train some of its trials again and compare every number.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Parameters(paramLabel = "DIR", description = "Folder that 'run' wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--trials",
      paramLabel = "K",
      description =
          "Trials to train again, by chance but of each model and ending; a number, 0 for none, or all. Default: 3.")
  private String trials = "3";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Chooses the trials; default: another one each time, which is printed.")
  private @Nullable Long seed;

  @Option(names = "--data", paramLabel = "MATRIX", description = "Where the study's matrix is now.")
  private @Nullable Path data;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Where the study's labels are now.")
  private @Nullable Path labels;

  @Option(
      names = "--survival",
      paramLabel = "FILE",
      description = "Where the study's survival table is now.")
  private @Nullable Path survival;

  @Mixin private WorkerOption workers = new WorkerOption();

  private final PrintWriter out;
  private final PrintWriter err;

  VerifyCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    int most = count();
    workers.check();
    StoreLocation location = StoreLocation.in(folder);
    if (FolderLock.isHeld(folder)) {
      throw new UserError(folder + ": a study is running there; wait until it ends");
    }
    Path scratch = scratch();
    try (TrialStore store = location.openToRead()) {
      return verify(store, most, scratch);
    } finally {
      TemporaryFolder.delete(scratch);
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("vaescape-verify");
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written, where trials are trained again (%s); free some space there or make it writable, and run the same command again"
              .formatted(System.getProperty("java.io.tmpdir"), UserError.reason(e)),
          e);
    }
  }

  private int count() {
    if (trials.equals(ALL)) {
      return Integer.MAX_VALUE;
    }
    if (!trials.matches("[0-9]{1,9}")) {
      throw new UserError(
          "--trials must be a number of trials, 0 or more, or all, but was " + trials);
    }
    return Integer.parseInt(trials);
  }

  private int verify(TrialStore store, int most, Path scratch) throws IOException {
    StoredStudy stored = StoredStudy.read(store, folder.toString());
    List<StoredTrial> contents = store.contents();
    if (contents.isEmpty()) {
      throw new UserError(folder + " holds no finished trial; run the study first");
    }
    Study study = StudyFile.stored(stored.yaml(), List.of());
    TrialIds ids = TrialIds.of(study, store);
    Findings findings = new Findings(out);
    StoreAudit rows = StoreAudit.of(stored, contents, ids);
    rows.print(out, findings);
    List<FinishedTrial> all = contents.stream().map(StoredTrial::trial).toList();
    TableAudit tables =
        TableAudit.of(folder, stored, all, Files.createDirectory(scratch.resolve("tables")));
    tables.findings().forEach(findings::add);
    if (!tables.names().isEmpty()) {
      out.println("Tables:   " + String.join(", ", tables.names()) + " say what the store says");
    }
    if (!tables.findings().isEmpty()) {
      out.println(
          "          './vaescape report %s' writes tables and numbers anew; an earlier version, or a run that was killed, may have left others"
              .formatted(folder));
    }
    WeightsAudit weights = WeightsAudit.of(folder.resolve(StudyRun.MODELS), all);
    weights.findings().forEach(findings::add);
    if (weights.files() > 0 && weights.findings().isEmpty()) {
      out.println(
          "Weights:  %s in %s, each of its trial%s"
              .formatted(
                  Findings.count(weights.files(), "file"),
                  folder.resolve(StudyRun.MODELS),
                  weights.unknown() == 0
                      ? ""
                      : " as far as its header says: a version that kept no digest of weights trained %s of them"
                          .formatted(weights.unknown())));
    }
    List<FinishedTrial> candidates =
        ResultFiles.planned(stored, all).stream().filter(Retraining::isComparable).toList();
    Retraining retraining =
        new Retraining(
            folder,
            stored,
            store,
            ids,
            new Retraining.Places(data, labels, survival),
            scratch,
            out,
            err);
    if (most == 0) {
      out.println("Training: none was asked for");
      if (data != null || labels != null || survival != null) {
        retraining.checkData();
        out.println("Data:     the content hashes are those that the trials were made with");
      }
    } else if (candidates.isEmpty()) {
      throw new UserError(
          "%s holds no trial that can be trained again and compared: all ran out of time or memory, or failed"
              .formatted(folder));
    } else {
      long chosenBy = seed == null ? new SplittableRandom().nextInt(1_000_000) : seed;
      List<FinishedTrial> chosen = chosen(candidates, rows.changed(), most, chosenBy);
      int left = ResultFiles.planned(stored, all).size() - candidates.size();
      if (retraining.run(chosen, candidates.size(), left, chosenBy, workers, findings)) {
        return Main.INTERRUPTED;
      }
    }
    return findings.conclude();
  }

  /// Those whose rows were changed first: what they were is what one wants to know.
  private static List<FinishedTrial> chosen(
      List<FinishedTrial> candidates, List<String> changed, int most, long seed) {
    List<FinishedTrial> chosen =
        new ArrayList<>(
            candidates.stream().filter(trial -> changed.contains(trial.id())).limit(most).toList());
    List<FinishedTrial> others =
        candidates.stream().filter(trial -> !changed.contains(trial.id())).toList();
    chosen.addAll(TrialChoice.of(others, most - chosen.size(), seed));
    return chosen;
  }
}
