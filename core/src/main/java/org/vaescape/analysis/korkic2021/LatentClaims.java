package org.vaescape.analysis.korkic2021;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.claim.CellQuestion;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Variable;

/// What the study says of the size of the latent: that lower ones are favoured.
final class LatentClaims {
  /// Bounds of one degree of freedom can lie further out than an exponential is finite.
  private static final double MOST = 700;

  private LatentClaims() {}

  /// At equal other settings the lower half of the latents has the lower mean loss.
  record LowerFavoured() implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable cells) {
      List<Double> differences = differences(cells);
      return differences.isEmpty() ? Optional.empty() : Optional.of(mean(differences) < 0);
    }
  }

  /// Of each setting of all others the mean at low latents less that at high ones, of those that
  /// have both; none where latents are not numbers.
  private static List<Double> differences(CellTable cells) {
    List<Double> differences = new ArrayList<>();
    Optional<Variable> latent = cells.variable(StudyCase.LATENT).filter(Variable::numeric);
    if (latent.isPresent()) {
      for (double[] row : cells.along(latent.get())) {
        double difference =
            mean(row, StudyLevels.low(latent.get())) - mean(row, StudyLevels.high(latent.get()));
        if (!Double.isNaN(difference)) {
          differences.add(difference);
        }
      }
    }
    return differences;
  }

  private static double mean(double[] row, IntPredicate levels) {
    double sum = 0;
    int count = 0;
    for (int level = 0; level < row.length; level++) {
      if (levels.test(level) && !Double.isNaN(row[level])) {
        sum += row[level];
        count++;
      }
    }
    return sum / count;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  static Optional<StudyClaim> lowerFavoured(StudyCase study) {
    LowerFavoured question = new LowerFavoured();
    return study
        .cells()
        .flatMap(cells ->
            question
                .holds(cells)
                .map(holds ->
                    study.tried(
                        "lower-latent-favoured",
                        question,
                        study.learned(),
                        holds,
                        OptionalDouble.of(Math.exp(mean(differences(cells)))),
                        evidence(study),
                        sentence(study, cells, holds))));
  }

  private static Evidence evidence(StudyCase study) {
    if (study.repeats() < 2) {
      return Evidence.none(Claim.ONE_REPEAT);
    }
    double[] estimates = new double[study.repeats()];
    for (int r = 0; r < estimates.length; r++) {
      estimates[r] = mean(differences(study.cells(r)));
    }
    // What repeats share in all settings is in each estimate: they are independent.
    OrderingProbability below =
        RepeatPairs.fixed(estimates, new double[estimates.length]).orElseThrow();
    Interval interval = below.interval(Claim.CONFIDENCE);
    return Evidence.of(
        new Interval(
            Math.exp(Math.max(interval.low(), -MOST)), Math.exp(Math.min(interval.high(), MOST))),
        below.firstIsLower());
  }

  private static String sentence(StudyCase study, CellTable cells, boolean holds) {
    List<Double> differences = differences(cells);
    Variable latent = cells.variable(StudyCase.LATENT).orElseThrow();
    long lower = differences.stream().filter(difference -> difference < 0).count();
    return "lower latents are %s: at equal other settings %s at latent %s is %s times that at %s on average, and lower in %s of %s settings that tell. The best setting has latent %s; learned settings count."
        .formatted(
            holds ? "favoured" : "not favoured",
            study.metric(),
            StudyLevels.text(latent, StudyLevels.low(latent)),
            Digits.ratio(Math.exp(mean(differences))),
            StudyLevels.text(latent, StudyLevels.high(latent)),
            lower,
            differences.size(),
            latent.levels().get(cells.bestLevel(latent)));
  }

  /// Median over settings of all others of the worst over the best loss when latent alone varies;
  /// empty where no two latents learned.
  static OptionalDouble worstOverBest(CellTable cells) {
    Optional<Variable> latent = cells.variable(StudyCase.LATENT);
    List<Double> ratios = new ArrayList<>();
    for (double[] row : latent.map(cells::along).orElse(List.of())) {
      double least = CellTable.best(row);
      double most = Double.NaN;
      int count = 0;
      for (double loss : row) {
        most = loss > most || Double.isNaN(most) ? loss : most;
        count += Double.isNaN(loss) ? 0 : 1;
      }
      if (count > 1) {
        ratios.add(Math.exp(most - least));
      }
    }
    return ratios.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            new Observations(ratios.stream().mapToDouble(Double::doubleValue).toArray()).median());
  }
}
