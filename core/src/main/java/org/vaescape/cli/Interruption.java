package org.vaescape.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// What ctrl-C and its like do while a study runs: the first asks it to stop, the second ends the
/// process at once.
final class Interruption implements AutoCloseable {
  /// Ctrl-C; what `kill` sends when it is not told otherwise; what a terminal sends when it is
  /// closed. Whoever ignores one of them, as `nohup` does, goes on ignoring it. `kill -9` cannot be
  /// watched.
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final AtomicBoolean asked = new AtomicBoolean();
  private final Runnable whenAsked;
  private final Map<String, Object> before = new HashMap<>();

  private Interruption(Runnable whenAsked) {
    this.whenAsked = whenAsked;
    SIGNALS.forEach(name -> before.put(name, Signals.register(name, this::signal)));
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
    before.forEach(Signals::unregister);
  }

  private void signal() {
    if (asked.getAndSet(true)) {
      // Not exit: shutdown hooks would wait for the natives that are being given up.
      Runtime.getRuntime().halt(Main.INTERRUPTED);
    }
    whenAsked.run();
  }
}
