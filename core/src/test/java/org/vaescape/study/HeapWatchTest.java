package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
  @Test
  void collectsWhatComesTogetherUntilItIsClosed() throws InterruptedException {
    AtomicLong used = new AtomicLong();
    Semaphore collections = new Semaphore(0);
    HeapGarbage garbage =
        new HeapGarbage(
            used::get,
            () -> {
              used.set(0);
              collections.release();
            });
    try (HeapWatch _ = HeapWatch.start(garbage)) {
      for (int i = 0; i < 2; i++) {
        used.set(HeapGarbage.MUCH);
        assertTrue(collections.tryAcquire(1, TimeUnit.MINUTES));
      }
    }
    TimeUnit.SECONDS.sleep(1); // it may be looking just now
    collections.drainPermits();
    used.set(HeapGarbage.MUCH);
    assertFalse(collections.tryAcquire(1, TimeUnit.SECONDS));
  }
}
