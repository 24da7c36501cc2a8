package org.vaescape.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which way round a text matrix lies, and how that was found out.
///
/// @param certain whether names say so, or nothing contradicts who told it; otherwise the person
///   should hear of it
/// @param because ready to stand after "because"
record Layout(boolean genesInRows, boolean certain, String because) {
  private static final Predicate<String> BARCODE =
      Pattern.compile("(TCGA|TARGET|GTEX|CPTAC)[-.].+|GSM\\d+|[SED]RR\\d+").asMatchPredicate();

  private static final Predicate<String> SAMPLE =
      BARCODE.or(
          Pattern.compile(
                  "(s|p|sample|patient|subject|donor|cell|tumou?r|normal|control)[_.-]?\\d+",
                  Pattern.CASE_INSENSITIVE)
              .asMatchPredicate());

  private static final Predicate<String> GENE =
      Pattern.compile("(?i:ENS[A-Z]*G\\d{11}(\\.\\d+)?)|(?i:g|gene)[_.-]?\\d+|[^|]+\\|\\d+")
          .asMatchPredicate();

  /// Some of them are in every expression matrix of man (and, in other letters, mouse).
  private static final Set<String> KNOWN_GENES =
      Set.of(
          "A1BG", "A2M", "ABCA1", "ABCA12", "ACTB", "AKT1", "ALB", "APC", "APOE", "ATM", "B2M",
          "BRAF", "BRCA1", "BRCA2", "CCND1", "CD4", "CD8A", "CDH1", "CDK4", "CDKN2A", "COL1A1",
          "CTNNB1", "EGFR", "EPCAM", "ERBB2", "ESR1", "FN1", "GAPDH", "GATA3", "HIF1A", "IL6",
          "KIT", "KRAS", "KRT18", "MAPK1", "MET", "MKI67", "MYC", "NOTCH1", "PIK3CA", "PTEN", "RB1",
          "STAT3", "TGFB1", "TNF", "TP53", "TUBB", "VEGFA", "VIM", "XIST");

  private static final Set<String> ROWS_ARE_GENES =
      Set.of(
          "sample",
          "gene",
          "genes",
          "gene_id",
          "geneid",
          "gene_name",
          "gene_symbol",
          "symbol",
          "hugo_symbol",
          "hgnc_symbol",
          "ensembl_id",
          "entrez_id",
          "entrez_gene_id");

  private static final Set<String> ROWS_ARE_SAMPLES =
      Set.of(
          "samples",
          "sample_id",
          "sampleid",
          "sample_name",
          "barcode",
          "patient",
          "patient_id",
          "cell",
          "cell_id");

  /// The layout of a file with these names.
  ///
  /// @param corner the cell where the two meet
  static Layout of(
      Orientation orientation, String corner, List<String> columns, List<String> rows) {
    Layout detected = detected(corner.strip().toLowerCase(Locale.ROOT), columns, rows);
    return switch (orientation) {
      case GENES_IN_ROWS -> told(true, detected);
      case GENES_IN_COLUMNS -> told(false, detected);
      case AUTO -> detected;
    };
  }

  private static Layout told(boolean genesInRows, Layout detected) {
    boolean contradicted = detected.certain && detected.genesInRows != genesInRows;
    return new Layout(
        genesInRows,
        !contradicted,
        "data.orientation says so" + (contradicted ? ", although " + detected.because : ""));
  }

  private static Layout detected(String corner, List<String> columns, List<String> rows) {
    if (mostly(columns, BARCODE) != mostly(rows, BARCODE)) {
      return byNames(mostly(columns, BARCODE), "barcodes of samples");
    }
    if (areGenes(columns) != areGenes(rows)) {
      boolean inRows = areGenes(rows);
      return new Layout(inRows, true, (inRows ? "row" : "column") + " names are those of genes");
    }
    if (mostly(columns, SAMPLE) != mostly(rows, SAMPLE)) {
      return byNames(mostly(columns, SAMPLE), "those of samples");
    }
    if (ROWS_ARE_GENES.contains(corner) || ROWS_ARE_SAMPLES.contains(corner)) {
      return new Layout(
          ROWS_ARE_GENES.contains(corner), false, "the first cell is '%s'".formatted(corner));
    }
    boolean inRows = rows.size() >= columns.size();
    return new Layout(
        inRows,
        false,
        "there are %s rows and %s columns, and genes are mostly more than samples"
            .formatted(rows.size(), columns.size()));
  }

  private static Layout byNames(boolean samplesInColumns, String what) {
    return new Layout(
        samplesInColumns, true, (samplesInColumns ? "column" : "row") + " names are " + what);
  }

  /// `genes in rows, since ...`
  String text() {
    return "genes in %s, since %s".formatted(genesInRows ? "rows" : "columns", because);
  }

  /// What the person should hear where it is not certain.
  ///
  /// @param source the file
  Optional<String> note(String source) {
    return certain
        ? Optional.empty()
        : Optional.of(
            "%s: read with genes in %s because %s; set data.orientation to %s if that is wrong"
                .formatted(
                    source,
                    genesInRows ? "rows" : "columns",
                    because,
                    (genesInRows ? Orientation.GENES_IN_COLUMNS : Orientation.GENES_IN_ROWS)
                        .text()));
  }

  /// Whether it is a word that stands above the names of rows.
  static boolean isCorner(String cell) {
    String word = cell.strip().toLowerCase(Locale.ROOT);
    return ROWS_ARE_GENES.contains(word) || ROWS_ARE_SAMPLES.contains(word);
  }

  private static boolean areGenes(List<String> names) {
    return mostly(names, GENE)
        || names.stream().anyMatch(name -> KNOWN_GENES.contains(name.toUpperCase(Locale.ROOT)));
  }

  private static boolean mostly(List<String> names, Predicate<String> kind) {
    return 2 * names.stream().filter(kind).count() > names.size();
  }
}
