package org.vaescape.data;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// The first two lines of a GCT file (GenePattern, GTEx; versions 1.2 and 1.3): how many genes in
/// rows and samples in columns follow, and how many columns and rows of annotation beside them.
///
/// @param annotations columns between a gene's name and its values
/// @param annotationRows rows between the line of names and the first gene
record GctHeader(int genes, int samples, int annotations, int annotationRows) {
  private static final Pattern VERSION = Pattern.compile("#1\\.([23])\\s*");
  private static final Pattern SIZES =
      Pattern.compile("(\\d+)\\t(\\d+)(?:\\t(\\d+)\\t(\\d+))?\\s*");

  static boolean begins(String line) {
    return VERSION.matcher(line).matches();
  }

  /// @param second the line after the one with the version
  /// @throws UserError if that does not say the sizes
  static GctHeader of(Path path, String version, String second) {
    Matcher sizes = SIZES.matcher(second);
    boolean annotated = version.strip().endsWith("3");
    if (!sizes.matches() || (sizes.group(3) != null) != annotated) {
      throw new UserError(
          "%s, line 2: must be %s, as a GCT file has them, but was '%s'"
              .formatted(
                  path,
                  annotated
                      ? "four numbers (genes, samples, columns and rows of annotation)"
                      : "two numbers (genes, samples)",
                  second));
    }
    return new GctHeader(
        number(path, sizes.group(1)),
        number(path, sizes.group(2)),
        annotated ? number(path, sizes.group(3)) : 1,
        annotated ? number(path, sizes.group(4)) : 0);
  }

  private static int number(Path path, String digits) {
    if (digits.length() > 9) {
      throw new UserError(
          "%s, line 2: a number of genes or samples must be below 1000000000 but was %s"
              .formatted(path, digits));
    }
    return Integer.parseInt(digits);
  }

  /// @throws UserError if as many were not there
  void check(Path path, int genesThere, int samplesThere) {
    if (genesThere != genes || samplesThere != samples) {
      throw new UserError(
          "%s: line 2 announces %s genes and %s samples, but there are %s and %s; the file may be cut short"
              .formatted(path, genes, samples, genesThere, samplesThere));
    }
  }
}
