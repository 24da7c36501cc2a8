package org.vaescape.dependencies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vaescape.dependencies.Table.Library;

/// Everything shipped that others made, as CycloneDX has it: the libraries as the build lists them,
/// and beside them the packages inside of browser scripts. `make sbom` runs it.
final class BillOfMaterials {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BillOfMaterials() {}

  /// Fails where a library's own build file says another licence than ours.
  ///
  /// @param words the list of libraries, and the file to write
  public static void main(String[] words) throws IOException {
    List<String> complaints = write(Files.readString(Path.of(words[0])), Path.of(words[1]));
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(String.join("; ", complaints));
    }
  }

  /// Writes the file, and returns what licences of build files are not ours, a sentence each.
  ///
  /// @param libraries as CycloneDX has them
  static List<String> write(String libraries, Path file) throws IOException {
    ObjectNode bill = (ObjectNode) JSON.readTree(libraries);
    ArrayNode components = bill.withArray("components");
    List<Library> rows = Table.libraries();
    List<String> complaints = new ArrayList<>();
    for (JsonNode component : components) {
      String name = component.path("group").asText() + ":" + component.path("name").asText();
      List<String> declared = declared(component);
      Table.rows(rows, name).stream()
          .filter(row -> row.read().isEmpty() && !declared.contains(row.licence()))
          .forEach(row ->
              complaints.add(
                  "%s: its build file says %s and dependencies/libraries.csv %s; say there where that was read"
                      .formatted(name, declared, row.licence())));
    }
    for (Shipped one : Shipped.packages()) {
      String address = "pkg:%s@%s".formatted(one.name().replace(':', '/'), one.version());
      ObjectNode component = components.addObject();
      component.put("type", "library").put("bom-ref", address);
      component.put("name", one.name().substring(one.name().indexOf(':') + 1));
      component.put("version", one.version());
      licence(component, Table.rows(rows, one.name()).getFirst().licence());
      component.put("purl", address);
    }
    ObjectNode font = components.addObject();
    font.put("type", "data").put("bom-ref", "DejaVu Sans").put("name", "DejaVu Sans");
    licence(font, "Bitstream-Vera");
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
    return complaints;
  }

  private static List<String> declared(JsonNode component) {
    List<String> declared = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      declared.add(
          choice
              .path("expression")
              .asText(licence.path("id").asText(licence.path("name").asText())));
    }
    return declared;
  }

  private static void licence(ObjectNode component, String id) {
    component.putArray("licenses").addObject().putObject("license").put("id", id);
  }
}
