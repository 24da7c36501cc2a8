package org.vaescape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/// Which vaescape this is, as its build wrote it down.
///
/// @param version as the build file has it
/// @param revision of the repository, and whether files were changed since; `unknown` of sources
///   that are no clone
/// @param sources hash of the sources' content, by which builds can be told apart where there is no
///   revision; `unknown` unless the launcher built it
public record Build(String version, String revision, String sources) {
  private static final String UNKNOWN = "unknown";

  /// Of this program.
  public static Build ofThis() {
    Properties properties = new Properties();
    try (InputStream stream =
        Objects.requireNonNull(Build.class.getResourceAsStream("build.properties"))) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(
        value(properties, "version"), value(properties, "revision"), value(properties, "sources"));
  }

  /// What no build has filled in yet is in braces still.
  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key, UNKNOWN);
    return value.contains("${") ? UNKNOWN : value;
  }

  /// `0.1.0, revision 2b7c0b0e1f2a with changes, sources 9f86d081884c7d65`.
  public String text() {
    List<String> parts = new ArrayList<>(List.of(version));
    parts.add("revision " + revision);
    if (!sources.equals(UNKNOWN)) {
      parts.add("sources " + sources);
    }
    return String.join(", ", parts);
  }
}
