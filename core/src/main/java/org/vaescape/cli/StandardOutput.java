package org.vaescape.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.vaescape.UserError;

/// The standard output, which remembers that it could not be written: [System#out] forgets why.
final class StandardOutput extends OutputStream {
  /// How the system says that nobody reads any more, as behind `head`.
  private static final String NOBODY_READS = "Broken pipe";

  private final OutputStream out;
  private Optional<IOException> failure = Optional.empty();

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  /// The same with another one.
  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /// Why not all of what was printed got there, in words; empty if it did, or nobody wanted it.
  synchronized Optional<String> failure() {
    return failure
        .filter(why -> !String.valueOf(why.getMessage()).contains(NOBODY_READS))
        .map(UserError::reason);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }
}
