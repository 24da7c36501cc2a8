package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WorkClockTest {
  private long now = -3; // as nanoTime may be

  @Test
  void standsStillWhileNobodyLooks() {
    WorkClock clock = new WorkClock(() -> now);
    long begin = clock.read();
    assertEquals(2, secondsLater(clock, 2, begin));
    assertEquals(6, secondsLater(clock, 4, begin));
    assertEquals(6, secondsLater(clock, 3600, begin), "stopped for an hour");
    assertEquals(7, secondsLater(clock, 1, begin));
  }

  private long secondsLater(WorkClock clock, int seconds, long begin) {
    now += Duration.ofSeconds(seconds).toNanos();
    return Duration.ofNanos(clock.read() - begin).toSeconds();
  }
}
