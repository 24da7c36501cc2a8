package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.Comparability;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LocalTrialRunner;
import org.vaescape.study.MachineMemory;
import org.vaescape.study.Remaining;
import org.vaescape.study.RunOptions;
import org.vaescape.study.Study;
import org.vaescape.study.StudyData;
import org.vaescape.study.StudyFile;
import org.vaescape.study.StudyListener;
import org.vaescape.study.StudySession;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialIds;
import org.vaescape.study.TrialStore;

/// Trains stored trials again, in another folder, and compares.
///
/// @param scratch a folder for what is of no use afterwards
record Retraining(
    Path folder,
    StoredStudy stored,
    TrialStore store,
    TrialIds ids,
    Places places,
    Path scratch,
    PrintWriter out,
    PrintWriter err) {
  private static final List<String> OF_MACHINE = List.of("path", "device");

  /// Where files are now that the study has elsewhere; null where it has them still.
  record Places(@Nullable Path data, @Nullable Path labels, @Nullable Path survival) {}

  /// Whether a trial's end is its own, and not the machine's.
  static boolean isComparable(FinishedTrial trial) {
    return switch (trial.status()) {
      case CONVERGED, MAX_EPOCHS, DIVERGED -> true;
      case OUT_OF_MEMORY, TIMED_OUT, PRUNED, FAILED -> false;
    };
  }

  /// Trains and tells, a line a trial.
  ///
  /// @param all comparable trials of the study
  /// @param left trials that are not
  /// @return whether somebody stopped it
  /// @throws UserError if the data are not there, or nothing can be trained here as it was
  boolean run(
      List<FinishedTrial> chosen,
      int all,
      int left,
      long seed,
      WorkerOption workers,
      Findings findings) {
    try (StudySession session = StudySession.open(study())) {
      refuseOtherVersion();
      refuseOtherLabels(session);
      refuseOthers(session);
      SequencedMap<String, FinishedTrial> wanted = new LinkedHashMap<>();
      List<Trial> trials = new ArrayList<>();
      Map<String, Trial> planned = new HashMap<>();
      session.plan().trials().forEach(trial -> planned.put(name(trial), trial));
      for (FinishedTrial trial : chosen) {
        Trial known = planned.get(name(trial.settings(), trial.repeat()));
        if (known == null) {
          findings.add(
              "trial %s in the store has settings that the study does not ask for"
                  .formatted(trial.id()));
        } else if (wanted.putIfAbsent(known.id(), trial) == null) {
          trials.add(known);
        }
      }
      out.println(
          "Training: %s of %,d again, chosen by --seed %s%s"
              .formatted(
                  Findings.count(trials.size(), "trial"),
                  all,
                  seed,
                  left == 0
                      ? ""
                      : " (%,d that ran out of time or memory or failed are left out: that hangs on the machine)"
                          .formatted(left)));
      out.flush();
      RetrainedTrials told = new RetrainedTrials(wanted, out, findings);
      boolean interrupted = train(session, trials, workers, told);
      if (!interrupted) {
        told.conclude(all);
      }
      return interrupted;
    }
  }

  /// Trains nothing.
  ///
  /// @throws UserError if the data are not there, or not those that the trials were trained on
  void checkData() {
    try (StudySession session = StudySession.open(study())) {
      refuseOtherLabels(session);
    }
  }

  private boolean train(
      StudySession session, List<Trial> trials, WorkerOption workers, StudyListener told) {
    RunOptions options =
        new RunOptions(
            workers.count(session), MachineMemory.defaultBytes(), Integer.MAX_VALUE, null);
    try (TrialStore again = SqliteStore.open(scratch.resolve("again.db"));
        Interruption interruption =
            Interruption.watch(() -> err.println("Stopping at the next batch ..."))) {
      return new LocalTrialRunner(
              session.trainer(),
              scratch.resolve(StudyRun.MODELS),
              Study.KeepWeights.NONE,
              options,
              System::nanoTime)
          .run(Remaining.of(trials, again), again, told, interruption::asked)
          .interrupted();
    }
  }

  /// The study as it is stored, without a limit of time, of files where they are now.
  private Study study() {
    StudyData data = StudyFile.stored(stored.yaml(), List.of()).data();
    List<String> sets = new ArrayList<>(List.of("train.time-limit=none"));
    sets.add(set("data.matrix", places.data, data.matrix(), "--data"));
    if (data.labels() != null) {
      sets.add(set("data.labels", places.labels, data.labels(), "--labels"));
    } else {
      refuseUnused("data.labels", places.labels, "--labels");
    }
    if (data.survival() != null) {
      sets.add(set("data.survival", places.survival, data.survival(), "--survival"));
    } else {
      refuseUnused("data.survival", places.survival, "--survival");
    }
    if (!data.hash().isEmpty()) { // unless somebody took it out of the store
      sets.add("data.hash=" + data.hash()); // which another place of the matrix lets go of
    }
    return StudyFile.stored(stored.yaml(), sets);
  }

  private static String set(String key, @Nullable Path now, Path then, String option) {
    Path path = Objects.requireNonNullElse(now, then).toAbsolutePath();
    if (!Files.exists(path)) {
      throw new UserError(
          "%s: no such file or folder, though the study's %s needs it to train again; say where it is now by %s"
              .formatted(path, key, option));
    }
    return "%s='%s'".formatted(key, path.toString().replace("'", "''"));
  }

  private static void refuseUnused(String key, @Nullable Path now, String option) {
    if (now != null) {
      throw new UserError(
          "%s %s: the study has no %s, so that nothing can be said of the file; leave it out"
              .formatted(option, now, key));
    }
  }

  private void refuseOtherVersion() {
    if (!ids.canTell()) {
      throw new UserError(
          "%s: its trials were made by a version that counts otherwise (numerics %s there, %s here), so this one cannot train them again; take that version: %s"
              .formatted(
                  folder,
                  ids.numerics().isEmpty() ? "unknown" : ids.numerics(),
                  TrialIds.numericsHere(),
                  made()));
    }
  }

  private void refuseOtherLabels(StudySession session) {
    StudyData data = session.study().data();
    for (Comparability.Difference difference : Comparability.differences(session.plan(), store)) {
      if (difference.key().equals("content of data.labels")) {
        throw new UserError(
            "%s: labels, batches or survival times are not those that the trials were measured by: their content hash is %s and was %s; name the right files by --labels and --survival"
                .formatted(
                    data.labels() == null ? data.survival() : data.labels(),
                    one(difference.here()),
                    one(difference.there())));
      }
    }
  }

  /// Whatever else makes these trials others than those of the store, but for the machine.
  private void refuseOthers(StudySession session) {
    for (Comparability.Difference difference : Comparability.differences(session.plan(), store)) {
      if (!OF_MACHINE.contains(difference.key())) {
        throw new UserError(
            "%s: its trials cannot be trained again from the study that its store keeps: %s"
                .formatted(folder, difference.text()));
      }
    }
  }

  private static String one(Set<String> values) {
    return values.stream().filter(value -> !value.isEmpty()).findFirst().orElse("none");
  }

  private String made() {
    return store.trials().stream()
        .map(trial -> trial.provenance().getOrDefault("vaescape", "unknown"))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String name(Trial trial) {
    return name(trial.cell().texts(), trial.repeat());
  }

  private static String name(Map<String, String> settings, int repeat) {
    return settings + " " + repeat;
  }
}
