package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {
  @Test
  void aFullDiskBehindItIsNoSuccess() {
    StringWriter err = new StringWriter();
    assertEquals(2, list("No space left on device", err));
    assertEquals(
        "vaescape: the standard output cannot be written (No space left on device), so that what was printed is not all there; files are as they should be\n",
        err.toString());
  }

  /// As behind `head -1`.
  @Test
  void whatNobodyWantsToReadIsNotMissing() {
    StringWriter err = new StringWriter();
    assertEquals(0, list("Broken pipe", err));
    assertEquals("", err.toString());
  }

  private static int list(String failure, StringWriter err) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException(failure);
          }
        };
    return Main.run(
        new String[] {"list", "presets"}, new StandardOutput(broken), new PrintWriter(err));
  }
}
