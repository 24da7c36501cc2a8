package org.vaescape.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// Names of samples or genes that stand apart from the values they belong to.
public final class AxisNames {
  /// Facts about genes that stand beside their names, as in files of cBioPortal.
  private static final Pattern OF_GENES =
      Pattern.compile(
          "(?i)((entrez|ncbi|ensembl|hgnc)([ _.]?gene)?([ _.]?id)?|gene[ _.]?(id|length|symbol|name|type)|(gene[ _.]?)?(description|biotype)|hugo_symbol|chr|chrom|chromosome|strand)");

  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d*[.]\\d+([eE][-+]?\\d+)?");

  /// As spreadsheets show dates in English and German: `1-Mar`, `Mar-01`, `01. Mrz`, `2001-03-01`.
  private static final Pattern DATE =
      Pattern.compile(
          "(?i)\\d{1,2}[-. ]{1,2}(MONTH)|(MONTH)[- ]\\d{1,2}|\\d{4}-\\d{2}-\\d{2}"
              .replace("MONTH", "jan|feb|mar|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez"));

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
    List<String> ofGenes =
        columns.stream().filter(name -> OF_GENES.matcher(name).matches()).toList();
    if (!ofGenes.isEmpty()) {
      throw new UserError(
          (ofGenes.size() == 1
                  ? "%s: column %s says something of genes and is no sample; take it out"
                  : "%s: columns %s say something of genes and are no samples; take them out")
              .formatted(source, String.join(", ", ofGenes)));
    }
    if (columns.size() > 1 && columns.stream().allMatch(name -> DECIMAL.matcher(name).matches())) {
      throw new UserError(
          "%s: must hold names but holds numbers, '%s' first; write a line of names above them"
              .formatted(source, columns.getFirst()));
    }
  }

  /// Refuses rows whose names are values, as in a table that was written without a column of names.
  ///
  /// @param source file of the names, for messages
  static void requireRowNames(String source, List<String> rows) {
    List<String> numbers = rows.stream().filter(name -> DECIMAL.matcher(name).matches()).toList();
    if (rows.size() > 1 && 2 * numbers.size() > rows.size()) {
      throw new UserError(
          "%s: its first column must hold names but holds numbers, '%s' first; write a column of names before the values, or a letter before each of them if these are the names"
              .formatted(source, numbers.getFirst()));
    }
  }

  /// Symbols of genes, and of those that several genes share `SYMBOL (ID)`; a gene without one
  /// keeps its identifier, and a symbol that is called like it is shared too.
  ///
  /// @param ids all different, as many as symbols
  static List<String> ofGenes(List<String> symbols, List<String> ids) {
    Map<String, Integer> uses = new HashMap<>();
    String[] names = new String[symbols.size()];
    for (int i = 0; i < names.length; i++) {
      uses.merge(symbols.get(i).isEmpty() ? ids.get(i) : symbols.get(i), 1, Integer::sum);
    }
    for (int i = 0; i < names.length; i++) {
      String symbol = symbols.get(i);
      boolean alone = !symbol.isEmpty() && uses.getOrDefault(symbol, 0) == 1;
      names[i] = alone ? symbol : symbol.isEmpty() ? ids.get(i) : symbol + " (" + ids.get(i) + ")";
    }
    return List.of(names);
  }

  /// The first five of some names, for a message.
  static String some(List<String> names) {
    return some(names, NAMED);
  }

  /// The first of some names, for a message: `a, b, c, ...`.
  public static String some(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + ", ...";
  }

  /// Says that genes are called like dates, if some are.
  ///
  /// @param source of the names, for messages
  static Optional<String> datesNote(String source, List<String> genes) {
    List<String> dates = genes.stream().filter(AxisNames::isDate).toList();
    return dates.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %s of %s genes have dates for names (%s), which spreadsheets make of MARCH1, SEPT2 and their like; bring the matrix as it was before"
                .formatted(source, dates.size(), genes.size(), some(dates)));
  }

  /// What to add to a complaint about a name that stands there twice.
  static String dateHint(String name) {
    return isDate(name)
        ? "; spreadsheets make such dates of several genes, MARCH1 and MARC1 for one"
        : "";
  }

  private static boolean isDate(String name) {
    return DATE.matcher(name).matches();
  }
}
