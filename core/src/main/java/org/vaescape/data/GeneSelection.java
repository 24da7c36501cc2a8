package org.vaescape.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.UserError;

/// The genes to train on.
///
/// @param genes indices into the matrix, ascending
/// @param notes what was dropped and why, one sentence each
public record GeneSelection(int[] genes, List<String> notes) {
  /// A constant gene's deviations are rounding of its mean.
  private static final double NOISE = 1e-12;

  /// So that the order of summation decides no tie.
  private static final MathContext NINE_DIGITS = new MathContext(9);

  private static final double NOT_ELIGIBLE = -1;

  /// The `keep` most variable genes; of equal ones those that come first in the file.
  ///
  /// @param fit the samples to look at
  static GeneSelection of(Matrix matrix, DataSettings settings, int[] fit) {
    return of(matrix, settings, fit, "data.select.keep");
  }

  /// The same for whoever says by another word how many.
  ///
  /// @param keep what `keep` is called in messages
  public static GeneSelection of(Matrix matrix, DataSettings settings, int[] fit, String keep) {
    int count = matrix.genes().size();
    List<Looked> looked = looked(matrix, settings, fit);
    double[] variability = new double[count];
    List<String> incomplete = new ArrayList<>();
    List<String> constant = new ArrayList<>();
    long missing = 0;
    for (int g = 0; g < count; g++) {
      Looked gene = looked.get(g);
      missing += gene.missing;
      variability[g] = gene.variability;
      switch (gene.use) {
        case USABLE -> {}
        case INCOMPLETE -> incomplete.add(matrix.genes().get(g));
        case CONSTANT -> constant.add(matrix.genes().get(g));
        case REFUSED -> throw refused(matrix, settings, g);
      }
    }
    int eligible = count - incomplete.size() - constant.size();
    if (eligible < settings.keep()) {
      throw tooFew(
          matrix,
          settings,
          keep,
          eligible,
          eligible == count
              ? ""
              : " that can be used, of %s: %s are incomplete and %s constant"
                  .formatted(count, incomplete.size(), constant.size()));
    }
    return new GeneSelection(
        mostVariable(variability, settings.keep()),
        notes(matrix, settings, missing, incomplete, constant));
  }

  /// How many genes could be kept.
  static int usable(Matrix matrix, DataSettings settings, int[] fit) {
    return (int)
        looked(matrix, settings, fit).stream().filter(gene -> gene.use == Use.USABLE).count();
  }

  private static List<Looked> looked(Matrix matrix, DataSettings settings, int[] fit) {
    return IntStream.range(0, matrix.genes().size())
        .parallel()
        .mapToObj(g -> Looked.at(matrix.values().of(g), settings, fit))
        .toList();
  }

  private enum Use {
    USABLE,
    INCOMPLETE,
    CONSTANT,
    REFUSED
  }

  /// What a look at one gene gave.
  ///
  /// @param missing how many values
  /// @param variability rounded; below 0 where the gene cannot be selected
  private record Looked(Use use, int missing, double variability) {
    static Looked at(float[] gene, DataSettings settings, int[] fit) {
      int missing = countMissing(gene);
      FitValues values = FitValues.of(gene, fit);
      Use use =
          switch (settings.missing()) {
            case DROP_GENES -> missing > 0 ? Use.INCOMPLETE : Use.USABLE;
            // Samples went before, but for genes that no sample has.
            case DROP_SAMPLES ->
                missing == gene.length ? Use.INCOMPLETE : missing > 0 ? Use.REFUSED : Use.USABLE;
            case MEAN -> values.values().length == 0 ? Use.INCOMPLETE : Use.USABLE;
            case REFUSE -> missing > 0 ? Use.REFUSED : Use.USABLE;
          };
      if (use == Use.USABLE && isConstant(values.values())) {
        use = Use.CONSTANT;
      }
      return new Looked(
          use,
          missing,
          use == Use.USABLE
              ? rounded(Statistics.variability(settings.by(), values.values()))
              : NOT_ELIGIBLE);
    }
  }

  private static int[] mostVariable(double[] variability, int keep) {
    return IntStream.range(0, variability.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer g) -> -variability[g])) // stable
        .limit(keep)
        .mapToInt(g -> g)
        .sorted()
        .toArray();
  }

  static double rounded(double variability) {
    return variability < NOISE ? 0 : new BigDecimal(variability).round(NINE_DIGITS).doubleValue();
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static int countMissing(float[] gene) {
    int missing = 0;
    for (float value : gene) {
      missing += Float.isNaN(value) ? 1 : 0;
    }
    return missing;
  }

  private static UserError tooFew(
      Matrix matrix, DataSettings settings, String keep, int there, String explanation) {
    return new UserError(
        "%s: %s is %s but there are only %s genes%s%s"
            .formatted(
                matrix.source(),
                keep,
                settings.keep(),
                there,
                explanation,
                there == 0 ? "" : "; set %s to at most %s".formatted(keep, there)));
  }

  private static UserError refused(Matrix matrix, DataSettings settings, int gene) {
    float[] values = matrix.values().of(gene);
    int sample = 0;
    while (!Float.isNaN(values[sample])) {
      sample++;
    }
    return new UserError(
        "%s: gene %s has no value in sample %s, and data.missing is %s; set it to drop-genes, drop-samples or mean"
            .formatted(
                matrix.source(),
                matrix.genes().get(gene),
                matrix.samples().get(sample),
                settings.missing().text()));
  }

  private static List<String> notes(
      Matrix matrix,
      DataSettings settings,
      long missing,
      List<String> incomplete,
      List<String> constant) {
    List<String> notes = new ArrayList<>();
    if (missing > 0) {
      notes.add(
          switch (settings.missing()) {
            case DROP_GENES ->
                "%s: %s values are missing, in %s of %s genes, which are dropped (%s); set data.missing to mean to keep them"
                    .formatted(
                        matrix.source(),
                        missing,
                        incomplete.size(),
                        matrix.genes().size(),
                        AxisNames.some(incomplete));
            case DROP_SAMPLES ->
                "%s: %s of %s genes have no value at all and are dropped (%s); taking them out of the matrix only ends this warning"
                    .formatted(
                        matrix.source(),
                        incomplete.size(),
                        matrix.genes().size(),
                        AxisNames.some(incomplete));
            case MEAN ->
                "%s: %s values are missing; the gene's mean stands in%s; set data.missing to drop-genes to leave such genes out"
                    .formatted(
                        matrix.source(),
                        missing,
                        incomplete.isEmpty()
                            ? ""
                            : ", but %s genes have no value at all and are dropped (%s)"
                                .formatted(incomplete.size(), AxisNames.some(incomplete)));
            case REFUSE -> throw new IllegalStateException("a missing value went unnoticed");
          });
    }
    if (!constant.isEmpty()) {
      notes.add(
          "%s: %s of %s genes are constant in %s and never selected (%s); taking them out of the matrix only ends this warning"
              .formatted(
                  matrix.source(),
                  constant.size(),
                  matrix.genes().size(),
                  settings.fit() == DataSettings.Fit.TRAIN
                      ? "the training samples"
                      : "the samples looked at",
                  AxisNames.some(constant)));
    }
    return notes;
  }
}
