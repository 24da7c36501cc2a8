package org.vaescape.train;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A clock that stands still while the whole process does: after ctrl-Z, `kill -STOP` or a frozen
/// container. No trial has worked then, or is late for it.
public final class WorkClock {
  private static final Duration TICK = Duration.ofMillis(500);

  /// Longer than a busy machine or a collection of garbage keeps all threads from looking.
  private static final long STOPPED_NANOS = Duration.ofSeconds(5).toNanos();

  /// Looked at all the time by a thread of its own, so that a long pause is no long computation.
  private static final class OfProcess {
    static final WorkClock CLOCK = new WorkClock(System::nanoTime);

    static {
      Thread.ofPlatform().daemon().name("work-clock").start(OfProcess::tick);
    }

    private static void tick() {
      try {
        while (true) {
          Thread.sleep(TICK);
          CLOCK.read();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final LongSupplier clock;
  private long last;
  private long stopped;

  /// @param clock as [System#nanoTime]
  WorkClock(LongSupplier clock) {
    this.clock = clock;
    this.last = clock.getAsLong();
  }

  /// As [System#nanoTime], without the time for which this process was stopped.
  public static long nanoTime() {
    return OfProcess.CLOCK.read();
  }

  synchronized long read() {
    long now = clock.getAsLong();
    if (now - last > STOPPED_NANOS) {
      stopped += now - last;
    }
    last = now;
    return now - stopped;
  }
}
