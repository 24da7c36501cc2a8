package org.vaescape.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How many bytes a second cores of this machine move between themselves and memory.
public final class MemoryRate {
  /// What all cores go over, in bytes: more than the caches of a large processor hold.
  private static final long ALL = 384L << 20;

  /// What each goes over at least, in bytes, where there are many: several times its own caches.
  private static final long LEAST = 32L << 20;

  /// So that stubs of the JVM are compiled before time counts.
  private static final int WARM_UP = 10_000;

  private MemoryRate() {}

  /// What is done to memory.
  public enum Kind {
    /// Two arrays are compared.
    READ,
    /// One array is copied to another; bytes read and written both count, the reading that the
    /// processor adds before it writes does not.
    COPY;

    /// As files write it: `copy`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The rate that several cores reach together while all of them are at work.
  ///
  /// @param seconds to measure for
  /// @return bytes a second
  public static double measure(Kind kind, int cores, double seconds) {
    long each = Math.max(LEAST, ALL / cores) / 2;
    CountDownLatch ready = new CountDownLatch(cores);
    List<Future<Double>> rates = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      for (int core = 0; core < cores; core++) {
        rates.add(threads.submit(() -> ofThread(kind, each, seconds, ready)));
      }
    }
    double sum = 0;
    for (Future<Double> rate : rates) {
      sum += done(rate);
    }
    return sum;
  }

  private static double done(Future<Double> rate) {
    try {
      return rate.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof OutOfMemoryError error) {
        throw error;
      }
      throw new IllegalStateException("memory could not be measured", failure.getCause());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("nobody interrupts", interrupted);
    }
  }

  private static double ofThread(Kind kind, long bytes, double seconds, CountDownLatch ready)
      throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from;
      MemorySegment to;
      try {
        // Written to, so that each page is one of its own.
        from = arena.allocate(bytes, 64).fill((byte) 1);
        to = arena.allocate(bytes, 64).fill((byte) 1);
        for (int i = 0; i < WARM_UP; i++) {
          go(kind, from.asSlice(0, 4096), to.asSlice(0, 4096));
        }
      } finally {
        ready.countDown(); // also where memory is short, so that others do not wait for ever
      }
      ready.await();
      long begun = System.nanoTime();
      long passes = 0;
      long taken;
      do {
        go(kind, from, to);
        passes++;
        taken = System.nanoTime() - begun;
      } while (taken < seconds * 1e9);
      return 2.0 * bytes * passes / (taken / 1e9);
    }
  }

  private static void go(Kind kind, MemorySegment from, MemorySegment to) {
    switch (kind) {
      case READ -> {
        if (from.mismatch(to) >= 0) {
          throw new IllegalStateException("equal memory differs");
        }
      }
      case COPY -> to.copyFrom(from);
    }
  }
}
