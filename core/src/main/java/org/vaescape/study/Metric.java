package org.vaescape.study;

/// One outcome of a trial: a column of `trials.csv`, or several that are called alike.
///
/// @param name the column; capitals stand for what differs, as in `val_kl_unit_NNN`
/// @param meaning one line without a full stop
/// @param unit `-` for a number without one
/// @param source paper or program that defines it, `-` where there is none to name
/// @param extent which further columns have the same of something else
public record Metric(
    String name, String meaning, String unit, Better better, String source, Extent extent) {

  /// Where the metric is best.
  public enum Better {
    LOWER("lower is better"),
    HIGHER("higher is better"),
    NONE("neither end is better");

    private final String text;

    Better(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /// What a metric is measured on.
  public enum Extent {
    /// The trial as a whole.
    TRIAL,
    /// A part that is held out: the test part has a column too, with `test_`.
    PART,
    /// Places of held-out samples: those of principal components have a column too, with `pca_`.
    PLACES,
    /// Labels and places: batches have a column too, with `_batch`.
    LABELS
  }

  /// What `list metrics` and docs/outcomes.md say of it.
  public String text() {
    return "%s; %s; %s".formatted(meaning, unit, better.text());
  }
}
