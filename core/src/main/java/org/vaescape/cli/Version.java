package org.vaescape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// Which vaescape this is.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
      String version = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new String[] {"vaescape " + version, "Java " + Runtime.version()};
    }
  }
}
