package org.vaescape.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.vaescape.store.PostgresStore;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.Study.KeepWeights;
import org.vaescape.train.TrainingMonitor;

/// A program that works through a study whose trials take a moment each and train nothing, and
/// prints when one starts, and when it is stored.
public final class StudyWorker {
  private static final int WORKERS = 2;
  private static final long NANOS_OF_A_TRIAL = 15_000_000;

  private StudyWorker() {}

  /// Takes the folder, the store (a file in it or a URL) and the number of trials.
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    List<Trial> trials = trials(Integer.parseInt(args[2]));
    try (TrialStore store = open(folder, args[1])) {
      new LocalTrialRunner(
              new Slow(),
              folder.resolve("models"),
              KeepWeights.BEST,
              new RunOptions(WORKERS, 100, Integer.MAX_VALUE, null),
              System::nanoTime)
          .run(
              Remaining.of(new Plan(trials, new LinkedHashMap<>()), store),
              store,
              new Printer(),
              () -> false);
    }
    say("end", "");
  }

  static TrialStore open(Path folder, String store) {
    return DatabaseUrl.isUrl(store)
        ? PostgresStore.open(DatabaseUrl.of(store), "worked")
        : SqliteStore.open(folder.resolve(store));
  }

  static List<Trial> trials(int count) {
    return IntStream.range(0, count).mapToObj(FakeTrainer::trial).toList();
  }

  private static synchronized void say(String what, String trial) {
    System.out.println(what + " " + trial);
    System.out.flush();
  }

  private static final class Slow extends FakeTrainer {
    @Override
    public Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor) {
      LockSupport.parkNanos(NANOS_OF_A_TRIAL);
      return super.train(trial, monitor);
    }
  }

  private static final class Printer implements StudyListener {
    @Override
    public void started(Trial trial) {
      say("started", trial.id());
    }

    @Override
    public void finished(Trial trial, FinishedTrial result) {
      say("stored", trial.id());
    }
  }
}
