package org.vaescape.cli.isolated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jline.utils.Signals;
import org.vaescape.UserError;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.study.Overrides;
import org.vaescape.study.StudyFile;
import org.vaescape.study.StudySession;
import org.vaescape.study.TrainedTrial;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialTrainer;
import org.vaescape.train.TrainingMonitor;

/// A process that trains trials of one study, one after the other, for the process that started it:
/// takes their ids, a line each, from its standard input, and ends when that does.
///
/// No command of the program: [WorkerProcess] alone starts it.
public final class TrialWorker {
  private final WorkerFolder folder;
  private final PrintWriter out;
  private final BlockingQueue<String> ids = new LinkedBlockingQueue<>();

  private TrialWorker(WorkerFolder folder) {
    this.folder = folder;
    this.out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
  }

  /// Trains until the standard input ends.
  ///
  /// @param args the folder
  public static void main(String[] args) throws InterruptedException {
    // A terminal sends these to all its processes, and who asks a study to stop asks its run. That
    // ends its workers.
    List.of("INT", "TERM", "HUP").forEach(name -> Signals.register(name, () -> {}));
    Locale.setDefault(Locale.ROOT); // as Main does
    new TrialWorker(new WorkerFolder(Path.of(args[0]))).work();
  }

  private void work() throws InterruptedException {
    Thread.ofPlatform().daemon().name("ids").start(this::read);
    NativeLibrary.loadAhead();
    try (StudySession session =
        StudySession.open(StudyFile.read(folder.study().toString(), Overrides.none()))) {
      Map<String, Trial> trials =
          session.plan().trials().stream()
              .collect(Collectors.toMap(Trial::id, Function.identity()));
      while (true) {
        String id = ids.take();
        Trial trial = trials.get(id);
        if (trial == null) {
          throw new UserError(
              "a process for trials makes other trials of the study than the run that started it (there is no %s), as where a file has changed or memory is short; run the same command again"
                  .formatted(id));
        }
        train(trial, session.trainer());
      }
    } catch (UserError e) {
      say(new WorkerLine.Refused(String.valueOf(e.getMessage())));
    }
  }

  /// Whoever started it has ended, however that was, or has no more trials.
  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      lines.lines().forEach(ids::add);
    } catch (IOException | UncheckedIOException _) {
      // is as good as the end
    }
    folder.delete();
    // Not exit: shutdown hooks would wait for a trial that nobody wants any more.
    Runtime.getRuntime().halt(0);
  }

  private void train(Trial trial, TrialTrainer trainer) {
    say(new WorkerLine.Started());
    folder.put(trained(trial, trainer));
    say(new WorkerLine.Finished());
  }

  private TrainedTrial trained(Trial trial, TrialTrainer trainer) {
    long begin = System.nanoTime();
    try {
      return trainer.train(trial, new Teller()).orElseThrow(); // nobody cancels it
    } catch (UserError e) {
      throw e;
    } catch (Throwable e) {
      return new TrainedTrial(
          trainer.failed(trial, e, (System.nanoTime() - begin) / 1e9), Optional.empty());
    }
  }

  private void say(WorkerLine line) {
    out.println(line.text());
  }

  private final class Teller implements TrainingMonitor {
    @Override
    public void epoch(int number, SequencedMap<String, Double> terms) {
      say(new WorkerLine.EpochEnded(number, terms));
    }

    @Override
    public boolean cancelled() {
      return false; // the process is ended instead
    }
  }
}
