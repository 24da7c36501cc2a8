package org.vaescape.report.live;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StudyListener;
import org.vaescape.study.Trial;

/// Tells in a file what a run is doing, for whoever watches it: begun anew with each run, unless
/// that joins others; a [LiveEvent] a line, written by a thread of its own.
///
/// No result depends on it: nobody who trains waits for it, and if it cannot be written that is
/// said once and the run goes on.
public final class LiveLog implements StudyListener, AutoCloseable {
  /// In the study's folder.
  public static final String FILE = "live.jsonl";

  private static final int PAUSE_MILLIS = 200;

  /// Events that may wait while the disk hangs; beyond these, epochs are left out.
  private static final int MOST_WAITING = 20_000;

  private static final int PATIENCE_MILLIS = 5_000;

  /// Makes the file.
  @FunctionalInterface
  interface Opening {
    OutputStream open() throws IOException;
  }

  private final Path file;
  private final Consumer<String> onFailure;
  private final BlockingQueue<Optional<LiveEvent>> queue = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;
  private volatile boolean failed;

  private LiveLog(Path file, Consumer<String> onFailure) {
    this.file = file;
    this.onFailure = onFailure;
  }

  /// Begins the file of a run. It is open when this returns: others that are let in then append to
  /// this one, and not to the one that it replaces.
  ///
  /// @param joins whether other processes run the study and tell in the same file
  /// @param work of the trials that this run is to come to, by id, in any unit
  /// @param onFailure is told in a sentence, once, if the file cannot be written
  public static LiveLog begin(
      Path folder,
      boolean joins,
      SequencedMap<String, Double> work,
      InstantSource clock,
      Consumer<String> onFailure) {
    Path file = folder.resolve(FILE);
    return begin(file, () -> open(file, joins), joins, work, clock, onFailure);
  }

  /// Trials that the last run in the folder has told to be in its store.
  public static Set<String> stored(Path folder) {
    Set<String> stored = new LinkedHashSet<>();
    try (Stream<String> lines = Files.lines(folder.resolve(FILE))) {
      lines
          .filter(line -> line.contains("\"finished\"")) // most lines are epochs
          .flatMap(line -> LiveEvent.of(line).stream())
          .forEach(event -> {
            if (event instanceof LiveEvent.Finished end) {
              stored.add(end.trial());
            }
          });
    } catch (IOException | UncheckedIOException e) {
      // It may be deleted, and its last line cut.
    }
    return stored;
  }

  /// The same with a file that tests make.
  static LiveLog begin(
      Path file,
      Opening opening,
      boolean joins,
      SequencedMap<String, Double> work,
      InstantSource clock,
      Consumer<String> onFailure) {
    LiveLog log = new LiveLog(file, onFailure);
    log.add(new LiveEvent.Begun(clock.millis(), joins, work));
    log.start(opening);
    return log;
  }

  @Override
  public void started(Trial trial) {
    add(new LiveEvent.Started(trial.id()));
  }

  @Override
  public void epoch(Trial trial, FinishedTrial.Epoch epoch) {
    if (queue.size() < MOST_WAITING) {
      add(new LiveEvent.EpochEnded(trial.id(), epoch.number(), epoch.terms()));
    }
  }

  @Override
  public void trained(Trial trial) {
    add(new LiveEvent.Trained(trial.id()));
  }

  @Override
  public void finished(Trial trial, FinishedTrial result) {
    add(new LiveEvent.Finished(trial.id(), result.status().text()));
  }

  @Override
  public void finishedElsewhere(Trial trial, FinishedTrial result) {
    add(new LiveEvent.Finished(trial.id(), LiveEvent.ELSEWHERE));
  }

  /// Writes what still waits, unless the disk hangs.
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    queue.add(Optional.empty());
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(LiveEvent event) {
    if (!failed) {
      queue.add(Optional.of(event));
    }
  }

  /// A new file, so that whoever reads the old one to its end does not read on in this one. All
  /// append to it, so that lines of several processes come after each other.
  private static OutputStream open(Path file, boolean joins) throws IOException {
    if (!joins) {
      Files.deleteIfExists(file);
    }
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void start(Opening opening) {
    try {
      OutputStream out = opening.open();
      thread = Thread.ofPlatform().name("live-log").daemon().start(() -> write(out));
    } catch (IOException e) {
      fail(UserError.reason(e));
    }
  }

  private void write(OutputStream file) {
    try (OutputStream out = file) {
      writeTo(out);
    } catch (IOException e) {
      fail(UserError.reason(e));
    } catch (OutOfMemoryError e) {
      fail(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(String reason) {
    failed = true;
    queue.clear();
    onFailure.accept(
        "%s cannot be written (%s), so that './vaescape serve' does not show what is running now; the results are complete without it"
            .formatted(file, reason));
  }

  private void writeTo(OutputStream out) throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      List<Optional<LiveEvent>> events = new ArrayList<>(List.of(queue.take()));
      queue.drainTo(events);
      StringBuilder lines = new StringBuilder();
      for (Optional<LiveEvent> event : events) {
        event.ifPresent(one -> lines.append(one.line()).append('\n'));
        open &= event.isPresent();
      }
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      if (open) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
