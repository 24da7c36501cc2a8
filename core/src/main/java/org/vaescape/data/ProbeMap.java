package org.vaescape.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.vaescape.UserError;

/// Symbols of genes by their identifiers, as UCSC Xena's probe maps have them: a table with the
/// columns `id` and `gene` (or with neither name, whose first two are these), further ones of no
/// interest.
///
/// An Ensembl identifier is found with and without its version (`ENSG00000141510.16`), whichever of
/// the two the map has. Identifiers that share a symbol keep rows of their own, as `SYMBOL (ID)`:
/// which of them counts, or whether they add up, depends on the platform.
public final class ProbeMap {
  /// More columns than a table has that does not name these two; a matrix has more.
  private static final int MOST_UNNAMED = 8;

  private static final Pattern VERSIONED = Pattern.compile("(ENS[A-Z]*G\\d{11})\\.\\d+");

  private final String source;
  private final Map<String, String> symbols;

  private ProbeMap(String source, Map<String, String> symbols) {
    this.source = source;
    this.symbols = symbols;
  }

  /// Reads the whole file.
  ///
  /// @throws UserError with file and line if it is no such map
  public static ProbeMap read(Path path) {
    SampleTable table = SampleTable.read(path);
    List<String> header = table.header().stream().map(name -> name.replaceFirst("^#", "")).toList();
    int id = header.indexOf("id");
    int gene = header.indexOf("gene");
    if (header.size() < 2 || (id < 0) != (gene < 0) || (id < 0 && header.size() > MOST_UNNAMED)) {
      throw new UserError(
          "%s, line %s: must have the columns id and gene but has %s; name them so"
              .formatted(path, table.headerLine(), LabelsFile.names(header)));
    }
    Map<String, String> symbols = new HashMap<>();
    for (SampleTable.Row row : table.rows()) {
      if (row.cells().size() < Math.max(2, Math.max(id, gene) + 1)) {
        throw new UserError(
            "%s, line %s: has %s columns where line %s has %s"
                .formatted(
                    path, row.line(), row.cells().size(), table.headerLine(), header.size()));
      }
      String name = row.cells().get(Math.max(0, id)).strip();
      String symbol = row.cells().get(gene < 0 ? 1 : gene).strip();
      String before = symbols.putIfAbsent(name, symbol);
      if (before != null && !before.equals(symbol)) {
        throw new UserError(
            "%s, line %s: calls %s '%s', and a line above '%s'; leave one of them out"
                .formatted(path, row.line(), name, symbol, before));
      }
    }
    // Versions of one gene that have two symbols tell nothing of a third one.
    Set<String> ambiguous = new HashSet<>();
    Map<String, String> unversioned = new HashMap<>();
    symbols.forEach((name, symbol) -> {
      Matcher versioned = VERSIONED.matcher(name);
      if (versioned.matches()) {
        String before = unversioned.putIfAbsent(versioned.group(1), symbol);
        if (before != null && !before.equals(symbol)) {
          ambiguous.add(versioned.group(1));
        }
      }
    });
    unversioned.keySet().removeAll(ambiguous);
    unversioned.forEach(symbols::putIfAbsent);
    return new ProbeMap(path.toString(), symbols);
  }

  /// Whether it is an identifier of Ensembl.
  static boolean isEnsembl(String name) {
    return name.startsWith("ENS") && name.matches("ENS[A-Z]*G\\d{11}(\\.\\d+)?");
  }

  /// The matrix with symbols in the place of identifiers, and a note that counts what has none. Its
  /// hash is another one, of the old one and the new names.
  ///
  /// @throws UserError if none of its genes is in the map
  public Matrix apply(Matrix matrix) {
    List<String> ids = matrix.genes();
    List<String> found = ids.stream().map(this::symbol).toList();
    long without = found.stream().filter(String::isEmpty).count();
    if (without == ids.size()) {
      throw new UserError(
          "%s: names none of the %s genes of %s, whose first is '%s'; bring the map of its identifiers, or leave data.probe-map out"
              .formatted(source, ids.size(), matrix.source(), ids.getFirst()));
    }
    List<String> genes =
        AxisNames.checked(source, "genes", AxisNames.ofGenes(found, ids), ids.size());
    long shared =
        IntStream.range(0, genes.size())
            .filter(i -> !found.get(i).isEmpty() && !found.get(i).equals(genes.get(i)))
            .count();
    List<String> notes = new ArrayList<>(matrix.notes());
    if (without > 0 || shared > 0) {
      notes.add(
          "%s: of %s genes %s have the symbol that data.probe-map says, %s of them with the identifier behind it since others have it too, and %s are not in the map and keep their names"
              .formatted(matrix.source(), ids.size(), ids.size() - without, shared, without));
    }
    ContentHash hash = new ContentHash("vaescape named matrix 1");
    hash.text(matrix.hash());
    hash.texts(genes);
    return new Matrix(
        matrix.source(),
        matrix.samples(),
        genes,
        matrix.values(),
        hash.hex(),
        notes,
        matrix.form());
  }

  /// Empty if the map has none, or an empty one.
  private String symbol(String id) {
    String symbol = symbols.get(id);
    if (symbol == null) {
      Matcher versioned = VERSIONED.matcher(id);
      symbol = versioned.matches() ? symbols.get(versioned.group(1)) : null;
    }
    return symbol == null ? "" : symbol;
  }
}
