package org.vaescape.analysis.korkic2021;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.Correlation;
import org.vaescape.analysis.CountContrast;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.claim.CellQuestion;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// What the study says of the number of epochs until the stopping rule ends a run.
final class EpochClaims {
  static final String EPOCHS = "epochs";
  static final int FEWEST = 12;
  static final int MOST = 28;

  /// Share of settings that a claim about all of them may miss.
  private static final double RARE = 0.1;

  private static final View FIRST = View.of(EPOCHS, Scale.RAW);

  private EpochClaims() {}

  /// Latent and epochs go up together where nothing else varies.
  record MoreWithLatent() implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable epochs) {
      List<Double> correlations = correlations(epochs);
      return correlations.isEmpty() ? Optional.empty() : Optional.of(mean(correlations) > 0);
    }
  }

  /// Rank correlation of latent and epochs in each setting of all other variables, of those with at
  /// least 3 latents, not all with the same number of epochs.
  private static List<Double> correlations(CellTable epochs) {
    List<Double> correlations = new ArrayList<>();
    Optional<Variable> latent = epochs.variable(StudyCase.LATENT).filter(Variable::numeric);
    if (latent.isPresent()) {
      for (double[] row : epochs.along(latent.get())) {
        double[] sizes = new double[row.length];
        double[] own = new double[row.length];
        int count = 0;
        for (int level = 0; level < row.length; level++) {
          if (!Double.isNaN(row[level])) {
            sizes[count] = latent.get().value(level);
            own[count++] = row[level];
          }
        }
        double correlation =
            count < 3
                ? Double.NaN
                : Correlation.spearman(Arrays.copyOf(sizes, count), Arrays.copyOf(own, count))
                    .coefficient();
        if (!Double.isNaN(correlation)) {
          correlations.add(correlation);
        }
      }
    }
    return correlations;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  static Optional<StudyClaim> moreWithLatent(StudyCase study) {
    Landscape landscape = study.landscape();
    if (!landscape.grid()) {
      return Optional.empty();
    }
    MoreWithLatent question = new MoreWithLatent();
    int repeats = study.repeats();
    double[] values = landscape.values(FIRST);
    double[] means = new double[values.length / repeats];
    for (int i = 0; i < values.length; i++) {
      means[i / repeats] += values[i] / repeats;
    }
    CellTable epochs = new CellTable(landscape.variables(), means, landscape.tried(), Scale.RAW);
    return question
        .holds(epochs)
        .map(holds -> {
          List<Double> correlations = correlations(epochs);
          return study.tried(
              "higher-latent-more-epochs",
              question,
              FIRST,
              holds,
              OptionalDouble.of(mean(correlations)),
              evidence(epochs, values, repeats),
              "a higher latent takes %s epochs: at equal other settings the rank correlation of latent and epochs is %s on average, and above 0 in %s of %s settings that tell."
                  .formatted(
                      holds ? "more" : "no more",
                      Digits.two(mean(correlations)),
                      correlations.stream().filter(one -> one > 0).count(),
                      correlations.size()));
        });
  }

  private static Evidence evidence(CellTable epochs, double[] values, int repeats) {
    if (repeats < 2) {
      return Evidence.none(Claim.ONE_REPEAT);
    }
    double[] negative = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      double[] own = new double[epochs.values().length];
      for (int cell = 0; cell < own.length; cell++) {
        own[cell] = values[cell * repeats + r];
      }
      negative[r] = -mean(correlations(epochs.with(own)));
      if (Double.isNaN(negative[r])) {
        return Evidence.none("in one of the repeats no setting tells a rank correlation");
      }
    }
    OrderingProbability below = RepeatPairs.fixed(negative, new double[repeats]).orElseThrow();
    Interval interval = below.interval(Claim.CONFIDENCE);
    return Evidence.of(
        new Interval(Math.max(-1, -interval.high()), Math.min(1, -interval.low())),
        below.firstIsLower());
  }

  /// Runs that the stopping rule ended; all that ended where nothing tells which.
  static Optional<StudyClaim> range(StudyCase study) {
    List<Run> converged =
        study.landscape().allRuns().stream()
            .filter(run -> run.outcome(Run.CONVERGED, StopPoint.STOP) != 0)
            .filter(run -> Double.isFinite(run.outcome(EPOCHS, StopPoint.STOP)))
            .toList();
    double[] epochs =
        converged.stream()
            .mapToDouble(run -> run.outcome(EPOCHS, StopPoint.STOP))
            .sorted()
            .toArray();
    if (epochs.length == 0) {
      return Optional.empty();
    }
    double least = epochs[0];
    double most = epochs[epochs.length - 1];
    double within =
        (double) Arrays.stream(epochs).filter(one -> one >= FEWEST && one <= MOST).count()
            / epochs.length;
    return Optional.of(
        study.counted(
            "epochs-12-to-28",
            least >= FEWEST && most <= MOST,
            within,
            evidence(within == 1, (int) converged.stream().map(Run::settings).distinct().count()),
            epochs.length,
            "converged runs took %s to %s epochs, median %s; %s of %s took %s to %s."
                .formatted(
                    Math.round(least),
                    Math.round(most),
                    Math.round(new Observations(epochs).median()),
                    Words.percent(within),
                    epochs.length,
                    FEWEST,
                    MOST)));
  }

  /// One run outside contradicts that all are within; that none was seen says little where few
  /// settings were tried.
  private static Evidence evidence(boolean all, int settings) {
    if (!all) {
      return Evidence.counted(
          Claim.Verdict.CONTRADICTED, "a count: one run outside is enough, as it speaks of all");
    }
    double unseen = new CountContrast(0, settings, 0, 0).fewerHere(RARE);
    return Evidence.counted(
        unseen <= EndingCount.LEVEL ? Claim.Verdict.SUPPORTED : Claim.Verdict.UNDECIDED,
        "a count over %s: were a tenth of settings outside, none being seen had p = %s, exactly%s"
            .formatted(
                Digits.count(settings, "setting"),
                Digits.three(unseen),
                unseen <= EndingCount.LEVEL ? "" : ", so that they are too few"));
  }
}
