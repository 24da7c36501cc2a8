package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes the times of a run's steps, and stops it after a while.
///
/// The first step warms up and does not count. Neither does the last of an epoch: it measures how
/// far it went, and validation follows it.
final class StepClock implements TrainingMonitor {
  private static final long NOT_RUNNING = -1;

  private final List<Double> seconds = new ArrayList<>();
  private final double limit;
  private final AtomicBoolean over;
  private long first = NOT_RUNNING;
  private long last = NOT_RUNNING;
  private boolean warm;

  /// @param limit seconds after the first step until it stops, once a step counts
  /// @param over shared by runs that are timed beside each other: the first that stops stops all
  StepClock(double limit, AtomicBoolean over) {
    this.limit = limit;
    this.over = over;
  }

  @Override
  public void epoch(int number, SequencedMap<String, Double> terms) {
    last = NOT_RUNNING;
  }

  @Override
  public boolean cancelled() {
    long now = System.nanoTime();
    if (last != NOT_RUNNING && warm) {
      seconds.add((now - last) / 1e9);
    } else if (last != NOT_RUNNING) {
      warm = true;
      first = now;
    }
    last = now;
    if (!seconds.isEmpty() && now - first >= limit * 1e9) {
      over.set(true);
    }
    return over.get();
  }

  /// The times of the steps that count, in their order.
  List<Double> seconds() {
    return List.copyOf(seconds);
  }
}
