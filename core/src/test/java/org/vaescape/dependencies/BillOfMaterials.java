package org.vaescape.dependencies;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vaescape.dependencies.Table.Library;

/// Everything shipped that others made, as CycloneDX has it: the libraries as the build lists them,
/// and beside them the packages inside of browser scripts. `make sbom` runs it.
final class BillOfMaterials {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BillOfMaterials() {}

  /// @param words the file to write
  public static void main(String[] words) throws IOException {
    write(Path.of(words[0]));
  }

  static void write(Path file) throws IOException {
    ObjectNode bill = (ObjectNode) JSON.readTree(Shipped.LIBRARIES.toFile());
    ArrayNode components = bill.withArray("components");
    List<Library> libraries = Table.libraries();
    for (Shipped one : Shipped.packages()) {
      String address = "pkg:%s@%s".formatted(one.name().replace(':', '/'), one.version());
      ObjectNode component = components.addObject();
      component.put("type", "library").put("bom-ref", address);
      component.put("name", one.name().substring(one.name().indexOf(':') + 1));
      component.put("version", one.version());
      licence(component, Table.rows(libraries, one.name()).getFirst().licence());
      component.put("purl", address);
    }
    ObjectNode font = components.addObject();
    font.put("type", "data").put("bom-ref", "DejaVu Sans").put("name", "DejaVu Sans");
    licence(font, "Bitstream-Vera");
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
  }

  private static void licence(ObjectNode component, String id) {
    component.putArray("licenses").addObject().putObject("license").put("id", id);
  }
}
