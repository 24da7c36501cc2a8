package org.vaescape.cli.isolated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.vaescape.UserError;
import org.vaescape.study.TrainedTrial;
import org.vaescape.study.Trial;
import org.vaescape.train.TrainingMonitor;

/// A [TrialWorker], as the process sees it that started it; one trial at a time.
final class WorkerProcess implements AutoCloseable {
  private static final long MILLIS_BETWEEN_QUESTIONS = 100;

  /// For a process whose output has ended: until then the system frees its memory, and a debugger
  /// or a core file may hold it.
  private static final long PATIENCE_SECONDS = 60;

  /// What a dying JVM says fits into it.
  private static final int LAST_WORDS = 60;

  /// How the JVM's announcement begins that modules are incubating ones.
  private static final String ANNOUNCEMENT = "WARNING: Using incubator modules";

  /// Flags of the JVM that are this process's own: a debugger's port, an open file.
  private static final List<String> OWN_FLAGS = List.of("-agentlib:", "-Dvaescape.stderr=");

  private final WorkerFolder folder;
  private final Process process;
  private final Writer ids;
  private final List<String> lastWords = Collections.synchronizedList(new ArrayList<>());

  /// What it says, and empty at its end.
  private final BlockingQueue<Optional<WorkerLine>> lines = new LinkedBlockingQueue<>();

  /// How a trial went.
  sealed interface Outcome {
    record Trained(TrainedTrial result) implements Outcome {}

    record Cancelled() implements Outcome {}

    /// The process ended.
    ///
    /// @param training whether it had begun with the trial
    record Died(WorkerEnd end, boolean training) implements Outcome {}
  }

  private WorkerProcess(WorkerFolder folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.ids = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("worker-output-" + process.pid()).start(this::listen);
  }

  /// Starts one for a study, with the flags of this JVM.
  ///
  /// @param study the text of its resolved file
  /// @throws UserError if the system starts no process, or the temporary folder cannot be written
  static WorkerProcess start(String study) {
    WorkerFolder folder = WorkerFolder.make(study);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> OWN_FLAGS.stream().noneMatch(flag::startsWith))
        .forEach(command::add);
    // It would be gigabytes, and written while the next trial waits.
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            TrialWorker.class.getName(),
            folder.path().toString()));
    try {
      return new WorkerProcess(
          folder, new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      folder.delete();
      throw new UserError(
          "no process for trials can be started (%s); give the system room, or run without --isolate"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void listen() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(this::hear);
    } catch (IOException | UncheckedIOException _) {
      // is as good as the end
    } finally {
      lines.add(Optional.empty()); // of a line too that no worker says
    }
  }

  private void hear(String line) {
    Optional<WorkerLine> said = WorkerLine.of(line);
    if (said.isPresent()) {
      lines.add(said);
    } else if (!line.isBlank() && !line.startsWith(ANNOUNCEMENT)) {
      lastWords.add(line);
      if (lastWords.size() > LAST_WORDS) {
        lastWords.removeFirst();
      }
    }
  }

  /// Has a trial trained. After any other outcome than a result the process is to be closed.
  ///
  /// @throws UserError if no trial of the study can be trained
  Outcome train(Trial trial, TrainingMonitor monitor) {
    long killsBefore = MemoryKills.count();
    boolean training = false;
    try {
      ask(trial);
      while (true) {
        Optional<WorkerLine> line = lines.poll(MILLIS_BETWEEN_QUESTIONS, TimeUnit.MILLISECONDS);
        if (line == null) {
          if (monitor.cancelled()) {
            return new Outcome.Cancelled();
          }
        } else if (line.isEmpty()) {
          return new Outcome.Died(end(killsBefore), training);
        } else {
          switch (line.get()) {
            case WorkerLine.Started _ -> training = true;
            case WorkerLine.EpochEnded epoch -> monitor.epoch(epoch.number(), epoch.terms());
            case WorkerLine.Finished _ -> {
              return new Outcome.Trained(folder.take());
            }
            case WorkerLine.Refused refused -> throw new UserError(refused.sentence());
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Cancelled();
    }
  }

  /// A process that has ended does not take it, and [#listen] notices.
  private void ask(Trial trial) {
    try {
      ids.write(trial.id() + "\n");
      ids.flush();
    } catch (IOException _) {
      // is told by its output
    }
  }

  private WorkerEnd end(long killsBefore) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return WorkerEnd.of(
        process.exitValue(), List.copyOf(lastWords), MemoryKills.count() > killsBefore);
  }

  /// Ends the process, and the trial that it may be at work on.
  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    folder.delete();
  }
}
