package org.vaescape.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command answered.
record Console(int code, String out, String err) {

  static Console run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(args, new PrintWriter(out), new PrintWriter(err));
    return new Console(code, out.toString(), err.toString());
  }

  /// What it printed, with sentences of several lines as one line each.
  String text() {
    return out.replaceAll("\n {4,}(?=\\S)", " ");
  }
}
