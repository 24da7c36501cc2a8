package org.vaescape.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// Names of samples or genes that stand apart from the values they belong to.
final class AxisNames {
  /// Facts about genes that stand beside their names, as in files of cBioPortal.
  private static final Pattern OF_GENES =
      Pattern.compile(
          "(?i)((entrez|ncbi|ensembl|hgnc)([ _.]?gene)?([ _.]?id)?|gene[ _.]?(id|length|symbol|name)|hugo_symbol|chr|chrom|chromosome|strand)");

  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d*[.]\\d+([eE][-+]?\\d+)?");

  /// A message names so many of a list.
  private static final int NAMED = 5;

  private AxisNames() {}

  /// These names, if there are as many as the matrix needs, none empty and all different.
  ///
  /// @param source file and place of the names, for messages
  /// @param what they name: `samples`, `genes`
  static List<String> checked(String source, String what, List<String> names, int count) {
    if (names.size() != count) {
      throw new UserError(
          "%s: has %s names where the matrix has %s %s"
              .formatted(source, names.size(), count, what));
    }
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new UserError("%s: name %s of %s is empty".formatted(source, i + 1, what));
      }
      Integer before = places.putIfAbsent(name, i);
      if (before != null) {
        throw new UserError(
            "%s: numbers %s and %s of %s have the same name '%s'; make names unique first"
                .formatted(source, before + 1, i + 1, what, name));
      }
    }
    return names;
  }

  /// Refuses names of columns that are none of samples or genes, whose values would pass for some.
  ///
  /// @param source file and place of the names, for messages
  static void requireNames(String source, List<String> columns) {
    columns.stream()
        .filter(name -> OF_GENES.matcher(name).matches())
        .findFirst()
        .ifPresent(name -> {
          throw new UserError(
              "%s: column %s says something of genes and is no sample; take it out"
                  .formatted(source, name));
        });
    if (columns.size() > 1 && columns.stream().allMatch(name -> DECIMAL.matcher(name).matches())) {
      throw new UserError(
          "%s: must hold names but holds numbers, '%s' first; write a line of names above them"
              .formatted(source, columns.getFirst()));
    }
  }

  /// Symbols of genes, and of those that several genes share `SYMBOL (ID)`.
  ///
  /// @param ids all different, as many as symbols
  static List<String> ofGenes(List<String> symbols, List<String> ids) {
    Map<String, Integer> uses = new HashMap<>();
    symbols.forEach(symbol -> uses.merge(symbol, 1, Integer::sum));
    String[] names = new String[symbols.size()];
    for (int i = 0; i < names.length; i++) {
      String symbol = symbols.get(i);
      boolean alone = !symbol.isEmpty() && uses.getOrDefault(symbol, 0) == 1;
      names[i] = alone ? symbol : symbol.isEmpty() ? ids.get(i) : symbol + " (" + ids.get(i) + ")";
    }
    return List.of(names);
  }

  /// The first of some names, for a message.
  static String some(List<String> names) {
    return names.size() <= NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + ", ...";
  }
}
