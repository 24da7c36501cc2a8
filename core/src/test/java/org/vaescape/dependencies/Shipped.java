package org.vaescape.dependencies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Something that is shipped and was made by others.
///
/// @param name `group:artifact`, or `npm:package`
/// @param declared licences by its own build file, as SPDX names them; empty of npm packages
record Shipped(String name, String version, List<String> declared) {
  static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  static final Path SCRIPTS = ROOT.resolve("core/src/main/resources/org/vaescape/report/vega");

  /// What Maven resolved, as the build writes it down before it compiles tests.
  static final Path LIBRARIES = ROOT.resolve("core/target/libraries.cdx.json");

  private static final String RULE = "=".repeat(78);

  /// Libraries of the build; those for several platforms once.
  static List<Shipped> libraries(Path bill) throws IOException {
    List<Shipped> libraries = new ArrayList<>();
    for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
      List<String> declared = new ArrayList<>();
      for (JsonNode choice : component.path("licenses")) {
        JsonNode licence = choice.path("license");
        declared.add(
            choice
                .path("expression")
                .asText(licence.path("id").asText(licence.path("name").asText())));
      }
      libraries.add(
          new Shipped(
              component.path("group").asText() + ":" + component.path("name").asText(),
              component.path("version").asText(),
              declared));
    }
    return libraries.stream().distinct().toList();
  }

  /// Packages inside of the browser scripts, as the licences beside them name them: above each
  /// text, in lines that may break after a hyphen.
  static List<Shipped> packages() throws IOException {
    String text = Files.readString(SCRIPTS.resolve("LICENSES.txt"));
    List<Shipped> packages = new ArrayList<>();
    List<String> sections = List.of(text.split(Pattern.quote(RULE) + "\n"));
    for (String section : sections.subList(1, sections.size())) {
      String names =
          section.substring(0, section.indexOf("\n\n")).replace("-\n", "-").replace('\n', ' ');
      for (String name : names.split(", ")) {
        MatchResult parts =
            Pattern.compile("([a-z0-9-]+) ([0-9][0-9.]*)")
                .matcher(name)
                .results()
                .findFirst()
                .orElseThrow(() -> new IOException("no package and version: " + name));
        packages.add(new Shipped("npm:" + parts.group(1), parts.group(2), List.of()));
      }
    }
    return packages;
  }
}
