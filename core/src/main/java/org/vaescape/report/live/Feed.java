package org.vaescape.report.live;

import java.util.Optional;

/// Something that browsers follow. Each change gives it a new version; a browser is told what has
/// changed since the version that it knows, however long ago that was, so that nothing is kept for
/// those who are slow or away.
///
/// Safe for several threads.
abstract class Feed {
  private long version = 1;

  /// @param version that a browser knows once it has it
  /// @param data JSON without line breaks
  record News(long version, String data) {}

  /// What has changed since the version `known`, 0 for a browser that knows nothing; waits for a
  /// change, but not longer than `millis`.
  final synchronized Optional<News> after(long known, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long wait = millis;
    while (version <= known && wait > 0) {
      wait(wait);
      wait = (end - System.nanoTime()) / 1_000_000;
    }
    return version <= known ? Optional.empty() : Optional.of(new News(version, data(known)));
  }

  final synchronized long version() {
    return version;
  }

  /// The version in which a change that is being made will be known. To be called while holding
  /// this object, as the next two.
  final long next() {
    return version + 1;
  }

  final void changed() {
    version++;
    notifyAll();
  }

  /// What has changed since version `known`, or everything if that is 0, as JSON.
  abstract String data(long known);
}
