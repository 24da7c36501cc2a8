package org.vaescape.analysis.korkic2021;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.Closeness;
import org.vaescape.analysis.ExpectedBest;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.claim.CellQuestion;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.View;

/// The study's claim that Adam and RMSprop are less sensitive to learning rate and latent than SGD,
/// as a user feels it: by what a few random settings are expected to come to.
///
/// Not by the spread of an optimizer's losses, which is smallest where nothing learns; what it says
/// is told, since the study went by it.
final class TuningClaim {
  /// Settings that are tried at random.
  static final int TRIALS = 3;

  /// Up to this share above the best of all a setting is close to it.
  static final double CLOSE = 0.1;

  private static final String[] THREE = {
    OptimizerClaims.ADAM, OptimizerClaims.RMSPROP, OptimizerClaims.SGD
  };

  private TuningClaim() {}

  /// The best of a few random settings is expected to be better of both than of SGD.
  record LessSensitive() implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable cells) {
      return OptimizerClaims.losses(cells, THREE)
          .map(own -> {
            double sgd = expected(cells, OptimizerClaims.of(own, OptimizerClaims.SGD));
            return expected(cells, OptimizerClaims.of(own, OptimizerClaims.ADAM)) < sgd
                && expected(cells, OptimizerClaims.of(own, OptimizerClaims.RMSPROP)) < sgd;
          });
    }
  }

  /// Where a setting has no loss it counts as the worst of all.
  private static double expected(CellTable cells, double[] own) {
    int trials = Math.min(TRIALS, own.length);
    return ExpectedBest.of(own, cells.worst(), trials).losses()[trials - 1];
  }

  static Optional<StudyClaim> of(StudyCase study) {
    return study.ofCells(
        "adam-rmsprop-less-sensitive-than-sgd",
        new LessSensitive(),
        holds -> {
          CellTable cells = study.cells().orElseThrow();
          SequencedMap<String, double[]> own = OptimizerClaims.losses(cells, THREE).orElseThrow();
          double worse =
              Math.max(
                  expected(cells, OptimizerClaims.of(own, OptimizerClaims.ADAM)),
                  expected(cells, OptimizerClaims.of(own, OptimizerClaims.RMSPROP)));
          return new StudyCase.Said(
              OptimizerClaims.ratio(
                  expected(cells, OptimizerClaims.of(own, OptimizerClaims.SGD)), worse),
              "adam and rmsprop are %s less sensitive to learning rate and latent than sgd, as a user feels it: the best of %s random settings is expected at %s %s. Within %s of the best of all: %s.%s"
                  .formatted(
                      holds ? "both" : "not both",
                      TRIALS,
                      study.metric(),
                      OptimizerClaims.words(own, losses -> expected(cells, losses)),
                      Words.percent(CLOSE),
                      close(cells, own),
                      spread(study)));
        });
  }

  private static String close(CellTable cells, SequencedMap<String, double[]> own) {
    double best = CellTable.best(cells.values());
    Tolerance within = new Tolerance.Difference(Math.log(1 + CLOSE));
    return own.entrySet().stream()
        .map(one -> {
          Closeness closeness = Closeness.to(best, one.getValue(), within);
          return "%s %s of %s".formatted(one.getKey(), closeness.close(), closeness.settings());
        })
        .collect(Collectors.joining(", "));
  }

  /// Which optimizer the spread over its settings would call the least sensitive: of all runs that
  /// ended, as measured, learned or not.
  private static String spread(StudyCase study) {
    Landscape landscape = study.landscape();
    double[] values = landscape.values(View.of(study.metric(), Scale.RAW));
    double[] logarithms = new double[values.length / study.repeats()];
    for (int i = 0; i < values.length; i++) {
      logarithms[i / study.repeats()] += Math.log(values[i]) / study.repeats();
    }
    CellTable ended =
        new CellTable(landscape.variables(), logarithms, landscape.tried(), Scale.LOG);
    SequencedMap<String, Double> spreads = new LinkedHashMap<>();
    OptimizerClaims.losses(ended, THREE)
        .orElseThrow()
        .forEach((name, all) -> {
          double[] finite = Arrays.stream(all).filter(Double::isFinite).toArray();
          if (finite.length > 1) {
            spreads.put(name, new Observations(finite).standardDeviation());
          }
        });
    if (spreads.size() < THREE.length) {
      return "";
    }
    List<String> smallestFirst = new ArrayList<>(spreads.keySet());
    smallestFirst.sort(Comparator.comparingDouble(name -> spreads.getOrDefault(name, Double.NaN)));
    return " The spread over settings, by which the study went and which is smallest where nothing learns, would call %s the least sensitive (standard deviation of log %s: %s)."
        .formatted(
            smallestFirst.getFirst(),
            study.metric(),
            smallestFirst.stream()
                .map(name -> name + " " + Digits.three(spreads.getOrDefault(name, Double.NaN)))
                .collect(Collectors.joining(", ")));
  }
}
