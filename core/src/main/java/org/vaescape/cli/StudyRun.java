package org.vaescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.cli.isolated.IsolatedTrainer;
import org.vaescape.report.live.LiveLog;
import org.vaescape.store.NetworkDrive;
import org.vaescape.study.BoundStore;
import org.vaescape.study.Comparability;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.LocalTrialRunner;
import org.vaescape.study.Plan;
import org.vaescape.study.Remaining;
import org.vaescape.study.RunOptions;
import org.vaescape.study.RunSummary;
import org.vaescape.study.Study;
import org.vaescape.study.StudyListener;
import org.vaescape.study.StudySession;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialRunner;
import org.vaescape.study.TrialStore;

/// Works through a study in a folder, from what is there already to tables and report; with other
/// processes that run the same study there, if there are any.
///
/// @param onlyFailed trains again what failed, ran out of memory or of time, and nothing else
/// @param isolate trains in other processes
/// @param results what is made of the trials
record StudyRun(
    StudySession session,
    Path folder,
    RunOptions options,
    boolean onlyFailed,
    boolean isolate,
    boolean quiet,
    ResultFiles results) {
  static final String MODELS = "models";
  private static final String STUDY = "study.yaml";

  /// Runs and returns the exit code: done, interrupted, or the statistics failed.
  ///
  /// @throws UserError if the folder is not the study's, another study runs in it or it cannot be
  ///   written
  int run() {
    Study study = session.study();
    Plan plan = session.plan();
    StoreLocation location = StoreLocation.of(folder, study);
    if (location.isOnServer()) {
      askFirst(location, plan);
    }
    try (FolderLock lock = FolderLock.take(folder, location.mark());
        TrialStore opened = location.open()) {
      if (lock.isShared()) {
        refuseAnother(study);
      }
      if (!location.isOnServer()) {
        NetworkDrive.of(folder)
            .ifPresent(type -> err().println("Warning: " + NetworkDrive.warning(folder, type)));
      }
      sayWhatIsGone(opened);
      TrialStore store =
          BoundStore.of(folder, plan, opened, StoredStudy.of(study, plan, session.notes())::keep);
      lock.write(STUDY, study.yaml());
      RunSummary summary = train(plan, store, lock);
      if (summary.withoutWeights() > 0) {
        out()
            .println(
                "The weights of %s are not in %s: %s"
                    .formatted(
                        summary.withoutWeights() == 1
                            ? "a trial"
                            : summary.withoutWeights() + " trials",
                        folder.resolve(MODELS),
                        location.isOnServer()
                            ? "they are on the machine that did the training, if they were kept."
                            : "they were not kept at the time; a new folder (--out) trains anew."));
      }
      int written = results.write(folder, store);
      if (summary.interrupted()) {
        out()
            .println(
                "Interrupted; %s trials are left. The same command goes on."
                    .formatted(Remaining.of(plan, store).size()));
        return Main.INTERRUPTED;
      }
      int left = Remaining.of(plan, store).size();
      if (left > 0) {
        out().println("%s trials are left. The same command goes on.".formatted(left));
      }
      return written;
    }
  }

  /// No folder is made for a study whose server is away, or has other trials under its name.
  private void askFirst(StoreLocation location, Plan plan) {
    try (TrialStore store = location.open()) {
      Comparability.check(folder, plan, store);
    }
  }

  /// Such as where a study's database was copied without the log beside it.
  private void sayWhatIsGone(TrialStore store) {
    Set<String> gone = LiveLog.stored(folder);
    gone.removeAll(store.digests().keySet());
    if (!gone.isEmpty()) {
      err()
          .println(
              "Warning: %s of the trials that the last run stored %s not in %s any more: it was rescued, copied without its -wal file, or replaced by an older one; what is missing is trained again"
                  .formatted(
                      gone.size(), gone.size() == 1 ? "is" : "are", session.study().store()));
    }
  }

  /// Tables and report are those of one study; two that run at once would write each other's over.
  private void refuseAnother(Study study) {
    Map<String, String> there;
    try {
      there = StoredStudy.settings(Files.readString(folder.resolve(STUDY)));
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be read (%s), so that it is not known which study another vaescape runs there; wait until it ends, or choose another folder by --out"
              .formatted(folder.resolve(STUDY), UserError.reason(e)),
          e);
    }
    Map<String, String> here = StoredStudy.settings(study.yaml());
    SequencedSet<String> keys = new LinkedHashSet<>(here.keySet());
    keys.addAll(there.keySet());
    List<String> differences =
        keys.stream()
            .filter(key -> !Objects.equals(here.get(key), there.get(key)))
            .map(key ->
                "%s is %s there and %s here"
                    .formatted(
                        key,
                        there.getOrDefault(key, "not given"),
                        here.getOrDefault(key, "not given")))
            .toList();
    if (!differences.isEmpty()) {
      throw new UserError(
          "%s: another vaescape is running another study there: %s; wait until it ends, choose another folder by --out, or change that back to share its work"
              .formatted(folder, String.join(", ", differences)));
    }
  }

  private PrintWriter out() {
    return results.out();
  }

  private PrintWriter err() {
    return results.err();
  }

  private RunSummary train(Plan plan, TrialStore store, FolderLock lock) {
    Remaining trials = onlyFailed ? Remaining.failed(plan, store) : Remaining.of(plan, store);
    Set<String> again = new HashSet<>(trials.trials().stream().map(Trial::id).toList());
    Set<String> planned = new HashSet<>(plan.trials().stream().map(Trial::id).toList());
    List<FinishedTrial> there =
        store.trials().stream()
            .filter(trial -> planned.contains(trial.id()) && !again.contains(trial.id()))
            .toList();
    if (!there.isEmpty()) {
      say("%s of %s trials are there already".formatted(there.size(), plan.trials().size()));
    }
    if (lock.isShared()) {
      say("Another vaescape runs this study in %s; they share the work.".formatted(folder));
    }
    SequencedMap<String, Double> work = new LinkedHashMap<>();
    trials.trials().stream()
        .limit(options.maxTrials())
        .forEach(trial -> work.put(trial.id(), session.trainer().operations(trial)));
    try (Progress progress = progress(new Tally(work, there));
        Interruption interruption =
            Interruption.watch(() -> say("Stopping at the next batch ..."));
        LiveLog log =
            LiveLog.begin(
                folder,
                lock.isShared(),
                work,
                InstantSource.system(),
                text -> err().println("Warning: " + text));
        IsolatedTrainer isolated = isolate ? new IsolatedTrainer(session) : null) {
      TrialRunner runner =
          new LocalTrialRunner(
              isolated == null ? session.trainer() : isolated,
              folder.resolve(MODELS),
              session.study().keepWeights(),
              options,
              System::nanoTime);
      lock.begun();
      return runner.run(trials, store, listener(progress, log), interruption::asked);
    }
  }

  // Since JDK 25 it is null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private Progress progress(Tally tally) {
    if (quiet || tally.done() == tally.planned()) {
      return new Progress.Silent(tally);
    }
    return System.console() != null && System.console().isTerminal()
        ? new Progress.Bar(tally)
        : new Progress.Lines(tally, err(), System::nanoTime);
  }

  private void say(String sentence) {
    if (!quiet) {
      err().println(sentence);
      err().flush();
    }
  }

  private StudyListener listener(Progress progress, LiveLog log) {
    return new StudyListener() {
      @Override
      public void started(Trial trial) {
        log.started(trial);
        progress.started(trial.id());
      }

      @Override
      public void epoch(Trial trial, Epoch epoch) {
        log.epoch(trial, epoch);
      }

      @Override
      public void trained(Trial trial) {
        log.trained(trial);
        progress.trained(trial.id());
      }

      @Override
      public void finished(Trial trial, FinishedTrial result) {
        log.finished(trial, result);
        progress.ended(result);
      }

      @Override
      public void finishedElsewhere(Trial trial, FinishedTrial result) {
        log.finishedElsewhere(trial, result);
        progress.ended(result);
      }

      @Override
      public void waitsForOthers(int trials) {
        say(
            "Waiting for %s that another vaescape is training; ctrl-C goes on without."
                .formatted(trials == 1 ? "a trial" : trials + " trials"));
      }
    };
  }
}
