package org.vaescape.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.UserError;
import org.vaescape.data.DataSettings.Counts;
import org.vaescape.data.DataSettings.Log;
import org.vaescape.data.DataSettings.Normalize;

/// Makes counts of samples comparable, gene by gene as they are asked for: what is sparse stays so.
///
/// Counts per million are count x 1,000,000 / sum of the sample over all genes of the matrix. Size
/// factors are those of DESeq (Anders and Huber 2010, doi:10.1186/gb-2010-11-10-r106, equation 5):
/// of a sample the median, over the genes that are above 0 in every sample fitted on, of its count
/// over the gene's geometric mean in these samples; zeros of a sample outside of them are left out.
/// Values are divided by the factor.
///
/// @param factors for each sample what its values are multiplied by; empty for nothing
/// @param scaling what to do to other samples
/// @param notes warnings, one sentence each, that begin with the source of the matrix
record CountScale(Log log, double[] factors, CountScaling scaling, List<String> notes) {
  private static final double MILLION = 1e6;
  private static final double LN_2 = StrictMath.log(2);

  /// Ratios that are held at a time: 64 MiB.
  private static final int RATIOS = 1 << 23;

  /// @param fit the samples that the reference of size factors is fitted on
  /// @throws UserError if values are negative, or no gene can be a reference
  static CountScale fit(Matrix matrix, Counts counts, int[] fit) {
    double[] none = {};
    if (counts.equals(Counts.AS_THEY_ARE)) {
      return new CountScale(Log.NONE, none, CountScaling.NONE, List.of());
    }
    Sums sums = Sums.of(matrix, counts);
    List<String> notes = new ArrayList<>(sums.notes(matrix, counts));
    String normalize = counts.normalize().text();
    String log = counts.log().text();
    CountScaling plain = new CountScaling(normalize, log, List.of(), List.of());
    return switch (counts.normalize()) {
      case NONE -> new CountScale(counts.log(), none, plain, notes);
      case CPM ->
          new CountScale(
              counts.log(),
              Arrays.stream(sums.ofSample).map(sum -> sum == 0 ? 0 : MILLION / sum).toArray(),
              plain,
              notes);
      case SIZE_FACTORS -> {
        Reference reference = Reference.of(matrix, fit);
        double[] sizes = reference.sizes(matrix);
        List<String> genes = Arrays.stream(reference.genes).mapToObj(matrix.genes()::get).toList();
        List<Double> means = Arrays.stream(reference.logMeans).mapToObj(StrictMath::exp).toList();
        yield new CountScale(
            counts.log(),
            Arrays.stream(sizes).map(size -> 1 / size).toArray(),
            new CountScaling(normalize, log, genes, means),
            notes);
      }
    };
  }

  /// The matrix with values that can be compared. Its hash stays that of the file's.
  Matrix apply(Matrix matrix) {
    if (factors.length == 0 && log == Log.NONE) {
      return matrix;
    }
    GeneValues raw = matrix.values();
    return matrix.with(gene -> scaled(raw.of(gene)));
  }

  private float[] scaled(float[] counts) {
    float[] scaled = new float[counts.length];
    for (int sample = 0; sample < counts.length; sample++) {
      if (counts[sample] != 0) { // of 0 all of this is 0
        double value = counts[sample] * (factors.length == 0 ? 1 : factors[sample]);
        scaled[sample] =
            (float)
                switch (log) {
                  case NONE -> value;
                  case LOG1P -> StrictMath.log1p(value);
                  case LOG2 -> StrictMath.log1p(value) / LN_2;
                };
      }
    }
    return scaled;
  }

  /// What one look at all values tells.
  ///
  /// @param ofSample sum of each sample's values
  private record Sums(double[] ofSample, float largest, boolean fractions) {
    /// @throws UserError if a value is negative
    static Sums of(Matrix matrix, Counts counts) {
      double[] ofSample = new double[matrix.samples().size()];
      float largest = 0;
      boolean fractions = false;
      for (int gene = 0; gene < matrix.genes().size(); gene++) {
        float[] values = matrix.values().of(gene);
        for (int sample = 0; sample < values.length; sample++) {
          float value = values[sample];
          if (value < 0) {
            throw negative(matrix, counts, gene, sample, value);
          }
          if (value > 0) { // nor is it missing
            ofSample[sample] += value;
            largest = Math.max(largest, value);
            fractions |= value != Math.rint(value);
          }
        }
      }
      return new Sums(ofSample, largest, fractions);
    }

    private static UserError negative(
        Matrix matrix, Counts counts, int gene, int sample, float value) {
      boolean normalized = counts.normalize() != Normalize.NONE;
      return new UserError(
          "%s: gene %s is %s in sample %s, but data.%s is %s, which takes values of at least 0; set data.normalize and data.log to none, or bring counts"
              .formatted(
                  matrix.source(),
                  matrix.genes().get(gene),
                  value,
                  matrix.samples().get(sample),
                  normalized ? "normalize" : "log",
                  normalized ? counts.normalize().text() : counts.log().text()));
    }

    List<String> notes(Matrix matrix, Counts counts) {
      List<String> notes = new ArrayList<>();
      if (fractions && largest <= MatrixFacts.LARGEST_LOGARITHM) {
        notes.add(
            "%s: values have fractions and are at most %s, as logarithms are, and data.normalize is %s and data.log %s; set both to none if they are logarithms"
                .formatted(
                    matrix.source(), largest, counts.normalize().text(), counts.log().text()));
      }
      List<String> empty =
          IntStream.range(0, ofSample.length)
              .filter(sample -> ofSample[sample] == 0)
              .mapToObj(matrix.samples()::get)
              .toList();
      if (!empty.isEmpty()) {
        notes.add(
            "%s: %s of %s samples have no count at all (%s) and stay 0; take them out of the matrix"
                .formatted(matrix.source(), empty.size(), ofSample.length, AxisNames.some(empty)));
      }
      return notes;
    }
  }

  /// The sample that others are compared with.
  ///
  /// @param genes indices into the matrix
  /// @param logMeans natural logarithm of each one's geometric mean
  private record Reference(int[] genes, double[] logMeans) {
    static Reference of(Matrix matrix, int[] fit) {
      double[] all =
          IntStream.range(0, matrix.genes().size())
              .parallel()
              .mapToDouble(gene -> logMean(matrix.values().of(gene), fit))
              .toArray();
      int[] genes = IntStream.range(0, all.length).filter(g -> Double.isFinite(all[g])).toArray();
      if (genes.length == 0) {
        throw new UserError(
            "%s: data.normalize is size-factors, which compares genes that are above 0 in every sample, and no gene is above 0 in all %s of them; set it to cpm"
                .formatted(matrix.source(), fit.length));
      }
      return new Reference(genes, Arrays.stream(genes).mapToDouble(g -> all[g]).toArray());
    }

    /// Not finite where a value is 0 or missing.
    private static double logMean(float[] values, int[] fit) {
      double sum = 0;
      for (int sample : fit) {
        if (!(values[sample] > 0)) {
          return Double.NEGATIVE_INFINITY;
        }
        sum += StrictMath.log(values[sample]);
      }
      return sum / fit.length;
    }

    /// Of each sample its size factor; some samples at a time, for whose ratios there is room.
    double[] sizes(Matrix matrix) {
      int samples = matrix.samples().size();
      double[] sizes = new double[samples];
      // Once, since garbage of this size would stay on the heap for long.
      double[][] ratios = new double[Math.clamp(RATIOS / genes.length, 1, samples)][genes.length];
      for (int from = 0; from < samples; from += ratios.length) {
        int first = from;
        int together = Math.min(ratios.length, samples - from);
        IntStream.range(0, genes.length)
            .parallel()
            .forEach(g -> {
              float[] values = matrix.values().of(genes[g]);
              for (int s = 0; s < together; s++) {
                double value = values[first + s];
                ratios[s][g] = value > 0 ? StrictMath.log(value) - logMeans[g] : Double.NaN;
              }
            });
        for (int s = 0; s < together; s++) {
          sizes[first + s] = size(matrix, first + s, ratios[s]);
        }
      }
      return sizes;
    }

    /// Leaves out what is no number, and reorders the rest.
    private static double size(Matrix matrix, int sample, double[] logRatios) {
      int found = 0;
      for (double ratio : logRatios) {
        if (!Double.isNaN(ratio)) {
          logRatios[found++] = ratio;
        }
      }
      if (found == 0) {
        throw new UserError(
            "%s: data.normalize is size-factors, but sample %s has none of the %s genes that are above 0 in the others; take it out of the matrix, or set data.normalize to cpm"
                .formatted(matrix.source(), matrix.samples().get(sample), logRatios.length));
      }
      return StrictMath.exp(Statistics.median(Arrays.copyOf(logRatios, found)));
    }
  }
}
