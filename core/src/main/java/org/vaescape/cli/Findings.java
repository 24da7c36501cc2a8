package org.vaescape.cli;

import java.io.PrintWriter;

/// What `verify` found to be wrong, told at once and counted.
final class Findings {
  private final PrintWriter out;
  private int count;

  Findings(PrintWriter out) {
    this.out = out;
  }

  /// @param sentence without a full stop
  void add(String sentence) {
    out.println("DIFFERS:  " + sentence);
    out.flush();
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Says what it comes to and gives the exit code.
  int conclude() {
    out.println(
        count == 0
            ? "No difference found."
            : "%s found; each is told above.".formatted(count(count, "difference")));
    return count == 0 ? Main.DONE : Main.DIFFERENT;
  }

  /// `1 file`, `2 files`.
  static String count(int count, String noun) {
    return count == 1 ? "1 " + noun : "%,d %ss".formatted(count, noun);
  }
}
