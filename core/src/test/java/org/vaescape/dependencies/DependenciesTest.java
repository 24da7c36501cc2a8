package org.vaescape.dependencies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    List<Shipped> all = new ArrayList<>(Shipped.libraries());
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
            "%s %s has %s rows in dependencies/libraries.csv; read its licence, then add one"
                .formatted(one.name(), one.version(), rows.size()));
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
      Shipped driver = new Shipped("org.postgresql:postgresql", version);
      found.put(version, (int) advisories.stream().filter(one -> one.concerns(driver)).count());
    }
    assertEquals(expected, found);
    Shipped unmended = new Shipped("org.lz4:lz4-java", "9.9");
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
  void findsLibrariesAndBrowserPackages() {
    List<String> names = shipped.stream().map(Shipped::name).toList();
    for (String name :
        List.of("org.xerial:sqlite-jdbc", "org.bytedeco:dnnl", "npm:vega", "npm:d3-array")) {
      assertEquals(1, names.stream().filter(name::equals).count(), names.toString());
    }
    assertTrue(shipped.contains(new Shipped("npm:vega", "6.4.0")), shipped.toString());
    assertFalse(names.stream().anyMatch(name -> name.contains("junit")), names.toString());
  }

  /// Made of a list with one library, as the build has it where it may use the network.
  @Test
  void theBillOfMaterialsHasBothAndTellsOfAnotherLicence(@TempDir Path folder) throws IOException {
    Path bill = folder.resolve("sbom.cdx.json");
    String library =
        """
        {"components": [{"group": "org.xerial", "name": "sqlite-jdbc", "purl": "pkg:maven/s@1",
          "licenses": [{"license": {"id": "Apache-2.0"}}]}]}
        """;
    assertEquals(List.of(), BillOfMaterials.write(library, bill));
    List<String> packages =
        new ObjectMapper().readTree(bill.toFile()).path("components").findValuesAsText("purl");
    assertEquals("pkg:maven/s@1", packages.getFirst());
    for (Shipped one : Shipped.packages()) {
      assertTrue(
          packages.contains("pkg:%s@%s".formatted(one.name().replace(':', '/'), one.version())),
          one.toString());
    }
    assertEquals(
        List.of(
            "org.xerial:sqlite-jdbc: its build file says [GPL-3.0] and dependencies/libraries.csv Apache-2.0; say there where that was read"),
        BillOfMaterials.write(library.replace("Apache-2.0", "GPL-3.0"), bill));
  }
}
