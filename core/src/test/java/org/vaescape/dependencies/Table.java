package org.vaescape.dependencies;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The tables of the folder `dependencies`.
final class Table {
  private Table() {}

  /// @param licence that it is used under
  /// @param read where that was read, if not in its build file
  record Library(String name, String licence, String read) {}

  /// @param introduced empty for all before
  /// @param fixed empty for none yet
  record Advisory(String library, String introduced, String fixed, String hole) {
    boolean concerns(Shipped shipped) {
      return shipped.name().equals(library)
          && (introduced.isEmpty() || Versions.compare(shipped.version(), introduced) >= 0)
          && (fixed.isEmpty() || Versions.compare(shipped.version(), fixed) < 0);
    }
  }

  static List<Library> libraries() throws IOException {
    return read("libraries.csv").stream()
        .map(row -> new Library(row.getField(0), row.getField(1), row.getField(2)))
        .toList();
  }

  static List<Advisory> advisories() throws IOException {
    return read("advisories.csv").stream()
        .map(
            row -> new Advisory(row.getField(0), row.getField(1), row.getField(2), row.getField(3)))
        .toList();
  }

  static List<String> licences() throws IOException {
    return read("licences.csv").stream().map(row -> row.getField(0)).toList();
  }

  static List<NamedCsvRecord> read(String name) throws IOException {
    Path file = Shipped.ROOT.resolve("dependencies").resolve(name);
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      return reader.stream().toList();
    }
  }

  /// The row of a library: its own, or one that ends in `*` and begins as it does.
  static List<Library> rows(List<Library> libraries, String name) {
    List<Library> own = libraries.stream().filter(row -> row.name().equals(name)).toList();
    return own.isEmpty()
        ? libraries.stream()
            .filter(row -> row.name().endsWith("*"))
            .filter(row -> name.startsWith(row.name().substring(0, row.name().length() - 1)))
            .toList()
        : own;
  }
}
