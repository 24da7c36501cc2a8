package org.vaescape.data;

/// What is done to a matrix before training: the `data` section of a study file.
///
/// @param orientation which way round the file lies
/// @param missing what becomes of missing values
/// @param counts what is done to values before anything else, so that samples can be compared
/// @param fit the samples that selection, imputation and scaling are fitted on
/// @param by how genes are ranked
/// @param keep number of most variable genes to keep, at least 1
/// @param scale how each gene is scaled
/// @param validation share of the samples that validate, in (0, 1)
/// @param test share of the samples that are put aside, in [0, 1); with `validation` below 1
/// @param group what must stay on one side of the split
/// @param stratify what both sides have in the same proportions
public record DataSettings(
    Orientation orientation,
    Missing missing,
    Counts counts,
    Fit fit,
    Variability by,
    int keep,
    Scale scale,
    double validation,
    double test,
    Group group,
    Stratify stratify) {

  public DataSettings {
    if (keep < 1) {
      throw new IllegalArgumentException("select.keep must be at least 1 but was " + keep);
    }
    if (!(validation > 0 && validation < 1)) {
      throw new IllegalArgumentException(
          "split.validation must be a number in (0, 1) but was " + validation);
    }
    if (!(test >= 0 && test < 1)) {
      throw new IllegalArgumentException("split.test must be a number in [0, 1) but was " + test);
    }
    if (validation + test >= 1) {
      throw new IllegalArgumentException(
          "split.validation and split.test must be below 1 together but were %s and %s"
              .formatted(validation, test));
    }
  }

  /// Nothing seen but the training samples, 5,000 genes, min-max, a tenth validates, patients
  /// whole.
  public static DataSettings defaults() {
    return new DataSettings(
        Orientation.AUTO,
        Missing.DROP_GENES,
        Counts.AS_THEY_ARE,
        Fit.TRAIN,
        Variability.MEAN_ABSOLUTE_DEVIATION,
        5000,
        Scale.MIN_MAX,
        0.1,
        0,
        Group.PATIENT,
        Stratify.NONE);
  }

  /// The same, fitted on other samples.
  public DataSettings with(Fit other) {
    return new DataSettings(
        orientation, missing, counts, other, by, keep, scale, validation, test, group, stratify);
  }

  /// The same with something else done to counts.
  public DataSettings with(Counts other) {
    return new DataSettings(
        orientation, missing, other, fit, by, keep, scale, validation, test, group, stratify);
  }

  /// The same with something else done about missing values.
  public DataSettings with(Missing other) {
    return new DataSettings(
        orientation, other, counts, fit, by, keep, scale, validation, test, group, stratify);
  }

  /// The same with another number of genes to keep.
  public DataSettings keeping(int other) {
    return new DataSettings(
        orientation, missing, counts, fit, by, other, scale, validation, test, group, stratify);
  }

  /// Adds what decides the values of parts that are split already.
  void addTo(ContentHash hash) {
    hash.text(missing.text());
    // Only where it is in use: hashes from before there were such keys stay what they are.
    if (!counts.equals(Counts.AS_THEY_ARE)) {
      hash.text(counts.text());
    }
    hash.text(fit.text());
    hash.text(by.text());
    hash.number(keep);
    hash.text(scale.text());
  }

  /// What becomes of missing values.
  public enum Missing {
    /// A gene without a value in any sample goes.
    DROP_GENES,
    /// A sample without a value of any gene goes; before that, genes without a value in all
    /// samples.
    DROP_SAMPLES,
    /// The gene's mean over the samples of `fit` stands in.
    MEAN,
    /// A missing value is an error.
    REFUSE;

    public String text() {
      return Words.text(this);
    }

    public static Missing of(String word) {
      return Words.of(Missing.class, word);
    }
  }

  /// How values that are not logarithms yet become what genes are selected from and scaled.
  ///
  /// @param normalize how samples of different depth are made comparable
  /// @param log what follows
  public record Counts(Normalize normalize, Log log) {
    public static final Counts AS_THEY_ARE = new Counts(Normalize.NONE, Log.NONE);

    /// `cpm, log2`
    public String text() {
      return normalize.text() + ", " + log.text();
    }
  }

  /// How samples of different depth are made comparable.
  public enum Normalize {
    /// Not at all.
    NONE,
    /// Counts per million: of each sample, over all genes of the matrix.
    CPM,
    /// Divided by the median ratio to a reference sample; see [CountScale].
    SIZE_FACTORS;

    public String text() {
      return Words.text(this);
    }

    public static Normalize of(String word) {
      return Words.of(Normalize.class, word);
    }
  }

  /// The logarithm that is taken of each value.
  public enum Log {
    NONE,
    /// ln(x + 1).
    LOG1P,
    /// log2(x + 1).
    LOG2;

    public String text() {
      return Words.text(this);
    }

    public static Log of(String word) {
      return Words.of(Log.class, word);
    }
  }

  /// The samples that size factors, selection, imputation and scaling see.
  public enum Fit {
    /// All samples, as the study and Tybalt did: what validates has then been looked at.
    ALL,
    /// The training samples alone.
    TRAIN;

    public String text() {
      return Words.text(this);
    }

    public static Fit of(String word) {
      return Words.of(Fit.class, word);
    }
  }

  /// How much a gene varies.
  public enum Variability {
    /// Mean distance from the mean: the "MAD" of the study and of old pandas.
    MEAN_ABSOLUTE_DEVIATION,
    /// Median distance from the median, not scaled by 1.4826.
    MEDIAN_ABSOLUTE_DEVIATION,
    /// Sum of squared distances from the mean over n - 1.
    VARIANCE;

    public String text() {
      return Words.text(this);
    }

    public static Variability of(String word) {
      return Words.of(Variability.class, word);
    }
  }

  /// How each gene is scaled.
  public enum Scale {
    /// To [0, 1]; samples that were not fitted on are clipped.
    MIN_MAX,
    /// To mean 0 and standard deviation 1 (over n, as scikit-learn has it).
    Z_SCORE,
    /// Not at all.
    NONE;

    public String text() {
      return Words.text(this);
    }

    public static Scale of(String word) {
      return Words.of(Scale.class, word);
    }
  }

  /// What must stay on one side of the split.
  public enum Group {
    /// Each sample goes by itself.
    NONE,
    /// Samples of one patient, told by TCGA barcodes, stay together.
    PATIENT;

    public String text() {
      return Words.text(this);
    }

    public static Group of(String word) {
      return Words.of(Group.class, word);
    }
  }

  /// What both sides of the split have in the same proportions.
  public enum Stratify {
    NONE,
    LABEL;

    public String text() {
      return Words.text(this);
    }

    public static Stratify of(String word) {
      return Words.of(Stratify.class, word);
    }
  }
}
