package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.search.Member;
import org.vaescape.study.Metric.Better;
import org.vaescape.study.Metric.Extent;
import org.vaescape.train.LabelMetric;
import org.vaescape.train.LabelMetrics;

/// Every outcome that a trial can have.
///
/// Label metrics come from [LabelMetrics#CATALOGUE], and a term that a model adds to its loss has a
/// column without a line here, as [#TERM].
public final class Metrics {
  private static final String ERROR = "scaled unit²";
  private static final String NATS = "nats per sample";
  private static final String NONE = "-";

  private static final Metric UNIT =
      metric(
          "val_kl_unit_NNN",
          "KL of one latent unit, 001 for the one that carries most; in units.csv",
          NATS,
          Better.NONE,
          Extent.PART);

  /// What a model adds to its loss.
  public static final Metric TERM =
      metric(
          "val_TERM",
          "another term that the model adds to its loss, by the model's name for it, unweighted",
          "the model's",
          Better.NONE,
          Extent.PART);

  private static final List<Metric> OF_TRIALS =
      List.of(
          metric("status", "how the trial ended", "a word", Better.NONE, Extent.TRIAL),
          metric("verdict", "what the network became", "a word", Better.NONE, Extent.TRIAL),
          metric("epochs", "epochs until the stop", "epochs", Better.NONE, Extent.TRIAL),
          metric(
              "seconds",
              "wall time of training and outcomes until the stop",
              "seconds",
              Better.LOWER,
              Extent.TRIAL),
          metric(
              "epoch_seconds",
              "median wall time of an epoch until the stop",
              "seconds",
              Better.LOWER,
              Extent.TRIAL),
          metric(
              "restored_epoch",
              "the epoch whose weights were kept, under train.restore",
              "epochs",
              Better.NONE,
              Extent.TRIAL));

  private static final List<Metric> OF_THE_LOSS =
      List.of(
          metric(
              "val_loss",
              "the model's own loss at the epoch that is measured",
              "the model's",
              Better.LOWER,
              Extent.PART),
          metric(
              "val_reconstruction",
              "its reconstruction term, unweighted",
              "the term's",
              Better.LOWER,
              Extent.PART),
          metric("val_kl", "its KL term, unweighted", NATS, Better.NONE, Extent.PART),
          TERM);

  private static final List<Metric> OF_THE_NETWORK =
      List.of(
          metric(
              "val_mse",
              "mean squared error, decoded from the mean latent",
              ERROR,
              Better.LOWER,
              Extent.PART),
          metric(
              "val_r2",
              "1 - val_mse / mean_mse, pooled over genes",
              NONE,
              Better.HIGHER,
              Extent.PART),
          metric(
              "val_r2_median_gene",
              "median over genes of the R² of each gene",
              NONE,
              Better.HIGHER,
              Extent.PART),
          metric(
              "val_mse_sampled",
              "mean squared error, decoded from a sampled latent",
              ERROR,
              Better.LOWER,
              Extent.PART),
          metric(
              "val_r2_sampled",
              "R² decoded from a sampled latent",
              NONE,
              Better.HIGHER,
              Extent.PART),
          metric(
              "val_r2_median_gene_sampled",
              "median over genes of the R² of each gene, decoded from a sampled latent",
              NONE,
              Better.HIGHER,
              Extent.PART),
          recalibrated("val_reconstruction", "the term's", Better.LOWER),
          recalibrated("val_mse", ERROR, Better.LOWER),
          recalibrated("val_r2", NONE, Better.HIGHER),
          recalibrated("val_r2_median_gene", NONE, Better.HIGHER),
          recalibrated("val_mse_sampled", ERROR, Better.LOWER),
          recalibrated("val_r2_sampled", NONE, Better.HIGHER),
          recalibrated("val_r2_median_gene_sampled", NONE, Better.HIGHER),
          correlation("q1", "lower quartile"),
          correlation("median", "median"),
          correlation("q3", "upper quartile"),
          metric(
              "train_mse",
              "mean squared error on the training part, decoded from a sampled latent: the decoder variance of the bounds",
              ERROR,
              Better.LOWER,
              Extent.TRIAL),
          metric(
              "val_elbo",
              "evidence lower bound under a Gaussian decoder of variance train_mse and the model's own prior, constant included, one draw a sample; distributions only",
              NATS,
              Better.HIGHER,
              Extent.PART),
          metric(
              "val_importance_bound",
              "the ELBO and what the bound of 512 draws gains over it on a subset: 16 to 64 evenly spaced samples, one for each 150 of training",
              NATS,
              Better.HIGHER,
              "Burda et al. 2016, arXiv:1509.00519",
              Extent.PART),
          metric(
              "val_importance_bound_se",
              "standard error of this gain: its standard deviation over the same n samples, divisor n - 1, over the root of n",
              NATS,
              Better.NONE,
              Extent.PART),
          metric(
              "val_importance_samples",
              "effective number of these draws, (Σw)²/Σw², mean over the same samples: near 1 the bound rests on one draw, and more would raise it",
              "draws",
              Better.NONE,
              Extent.PART),
          metric(
              "val_importance_samples_median",
              "median over the same samples of the effective number of draws",
              "draws",
              Better.NONE,
              Extent.PART),
          UNIT,
          metric(
              "val_information",
              "what the latent tells of a sample at most: mean KL from the Gaussian (or categories) that all samples together have in each unit; distributions only",
              NATS,
              Better.NONE,
              Extent.PART),
          metric(
              "active_units",
              "latent units that carry more than 0.1 nat",
              "units",
              Better.NONE,
              Extent.PART),
          metric(
              "active_units_variance",
              "latent units whose posterior mean has a variance above 0.01",
              "units",
              Better.NONE,
              "Burda et al. 2016, arXiv:1509.00519",
              Extent.PART),
          metric(
              "units_forecast",
              "Gaussian latent units that can pay for their KL at most: eigenvalues of the training covariance above decoder_variance",
              "units",
              Better.NONE,
              Extent.TRIAL),
          metric(
              "decoder_variance",
              "variance of a Gaussian decoder that the weights of the loss amount to",
              ERROR,
              Better.NONE,
              Extent.TRIAL),
          metric(
              "learning_rate_budget",
              "sum of the learning rate over steps",
              NONE,
              Better.NONE,
              Extent.TRIAL),
          metric(
              "relative_update",
              "norm of a step over norm of the weights, mean over the last steps of the epochs",
              NONE,
              Better.NONE,
              Extent.TRIAL),
          metric(
              "val_clipped_share",
              "share of validation values that min-max scaling clipped to [0, 1]",
              NONE,
              Better.NONE,
              Extent.TRIAL));

  private static final List<Metric> OF_BASELINES =
      List.of(
          metric(
              "mean_mse",
              "mean squared error of the training mean of each gene",
              ERROR,
              Better.LOWER,
              Extent.PART),
          metric(
              "pca_mse",
              "mean squared error of PCA with as many components as the decoder sees numbers",
              ERROR,
              Better.LOWER,
              Extent.PART),
          metric("pca_r2", "R² of the same", NONE, Better.HIGHER, Extent.PART),
          metric(
              "untrained_mse",
              "val_mse_recalibrated of the network before its first step",
              ERROR,
              Better.LOWER,
              Extent.PART),
          metric(
              "permuted_mse",
              "val_mse when the values of each gene are dealt anew to the samples, each gene by itself",
              ERROR,
              Better.NONE,
              Extent.PART),
          metric("permuted_r2", "R² of the same", NONE, Better.NONE, Extent.PART));

  private static final String ELTAGER = "Eltager et al. 2023, doi:10.1371/journal.pone.0292126";

  /// Under `outcomes.compat`.
  private static final List<Metric> AS_ELTAGER =
      List.of(
          metric(
              "leiden_ari_compat",
              "under outcomes.compat: adjusted Rand index of Leiden clusters of one sampled latent of all samples, each among its own 15 nearest",
              NONE,
              Better.HIGHER,
              ELTAGER,
              Extent.TRIAL),
          metric(
              "silhouette_compat",
              "under outcomes.compat: silhouette of these clusters, not of the labels",
              NONE,
              Better.HIGHER,
              ELTAGER,
              Extent.TRIAL));

  private static final List<Metric> OF_PLACES =
      List.of(
          metric(
              "concordance",
              "Harrell's index of a Cox model on the latent (Efron's ties, ridge 0.1 per sample on standardized axes), fitted to the training part",
              NONE,
              Better.HIGHER,
              "Harrell et al. 1982, doi:10.1001/jama.1982.03320430047030",
              Extent.PLACES));

  /// One a kind of column, in the order of docs.
  public static final List<Metric> ALL =
      Stream.of(
              OF_TRIALS,
              OF_THE_LOSS,
              OF_THE_NETWORK,
              OF_BASELINES,
              LabelMetrics.CATALOGUE.members().stream().map(Metrics::ofLabels).toList(),
              OF_PLACES,
              AS_ELTAGER)
          .flatMap(List::stream)
          .toList();

  /// Every column that is called without numbers or a model's own words.
  private static final Map<String, Metric> BY_COLUMN = byColumn();

  private Metrics() {}

  /// The metric of a column of `trials.csv` or `units.csv`; empty if the column is no outcome.
  public static Optional<Metric> of(String column) {
    Metric metric = BY_COLUMN.get(column);
    if (metric != null) {
      return Optional.of(metric);
    }
    if (column.matches("(val|test)_kl_unit_\\d{3,}")) {
      return Optional.of(UNIT);
    }
    return column.matches("(val|test)_.+") ? Optional.of(TERM) : Optional.empty();
  }

  /// What else there is of a metric, by how the column is called.
  public static SequencedMap<String, String> variants() {
    SequencedMap<String, String> variants = new LinkedHashMap<>();
    variants.put(
        "test_METRIC", "the same on the test part, instead of val_: of " + names(Extent.PART));
    variants.put(
        "pca_METRIC",
        "the same of principal components, as many as the decoder sees numbers: of "
            + names(Extent.PLACES));
    variants.put(
        "METRIC_batch",
        "the same of batches instead of labels, where the other end is better: of "
            + names(Extent.LABELS));
    return variants;
  }

  private static String names(Extent least) {
    if (least == Extent.PART) {
      return "all that look at held-out samples";
    }
    return String.join(
        ", ",
        ALL.stream()
            .filter(metric -> metric.extent().compareTo(least) >= 0)
            .map(Metric::name)
            .toList());
  }

  private static Map<String, Metric> byColumn() {
    Map<String, Metric> byColumn = new LinkedHashMap<>();
    for (Metric metric : ALL) {
      columns(metric).forEach(column -> byColumn.put(column, metric));
    }
    return byColumn;
  }

  private static List<String> columns(Metric metric) {
    List<String> columns = new ArrayList<>(List.of(metric.name()));
    if (metric.extent() == Extent.LABELS) {
      columns.add(metric.name() + "_batch");
    }
    if (metric.extent().compareTo(Extent.PLACES) >= 0) {
      columns.addAll(columns.stream().map(column -> "pca_" + column).toList());
    }
    if (metric.extent().compareTo(Extent.PART) >= 0) {
      columns.addAll(
          columns.stream().map(column -> "test_" + column.replaceFirst("^val_", "")).toList());
    }
    return columns;
  }

  private static Metric ofLabels(Member<LabelMetric> member) {
    return metric(
        member.name(),
        member.summary(),
        NONE,
        member.create(Map.of()).higherIsBetter() ? Better.HIGHER : Better.LOWER,
        member.source(),
        Extent.LABELS);
  }

  private static Metric correlation(String which, String name) {
    return metric(
        "val_gene_correlation_" + which,
        name
            + " over genes of Pearson's correlation with the reconstruction, genes that vary on both sides",
        NONE,
        Better.HIGHER,
        Extent.PART);
  }

  private static Metric recalibrated(String name, String unit, Better better) {
    return metric(
        name + "_recalibrated",
        name + " after running statistics were recomputed on the training part",
        unit,
        better,
        Extent.PART);
  }

  private static Metric metric(
      String name, String meaning, String unit, Better better, Extent extent) {
    return metric(name, meaning, unit, better, NONE, extent);
  }

  private static Metric metric(
      String name, String meaning, String unit, Better better, String source, Extent extent) {
    return new Metric(name, meaning, unit, better, source, extent);
  }
}
