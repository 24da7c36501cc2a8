package org.vaescape.data;

import java.util.HashSet;

/// What the values of a matrix are like, from one look at each.
///
/// @param missing values
/// @param incompleteGenes that lack a value in some sample, `emptyGenes` among them
/// @param emptyGenes without any value
/// @param incompleteSamples that lack a value of some gene that is not empty
/// @param constantGenes that have one value in all samples that have one
/// @param everywhere genes that are above 0 in every sample
/// @param zeros values
/// @param smallest NaN without any value, as `largest` and `mean`
/// @param medianTotal sum of the values of a sample, in the median of them
/// @param patients that samples come from, told by TCGA barcodes; of others each sample is one
/// @param ensembl whether most genes have identifiers of Ensembl for names
public record MatrixFacts(
    long missing,
    int incompleteGenes,
    int emptyGenes,
    int incompleteSamples,
    int constantGenes,
    int everywhere,
    long zeros,
    float smallest,
    float largest,
    double mean,
    double medianTotal,
    int patients,
    boolean ensembl,
    Kind kind) {

  /// What values seem to be.
  public enum Kind {
    COUNTS("whole numbers: counts"),
    BINARY("0 and 1 alone"),
    UNIT("within 0 and 1: scaled already, or shares"),
    LOGARITHMS("as logarithms are, such as log2(x + 1)"),
    SIGNED_LOGARITHMS("with values below 0: logarithms of small numbers, ratios, or centred"),
    Z_SCORES("z-scores: each gene has mean 0 and standard deviation 1"),
    LINEAR("not on a log scale: TPM, FPKM, intensities or normalised counts"),
    OTHER("of a scale that is not known, with large values below 0");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// Log2 of a count that no library of today reaches; above it values are no logarithms.
  public static final double LARGEST_LOGARITHM = 64;

  /// Looks at all values, gene by gene.
  public static MatrixFacts of(Matrix matrix) {
    Look look = new Look(matrix.samples().size());
    for (int gene = 0; gene < matrix.genes().size(); gene++) {
      look.at(matrix.values().of(gene));
    }
    int incomplete = 0;
    for (int lacking : look.lacking) {
      incomplete += lacking > 0 ? 1 : 0;
    }
    boolean some = look.present > 0;
    long ensembl = matrix.genes().stream().filter(ProbeMap::isEnsembl).count();
    return new MatrixFacts(
        look.missing,
        look.incompleteGenes,
        look.emptyGenes,
        incomplete,
        look.constantGenes,
        look.everywhere,
        look.zeros,
        some ? look.smallest : Float.NaN,
        some ? look.largest : Float.NaN,
        look.sum / look.present,
        Statistics.median(look.totals),
        new HashSet<>(Preparation.patients(matrix.samples())).size(),
        2 * ensembl > matrix.genes().size(),
        look.kind());
  }

  /// Adds up what each gene shows.
  private static final class Look {
    private final int[] lacking;
    private final double[] totals;
    private long present;
    private long missing;
    private int incompleteGenes;
    private int emptyGenes;
    private int constantGenes;
    private int everywhere;
    private int standardized;
    private int varying;
    private long zeros;
    private boolean fractions;
    private double sum;
    private float smallest = Float.POSITIVE_INFINITY;
    private float largest = Float.NEGATIVE_INFINITY;

    Look(int samples) {
      lacking = new int[samples];
      totals = new double[samples];
    }

    void at(float[] values) {
      int found = 0;
      int positive = 0;
      double total = 0;
      double squares = 0;
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int sample = 0; sample < values.length; sample++) {
        float value = values[sample];
        if (!Float.isNaN(value)) {
          found++;
          totals[sample] += value;
          positive += value > 0 ? 1 : 0;
          zeros += value == 0 ? 1 : 0;
          fractions |= value != Math.rint(value);
          total += value;
          squares += (double) value * value;
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
      everywhere += positive == values.length ? 1 : 0;
      present += found;
      sum += total;
      smallest = Math.min(smallest, least);
      largest = Math.max(largest, most);
      if (found < values.length) {
        missing += values.length - found;
        incompleteGenes++;
        emptyGenes += found == 0 ? 1 : 0;
        for (int sample = 0; found > 0 && sample < values.length; sample++) {
          lacking[sample] += Float.isNaN(values[sample]) ? 1 : 0;
        }
      }
      if (found > 0 && least == most) {
        constantGenes++;
      } else if (found > 0) {
        varying++;
        double mean = total / found;
        double deviation = Math.sqrt(squares / found - mean * mean);
        // Over n or n - 1, of all samples or of most of them.
        standardized += Math.abs(mean) < 0.05 && Math.abs(deviation - 1) < 0.1 ? 1 : 0;
      }
    }

    Kind kind() {
      if (smallest < 0) {
        return varying > 0 && 10L * standardized > 9L * varying
            ? Kind.Z_SCORES
            : Math.max(-smallest, largest) <= LARGEST_LOGARITHM
                ? Kind.SIGNED_LOGARITHMS
                : Kind.OTHER;
      }
      if (largest <= 1) {
        return fractions ? Kind.UNIT : Kind.BINARY;
      }
      if (!fractions) {
        return Kind.COUNTS;
      }
      return largest <= LARGEST_LOGARITHM ? Kind.LOGARITHMS : Kind.LINEAR;
    }
  }
}
