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
    // Whenever it looks there is so much more.
    HeapGarbage garbage =
        new HeapGarbage(() -> used.addAndGet(HeapGarbage.MUCH), collections::release);
    try (HeapWatch _ = HeapWatch.start(garbage)) {
      assertTrue(collections.tryAcquire(2, 1, TimeUnit.MINUTES));
    }
    TimeUnit.SECONDS.sleep(1); // it may be looking just now
    collections.drainPermits();
    assertFalse(collections.tryAcquire(1, TimeUnit.SECONDS));
  }
}
