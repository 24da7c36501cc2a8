package org.vaescape.dependencies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.dependencies.Table.Advisory;
import org.vaescape.dependencies.Table.Library;

/// Holds what is shipped to the tables of the folder `dependencies`.
final class DependenciesTest {
  private static List<Shipped> shipped;

  @BeforeAll
  static void read() throws IOException {
    assertTrue(
        Files.exists(Shipped.LIBRARIES),
        "the build has not listed its libraries; run the phase process-test-resources");
    List<Shipped> all = new ArrayList<>(Shipped.libraries(Shipped.LIBRARIES));
    all.addAll(Shipped.packages());
    shipped = List.copyOf(all);
  }

  @Test
  void everythingShippedHasARowWithALicenceThatMayBeUsed() throws IOException {
    List<Library> libraries = Table.libraries();
    List<String> allowed = Table.licences();
    List<String> complaints = new ArrayList<>();
    for (Shipped one : shipped) {
      List<Library> rows = Table.rows(libraries, one.name());
      if (rows.size() != 1) {
        complaints.add(
            "%s %s (%s): %s rows in dependencies/libraries.csv; read its licence, then add one"
                .formatted(one.name(), one.version(), one.declared(), rows.size()));
      } else if (!one.declared().isEmpty()
          && !one.declared().contains(rows.getFirst().licence())
          && rows.getFirst().read().isEmpty()) {
        complaints.add(
            "%s: its build file says %s and dependencies/libraries.csv %s; say where that was read"
                .formatted(one.name(), one.declared(), rows.getFirst().licence()));
      }
    }
    for (Library row : libraries) {
      if (!allowed.contains(row.licence())) {
        complaints.add(
            "%s: %s is not in dependencies/licences.csv".formatted(row.name(), row.licence()));
      }
    }
    assertEquals(List.of(), complaints);
  }

  @Test
  void nothingShippedHasAKnownHole() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Advisory advisory : Table.advisories()) {
      shipped.stream()
          .filter(advisory::concerns)
          .forEach(one ->
              complaints.add(
                  "%s %s has %s; take %s or later"
                      .formatted(one.name(), one.version(), advisory.hole(), advisory.fixed())));
    }
    assertEquals(List.of(), complaints);
  }

  /// What the two tests above would say of others.
  @Test
  void findsAHoleInAVersionOfItsRangeAlone() throws IOException {
    List<Advisory> advisories = Table.advisories();
    Map<String, Integer> expected = new TreeMap<>();
    expected.put("42.7.3", 0);
    expected.put("42.7.4", 2);
    expected.put("42.7.7", 1);
    expected.put("42.7.12", 0);
    Map<String, Integer> found = new TreeMap<>();
    for (String version : expected.keySet()) {
      Shipped driver = new Shipped("org.postgresql:postgresql", version, List.of());
      found.put(version, (int) advisories.stream().filter(one -> one.concerns(driver)).count());
    }
    assertEquals(expected, found);
    Shipped unmended = new Shipped("org.lz4:lz4-java", "9.9", List.of());
    assertTrue(advisories.stream().anyMatch(one -> one.concerns(unmended)), "no version is mended");
    assertEquals(
        List.of(), Table.rows(Table.libraries(), "org.example:new"), "has to be added first");
    assertEquals("ISC", Table.rows(Table.libraries(), "npm:d3-array").getFirst().licence());
    assertEquals("BSD-3-Clause", Table.rows(Table.libraries(), "npm:d3-ease").getFirst().licence());
  }

  @ParameterizedTest
  @CsvSource({
    "1.9, 1.10, -1",
    "1.10.1, 1.10.1, 0",
    "2.0, 2.0.0, 0",
    "3.54.1.0, 3.50.2.0, 1",
    "1.5.7-4, 1.5.7-10, -1",
    "2.13.4, 2.13.4.1, -1",
    "1.0-rc1, 1.0, -1",
    "33.5.0-jre, 33.4.0-jre, 1"
  })
  void ordersVersionsByTheirNumbers(String one, String other, int order) {
    assertEquals(order, Integer.signum(Versions.compare(one, other)));
    assertEquals(-order, Integer.signum(Versions.compare(other, one)));
  }

  @Test
  void scriptsThatAreCheckedInAreTheOnesThatWereListed() throws Exception {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(Shipped.SCRIPTS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        found.put(Objects.toString(file.getFileName()), HexFormat.of().formatHex(sum));
      }
    }
    Map<String, String> listed = new TreeMap<>();
    for (NamedCsvRecord row : Table.read("scripts.csv")) {
      listed.put(row.getField(0), row.getField(1));
    }
    assertEquals(listed, found);
  }

  @Test
  void theBillOfMaterialsHasLibrariesAndBrowserPackages(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sbom.cdx.json");
    BillOfMaterials.write(file);
    JsonNode bill = new ObjectMapper().readTree(file.toFile());
    assertEquals("CycloneDX", bill.path("bomFormat").asText());
    List<String> packages = bill.path("components").findValuesAsText("purl");
    assertTrue(packages.contains("pkg:npm/vega@6.4.0"), packages.toString());
    assertTrue(
        packages.stream().anyMatch(one -> one.startsWith("pkg:maven/org.xerial/sqlite-jdbc@")),
        packages.toString());
    assertFalse(packages.stream().anyMatch(one -> one.contains("junit")), packages.toString());
    assertTrue(shipped.size() > 60, "found " + shipped.size());
    for (Shipped one : Shipped.packages()) {
      assertTrue(
          packages.contains("pkg:%s@%s".formatted(one.name().replace(':', '/'), one.version())),
          one.toString());
    }
  }
}
