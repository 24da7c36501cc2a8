package org.vaescape.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// What ctrl-C and a polite kill do while a study runs: the first asks it to stop, the second ends
/// the process at once.
final class Interruption implements AutoCloseable {
  private static final String CTRL_C = "INT";

  /// What `kill` sends when it is not told otherwise; `kill -9` cannot be watched.
  private static final String TERMINATE = "TERM";

  private final AtomicBoolean asked = new AtomicBoolean();
  private final Runnable whenAsked;
  private final Object oldCtrlC;
  private final Object oldTerminate;

  private Interruption(Runnable whenAsked) {
    this.whenAsked = whenAsked;
    oldCtrlC = Signals.register(CTRL_C, this::signal);
    oldTerminate = Signals.register(TERMINATE, this::signal);
  }

  /// Watches until closed.
  ///
  /// @param whenAsked runs once, at the first signal, on a thread of the system's
  static Interruption watch(Runnable whenAsked) {
    return new Interruption(whenAsked);
  }

  boolean asked() {
    return asked.get();
  }

  @Override
  public void close() {
    Signals.unregister(CTRL_C, oldCtrlC);
    Signals.unregister(TERMINATE, oldTerminate);
  }

  private void signal() {
    if (asked.getAndSet(true)) {
      // Not exit: shutdown hooks would wait for the natives that are being given up.
      Runtime.getRuntime().halt(Main.INTERRUPTED);
    }
    whenAsked.run();
  }
}
