package org.vaescape.study;

import java.util.function.LongSupplier;

/// Has the JVM look for what data and finished trials left on the heap.
///
/// Weights of trials are large and lie among what is old from the start. There the serial
/// collector, which the launcher asks for, looks only when the heap has grown to its limit: a study
/// of 360 trials of 5,000 genes took 6.9 GB in the end, of which 1.4 were in use.
final class HeapGarbage {
  /// Many times what a collection's tenth of a second costs is trained until so much lies there.
  static final long MUCH = 128L << 20;

  private final LongSupplier used;
  private final Runnable collector;
  private long usedAfterLast;

  /// @param used bytes of the heap
  HeapGarbage(LongSupplier used, Runnable collector) {
    this.used = used;
    this.collector = collector;
    usedAfterLast = used.getAsLong();
  }

  /// Of this process.
  static HeapGarbage ofProcess() {
    Runtime runtime = Runtime.getRuntime();
    return new HeapGarbage(
        () -> runtime.totalMemory() - runtime.freeMemory(), HeapGarbage::collect);
  }

  /// Collects at once. What preparing data leaves is as large as they are, and the JVM would keep
  /// it from the system until it needs so much again itself.
  static void collect() {
    System.gc();
  }

  /// Collects if there may be much of it; called between trials, by any thread.
  synchronized void collectMuch() {
    long now = used.getAsLong();
    usedAfterLast = Math.min(usedAfterLast, now); // others collect too
    if (now - usedAfterLast >= MUCH) {
      collector.run();
      usedAfterLast = used.getAsLong();
    }
  }
}
