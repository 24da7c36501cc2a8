package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.vaescape.search.Cell;
import org.vaescape.train.TrainingMonitor;

class TimeEstimateTest {
  private static final int STEPS_OF_EPOCH = 20;
  private static final int BATCH = 5;

  /// Of steps that take 50 ms until the machine is warm, and 2 ms from then on.
  private static final class Warming extends FakeTrainer {
    private int steps;

    @Override
    public Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor) {
      for (int epoch = 1; ; epoch++) {
        for (int step = 0; step < STEPS_OF_EPOCH; step++) {
          if (monitor.cancelled()) {
            return Optional.empty();
          }
          long end = System.nanoTime() + Duration.ofMillis(steps++ < 10 ? 50 : 2).toNanos();
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
        }
        monitor.epoch(epoch, new LinkedHashMap<>());
      }
    }
  }

  @Test
  void stepsOfAColdMachineDoNotCount() {
    LinkedHashMap<String, Object> values = new LinkedHashMap<>();
    values.put("batch", (long) BATCH);
    Cell cell = new Cell(values);
    List<Trial> twice = List.of(new Trial("a", cell, 0), new Trial("b", cell, 1));
    TimeEstimate estimate = TimeEstimate.of(twice, new Warming(), STEPS_OF_EPOCH * BATCH);
    double seconds = estimate.seconds(_ -> 1);
    assertTrue(seconds >= 2 * STEPS_OF_EPOCH * 0.002, "too short: " + seconds);
    assertTrue(seconds < 2 * STEPS_OF_EPOCH * 0.025, "as on a cold machine: " + seconds);
    assertEquals(3 * seconds, estimate.seconds(_ -> 3), 1e-9);
  }
}
