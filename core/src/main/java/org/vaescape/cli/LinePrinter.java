package org.vaescape.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Prints lines on a thread of its own, for who must not wait until somebody reads them: a pager at
/// the other end of a pipe reads a page and stops.
final class LinePrinter implements AutoCloseable {
  /// Lines that may wait for their reader; further ones are left out.
  private static final int MOST_WAITING = 1_000;

  private static final int PATIENCE_MILLIS = 2_000;

  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final Thread thread;

  private LinePrinter(PrintWriter out) {
    thread = Thread.ofPlatform().name("lines").daemon().unstarted(() -> print(out));
  }

  static LinePrinter start(PrintWriter out) {
    LinePrinter printer = new LinePrinter(out);
    printer.thread.start();
    return printer;
  }

  void println(String line) {
    if (lines.size() < MOST_WAITING) {
      lines.add(Optional.of(line));
    }
  }

  private void print(PrintWriter out) {
    try {
      Optional<String> line = lines.take();
      while (line.isPresent()) {
        out.println(line.get());
        out.flush();
        line = lines.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Prints what still waits, unless nobody reads.
  @Override
  public void close() {
    lines.add(Optional.empty());
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
