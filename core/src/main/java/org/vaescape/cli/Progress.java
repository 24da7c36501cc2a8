package org.vaescape.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.vaescape.study.FinishedTrial;

/// How a study under way shows itself. Safe for calls from all workers.
abstract sealed class Progress implements AutoCloseable {
  final Tally tally;
  private final LongSupplier nanoTime;
  private final long start;

  /// @param nanoTime a clock that nobody sets, as [System#nanoTime]
  private Progress(Tally tally, LongSupplier nanoTime) {
    this.tally = tally;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
  }

  final synchronized void started(String id) {
    tally.start(id);
    show(Optional.empty());
  }

  final synchronized void trained(String id) {
    tally.stop(id);
  }

  final synchronized void ended(FinishedTrial trial) {
    tally.end(trial);
    show(Optional.of(trial));
  }

  final Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  /// Shows the tally after a trial has ended, or started if there is none.
  abstract void show(Optional<FinishedTrial> ended);

  @Override
  public void close() {}

  /// Shows nothing.
  static final class Silent extends Progress {
    Silent(Tally tally) {
      super(tally, System::nanoTime);
    }

    @Override
    void show(Optional<FinishedTrial> ended) {}
  }

  /// Prints a line now and then, and one for each trial that fails: for files and pipes. No worker
  /// waits for who reads them.
  static final class Lines extends Progress {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LinePrinter err;
    private Duration next = PAUSE;

    /// Whether a trial has ended since the last line.
    private boolean news;

    Lines(Tally tally, PrintWriter err, LongSupplier nanoTime) {
      super(tally, nanoTime);
      this.err = LinePrinter.start(err);
    }

    @Override
    void show(Optional<FinishedTrial> ended) {
      ended.filter(trial -> Tally.failed(trial.status())).ifPresent(this::complain);
      news |= ended.isPresent();
      // Where one trial has ended the next begins, and only then so many are running as usual.
      boolean due = ended.isEmpty() && elapsed().compareTo(next) >= 0;
      if (due || tally.done() == tally.planned()) {
        tell();
      }
    }

    private void tell() {
      if (news) {
        err.println(tally.text(elapsed()));
        next = elapsed().plus(PAUSE);
        news = false;
      }
    }

    /// Also what has ended since the last line, if the run stops before its last trial.
    @Override
    public void close() {
      synchronized (this) {
        tell();
      }
      err.close();
    }

    private void complain(FinishedTrial trial) {
      String cell =
          List.of("model", "latent", "learning-rate", "optimizer").stream()
              .filter(trial.settings()::containsKey)
              .map(key -> key + " " + trial.settings().get(key))
              .collect(Collectors.joining(", "));
      err.println("%s (%s): %s".formatted(trial.status().text(), cell, trial.message()));
    }
  }

  /// Draws a bar on the terminal.
  static final class Bar extends Progress {
    private static final int REDRAW_MILLIS = 250;

    private final ProgressBar bar;

    Bar(Tally tally) {
      super(tally, System::nanoTime);
      ConsoleProgressBarConsumer console = new ConsoleProgressBarConsumer(System.err);
      // Opens the terminal now, because that sets ctrl-C back to ending the process at once.
      console.getMaxRenderedLength();
      bar =
          new ProgressBarBuilder()
              .setInitialMax(tally.planned())
              .setTaskName("trials")
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .setConsumer(console)
              .setEtaFunction(_ -> tally.left(elapsed()))
              .build();
      show(Optional.empty());
    }

    @Override
    void show(Optional<FinishedTrial> ended) {
      bar.stepTo(tally.done());
      bar.setExtraMessage(String.join(", ", tally.details()));
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
