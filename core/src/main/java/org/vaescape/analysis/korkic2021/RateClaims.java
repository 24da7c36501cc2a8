package org.vaescape.analysis.korkic2021;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.vaescape.analysis.claim.CellQuestion;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Variable;

/// What the study says of the best learning rate: 0.001 in its sections 5 and 6, 0.01 in section 7.
final class RateClaims {
  private RateClaims() {}

  /// The best of all settings has this learning rate.
  record BestRateIs(double rate) implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable cells) {
      return cells
          .variable(StudyCase.RATE)
          .flatMap(rates ->
              StudyLevels.number(rates, rate)
                  .filter(own -> cells.at(rates, level -> level == own).length > 0)
                  .map(own -> cells.bestLevel(rates) == own));
    }
  }

  static Optional<StudyClaim> best(StudyCase study, double rate) {
    return study.ofCells(
        "best-learning-rate-" + BestRate.text(rate),
        new BestRateIs(rate),
        holds -> says(study, rate, holds));
  }

  private static StudyCase.Said says(StudyCase study, double rate, boolean holds) {
    CellTable cells = study.cells().orElseThrow();
    Variable rates = cells.variable(StudyCase.RATE).orElseThrow();
    int own = StudyLevels.number(rates, rate).orElseThrow();
    int found = cells.bestLevel(rates);
    double atOwn = CellTable.best(cells.at(rates, level -> level == own));
    double atOthers = CellTable.best(cells.at(rates, level -> level != own));
    OptionalDouble ratio = OptionalDouble.empty();
    String judgement = "";
    Optional<StudyCase.Judged> all = study.judged(_ -> true);
    if (all.isPresent()) {
      ratio =
          OptimizerClaims.ratio(
              judged(study, cell -> cells.level(rates, cell) == own),
              judged(study, cell -> cells.level(rates, cell) != own));
      judgement =
          " Chosen by all repeats but one, the best setting has learning rate %s in %s of choices%s."
              .formatted(
                  rates.levels().get(own),
                  Words.percent(chosen(all.get(), cells, rates, own)),
                  ratio.isPresent()
                      ? "; judged by the other, the best at it has %s times the %s of the best elsewhere"
                          .formatted(Digits.ratio(ratio.getAsDouble()), study.metric())
                      : "");
    } else {
      ratio = OptimizerClaims.ratio(atOwn, atOthers);
    }
    int lowestMean = lowestMean(cells, rates);
    return new StudyCase.Said(
        ratio,
        "the best setting has learning rate %s%s%s: %s %s, %s.%s The rate with the lowest mean over settings that learned is %s.%s"
            .formatted(
                rates.levels().get(found),
                holds ? "" : ", not " + rates.levels().get(own),
                edge(rates, found),
                study.metric(),
                OptimizerClaims.measured(cells.values()[cells.bestCell()]),
                holds
                    ? OptimizerClaims.measured(atOthers) + " at the best of all other rates"
                    : OptimizerClaims.measured(atOwn)
                        + " at the best with "
                        + rates.levels().get(own),
                judgement,
                rates.levels().get(lowestMean),
                edge(rates, lowestMean)));
  }

  private static double judged(StudyCase study, IntPredicate cells) {
    return study.judged(cells).map(judged -> judged.best().judged()).orElse(Double.NaN);
  }

  /// Share of choices that fall on a level.
  private static double chosen(
      StudyCase.Judged judged, CellTable cells, Variable rates, int level) {
    double sum = 0;
    for (int i = 0; i < judged.cells().length; i++) {
      sum += cells.level(rates, judged.cells()[i]) == level ? judged.best().chosen()[i] : 0;
    }
    return sum;
  }

  /// Levels differ in which settings learned, so this mean favours levels where only good ones did.
  private static int lowestMean(CellTable cells, Variable rates) {
    int lowest = -1;
    double least = Double.NaN;
    for (int level = 0; level < rates.levels().size(); level++) {
      int own = level;
      double sum = 0;
      int count = 0;
      for (double loss : cells.at(rates, one -> one == own)) {
        if (!Double.isNaN(loss)) {
          sum += loss;
          count++;
        }
      }
      if (count > 0 && !(sum / count >= least)) {
        least = sum / count;
        lowest = level;
      }
    }
    return lowest;
  }

  private static String edge(Variable rates, int level) {
    return level == 0
        ? " (the lowest that was tried)"
        : level == rates.levels().size() - 1 ? " (the highest that was tried)" : "";
  }
}
