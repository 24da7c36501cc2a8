package org.vaescape.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream through which nothing has come for too long; whoever reads from it then goes on.
final class Watch implements AutoCloseable {
  private final InputStream stream;
  private final Duration longest;
  private final Thread thread;
  private volatile long last = System.nanoTime();
  private volatile boolean stalled;

  private Watch(InputStream stream, Duration longest) {
    this.stream = stream;
    this.longest = longest;
    thread = Thread.ofVirtual().unstarted(this::watch);
  }

  static Watch over(InputStream stream, Duration longest) {
    Watch watch = new Watch(stream, longest);
    watch.thread.start();
    return watch;
  }

  /// Something came.
  void sawData() {
    last = System.nanoTime();
  }

  /// Whether the stream was closed for nothing came.
  boolean stalled() {
    return stalled;
  }

  private void watch() {
    try {
      long left;
      while ((left = longest.toNanos() - (System.nanoTime() - last)) > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
      stalled = true;
      stream.close();
    } catch (InterruptedException _) {
      // No longer needed.
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
