package org.vaescape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LocalTrialRunner;
import org.vaescape.study.MachineMemory;
import org.vaescape.study.Overrides;
import org.vaescape.study.Remaining;
import org.vaescape.study.RunOptions;
import org.vaescape.study.SplitKey;
import org.vaescape.study.Status;
import org.vaescape.study.Study;
import org.vaescape.study.StudyFile;
import org.vaescape.study.StudyListener;
import org.vaescape.study.StudySession;
import org.vaescape.study.TrainedTrial;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialStore;
import org.vaescape.study.TrialTrainer;
import org.vaescape.train.TrainingMonitor;

/// Plans a study, or plans it and stores a result for every trial, without training them: what
/// `growth.py` measures. Prints trials, seconds and the peak of resident memory in bytes.
///
/// Usage: `Trials plan STUDY` or `Trials store STUDY DIR`.
final class Trials {
  private Trials() {}

  public static void main(String[] words) throws IOException {
    long start = System.nanoTime();
    Study study = StudyFile.read(words[1], Overrides.none());
    try (StudySession session = StudySession.open(study)) {
      if (words[0].equals("store")) {
        start = store(session, Path.of(words[2]));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      IO.println("%d %.3f %d".formatted(session.plan().trials().size(), seconds, peakBytes()));
    }
  }

  /// Works through the plan as a run does, with a result made up for each trial, and returns when
  /// it began.
  private static long store(StudySession session, Path folder) throws IOException {
    Study study = session.study();
    // Trained, so that a result has the outcomes, terms and facts of a real one.
    TrialTrainer trainer = session.trainer();
    Trial first = session.plan().trials().getFirst();
    TrainedTrial template = trainer.train(first, TrainingMonitor.NONE).orElseThrow();
    Files.createDirectories(folder);
    int workers = session.defaultWorkers(Runtime.getRuntime().availableProcessors());
    RunOptions options =
        new RunOptions(workers, MachineMemory.defaultBytes(), Integer.MAX_VALUE, null);
    long start = System.nanoTime();
    try (TrialStore store = SqliteStore.open(folder.resolve(study.store()))) {
      StoredStudy.of(study, session.plan(), session.notes()).keep(store);
      new LocalTrialRunner(
              new Stub(trainer, template),
              folder.resolve("models"),
              study.keepWeights(),
              options,
              System::nanoTime)
          .run(Remaining.of(session.plan(), store), store, StudyListener.NONE, () -> false);
    }
    return start;
  }

  /// The real trainer but for training: a trial ends at once, as the template did, with an error of
  /// its own.
  private record Stub(TrialTrainer trainer, TrainedTrial template) implements TrialTrainer {
    @Override
    public long memoryBytes(Trial trial) {
      return trainer.memoryBytes(trial);
    }

    @Override
    public SplitKey split(Trial trial) {
      return trainer.split(trial);
    }

    @Override
    public double operations(Trial trial) {
      return trainer.operations(trial);
    }

    @Override
    public Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor) {
      return Optional.of(new TrainedTrial(result(trial), template.weights()));
    }

    private FinishedTrial result(Trial trial) {
      FinishedTrial like = template.trial();
      double factor = 1 + (Long.parseUnsignedLong(trial.id(), 16) >>> 32) / 0x1p32;
      SequencedMap<String, Double> metrics = new LinkedHashMap<>(like.metrics());
      metrics.replaceAll((name, value) -> name.startsWith("val_") ? value * factor : value);
      return new FinishedTrial(
          trial.id(),
          trial.cell().texts(),
          trial.repeat(),
          like.status(),
          "learned",
          like.epochs(),
          metrics,
          like.checkpoints(),
          like.curve(),
          like.seconds(),
          like.epochSeconds(),
          like.path(),
          like.precision(),
          like.dataHash(),
          like.message(),
          like.provenance());
    }

    @Override
    public FinishedTrial withoutResult(Trial trial, Status status, String message, double seconds) {
      return trainer.withoutResult(trial, status, message, seconds);
    }
  }

  private static long peakBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        << 10;
  }
}
