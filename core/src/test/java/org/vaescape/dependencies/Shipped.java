package org.vaescape.dependencies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that is shipped and was made by others.
///
/// @param name `group:artifact`, or `npm:package`
record Shipped(String name, String version) {
  static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  static final Path SCRIPTS = ROOT.resolve("core/src/main/resources/org/vaescape/report/vega");

  /// What Maven resolved, as the build writes it down before it compiles tests.
  static final Path LIBRARIES = ROOT.resolve("core/target/libraries.txt");

  /// ` group:artifact:jar:1.0:compile -- module ...`, with a classifier before the version where
  /// there is one.
  private static final Pattern LIBRARY =
      Pattern.compile(" +([^: ]+:[^: ]+):jar:(?:[^: ]+:)?([^: ]+):(?:compile|runtime)\\b.*");

  private static final Pattern PACKAGE = Pattern.compile("([a-z0-9-]+) ([0-9][0-9.]*)");

  private static final String RULE = "=".repeat(78) + "\n";

  /// Libraries of the build; those for several platforms once.
  static List<Shipped> libraries() throws IOException {
    List<Shipped> libraries = new ArrayList<>();
    for (String line : Files.readAllLines(LIBRARIES)) {
      Matcher library = LIBRARY.matcher(line);
      if (library.matches()) {
        libraries.add(new Shipped(library.group(1), library.group(2)));
      } else if (line.contains(":")) {
        heading(line);
      }
    }
    return libraries.stream().distinct().toList();
  }

  private static void heading(String line) throws IOException {
    if (!line.equals("The following files have been resolved:")) {
      throw new IOException(LIBRARIES + ": no library: " + line);
    }
  }

  /// Packages inside of the browser scripts, as the licences beside them name them: above each
  /// text, in lines that may break after a hyphen.
  static List<Shipped> packages() throws IOException {
    List<Shipped> packages = new ArrayList<>();
    List<String> sections =
        List.of(Files.readString(SCRIPTS.resolve("LICENSES.txt")).split(RULE, -1));
    for (String section : sections.subList(1, sections.size())) {
      String names =
          section.substring(0, section.indexOf("\n\n")).replace("-\n", "-").replace('\n', ' ');
      for (String name : names.split(", ", -1)) {
        Matcher parts = PACKAGE.matcher(name);
        if (!parts.matches()) {
          throw new IOException("LICENSES.txt: no package and version: " + name);
        }
        packages.add(new Shipped("npm:" + parts.group(1), parts.group(2)));
      }
    }
    return packages;
  }
}
