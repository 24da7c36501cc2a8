package org.vaescape.analysis.noise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.DefaultSetting;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.analysis.runs.Variable;

/// What the losses of an outcome are held against, repeat by repeat: where each has a split of its
/// own, all its losses may be low, which is no gain of any setting.
///
/// @param ratio whether closeness is a ratio to the best: of reconstruction errors, for which 0 is
///   the least there can be; otherwise it is a share of the gain
/// @param references loss in each repeat of what needs no tuning
/// @param name of the reference, in words
/// @param failures loss that a run of each repeat counts as which failed or learned nothing: no run
///   of this repeat that learned has a higher one
public record Yardstick(boolean ratio, double[] references, String name, double[] failures) {
  /// An outcome: the error of PCA of the run's latent size.
  public static final String PCA = "pca_mse";

  private static final String MSE = "mse";
  private static final String RECONSTRUCTION = "reconstruction";
  private static final String MEAN = "mean_mse";

  /// The yardstick of these losses.
  ///
  /// @param best loss of the best setting
  public static Yardstick of(TriedLosses tried, double best) {
    RunSet.Outcome outcome = tried.losses().outcome();
    String metric = outcome.metric().toLowerCase(Locale.ROOT);
    boolean squares = outcome.lowerIsBetter() && metric.contains(MSE);
    boolean ratio =
        outcome.lowerIsBetter()
            && (squares || metric.contains(RECONSTRUCTION))
            && scale(tried) == Scale.LOG;
    double[] worst = IntStream.range(0, tried.repeats()).mapToDouble(tried::worst).toArray();
    if (!squares) {
      return new Yardstick(ratio, worst, worstRun(tried), worst);
    }
    Optional<double[]> mean = baseline(tried, MEAN, Optional.empty());
    double[] failures = worst.clone();
    mean.ifPresent(
        known -> Arrays.setAll(failures, repeat -> Math.max(worst[repeat], known[repeat])));
    Optional<Variable> latent = tried.losses().landscape().variable(Role.LATENT);
    Optional<double[]> pca = baseline(tried, PCA, latent);
    if (pca.isPresent() && best < RepeatPairs.mean(pca.get())) {
      String components = latent.map(v -> v.levels().get(DefaultSetting.middle(v))).orElse("");
      return new Yardstick(
          ratio,
          pca.get(),
          components.isEmpty() ? "PCA of the same size" : "PCA with " + components + " components",
          failures);
    }
    String notPca = pca.isPresent() ? " (no setting beats PCA)" : "";
    return mean.isPresent() && best < RepeatPairs.mean(mean.get())
        ? new Yardstick(ratio, mean.get(), "the mean predictor" + notPca, failures)
        : new Yardstick(ratio, worst, worstRun(tried) + notPca, failures);
  }

  private static String worstRun(TriedLosses tried) {
    return "the worst run that learned" + (tried.repeats() == 1 ? "" : " in each repeat");
  }

  /// Logarithmic where lower is better and all losses are positive.
  public static Scale scale(TriedLosses tried) {
    boolean positive =
        IntStream.range(0, tried.size())
            .allMatch(setting ->
                IntStream.range(0, tried.repeats()).noneMatch(r -> tried.loss(setting, r) <= 0));
    return tried.losses().outcome().lowerIsBetter() && positive ? Scale.LOG : Scale.RAW;
  }

  /// A baseline in each repeat, the mean of its runs, and of the other repeats where it has none;
  /// empty where no run has it.
  ///
  /// @param sized at whose middle level it is taken, as PCA has as many components as the latent
  ///   has units
  private static Optional<double[]> baseline(
      TriedLosses tried, String metric, Optional<Variable> sized) {
    Landscape landscape = tried.losses().landscape();
    double[] means =
        landscape.repeats().stream()
            .mapToDouble(repeat ->
                landscape.runs().stream()
                    .filter(run -> run.repeat() == repeat)
                    .filter(run ->
                        sized
                            .filter(v -> v.numeric() && v.level(run) != DefaultSetting.middle(v))
                            .isEmpty())
                    .mapToDouble(run -> run.outcome(metric, StopPoint.STOP))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN))
            .toArray();
    OptionalDouble mean = Arrays.stream(means).filter(Double::isFinite).average();
    return mean.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(means)
                .map(own -> Double.isNaN(own) ? mean.getAsDouble() : own)
                .toArray());
  }

  /// Mean over repeats.
  public double reference() {
    return RepeatPairs.mean(references);
  }

  /// Mean over repeats.
  public double failed() {
    return RepeatPairs.mean(failures);
  }

  /// What counts as about as good as the best.
  ///
  /// @param share 0.05 for 5 %
  public Tolerance within(double share) {
    return ratio ? new Tolerance.Ratio(share) : new Tolerance.OfGain(share, reference());
  }

  /// What counts as about as good as the best of one repeat.
  ///
  /// @param repeat its place, from 0
  public Tolerance within(double share, int repeat) {
    return ratio ? new Tolerance.Ratio(share) : new Tolerance.OfGain(share, references[repeat]);
  }

  /// `within 5 % of the best`, `within 5 % of the gain over the mean predictor from the best`.
  public String within(double share, String ofWhat) {
    return ratio
        ? "within %s of %s".formatted(Words.percent(share), ofWhat)
        : "within %s of the gain over %s from %s".formatted(Words.percent(share), name, ofWhat);
  }
}
