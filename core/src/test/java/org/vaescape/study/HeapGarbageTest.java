package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapGarbageTest {
  private static final long IN_USE = 1_000_000;

  /// Each trial leaves 50 MiB, and what is in use stays.
  @Test
  void isCollectedWheneverSoMuchHasComeTogether() {
    AtomicLong used = new AtomicLong(IN_USE);
    List<Long> collected = new ArrayList<>();
    HeapGarbage garbage =
        new HeapGarbage(used::get, () -> collected.add(used.getAndSet(IN_USE) - IN_USE));
    for (int trial = 0; trial < 7; trial++) {
      used.addAndGet(50L << 20);
      garbage.collectMuch();
    }
    assertEquals(List.of(150L << 20, 150L << 20), collected);
  }

  /// Where all of it turns out to be in use, only what comes on top counts.
  @Test
  void isNotLookedForAgainAmongWhatStayed() {
    AtomicLong used = new AtomicLong(IN_USE);
    AtomicLong collections = new AtomicLong();
    HeapGarbage garbage = new HeapGarbage(used::get, collections::incrementAndGet);
    used.addAndGet(HeapGarbage.MUCH);
    garbage.collectMuch();
    garbage.collectMuch();
    assertEquals(1, collections.get());
  }
}
