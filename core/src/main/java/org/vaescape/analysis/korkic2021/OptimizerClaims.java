package org.vaescape.analysis.korkic2021;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.CellQuestion;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.CellTable;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Variable;

/// What the study says of Adam, RMSprop and SGD by how good they get.
final class OptimizerClaims {
  static final String ADAM = "adam";
  static final String RMSPROP = "rmsprop";
  static final String SGD = "sgd";

  /// Better by no more than this share of the loss is slightly better.
  static final double SLIGHT = 0.1;

  /// A setting is decent up to this many times the loss of the best of all.
  static final double DECENT = 2;

  private OptimizerClaims() {}

  /// Losses of each of these optimizers; empty where one was not tried.
  static Optional<SequencedMap<String, double[]>> losses(CellTable cells, String... names) {
    SequencedMap<String, double[]> losses = new LinkedHashMap<>();
    Optional<Variable> optimizer = cells.variable(StudyCase.OPTIMIZER);
    for (String name : names) {
      Optional<Integer> own = optimizer.flatMap(known -> StudyLevels.optimizer(known, name));
      if (own.isEmpty()) {
        return Optional.empty();
      }
      double[] found = cells.at(optimizer.orElseThrow(), level -> level == own.get());
      if (found.length == 0) {
        return Optional.empty();
      }
      losses.put(name, found);
    }
    return Optional.of(losses);
  }

  /// `adam 0.0098, rmsprop 0.009, sgd none`, of numbers that are logarithms. Those of one of the
  /// names that [#losses] was asked for.
  static double[] of(SequencedMap<String, double[]> losses, String name) {
    return Objects.requireNonNull(losses.get(name), name);
  }

  static String words(SequencedMap<String, double[]> losses, ToDoubleFunction<double[]> number) {
    return losses.entrySet().stream()
        .map(one -> one.getKey() + " " + measured(number.applyAsDouble(one.getValue())))
        .collect(Collectors.joining(", "));
  }

  static String measured(double logarithm) {
    return Double.isNaN(logarithm) ? "none" : Digits.three(Math.exp(logarithm));
  }

  /// A ratio of two losses; empty where one is missing.
  static OptionalDouble ratio(double one, double other) {
    return Double.isNaN(one - other)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.exp(one - other));
  }

  /// Both adaptive optimizers have a lower best and a lower median loss than SGD.
  record BothBetter() implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable cells) {
      return losses(cells, ADAM, RMSPROP, SGD)
          .map(
              own -> better(of(own, ADAM), of(own, SGD)) && better(of(own, RMSPROP), of(own, SGD)));
    }

    private static boolean better(double[] one, double[] other) {
      return CellTable.lower(CellTable.best(one), CellTable.best(other))
          && CellTable.lower(CellTable.median(one), CellTable.median(other));
    }
  }

  static Optional<StudyClaim> bothBest(StudyCase study) {
    return study.ofCells(
        "adam-and-rmsprop-best",
        new BothBetter(),
        holds -> {
          SequencedMap<String, double[]> own =
              losses(study.cells().orElseThrow(), ADAM, RMSPROP, SGD).orElseThrow();
          double worse = Math.max(CellTable.best(of(own, ADAM)), CellTable.best(of(own, RMSPROP)));
          return new StudyCase.Said(
              ratio(CellTable.best(of(own, SGD)), worse),
              "adam and rmsprop %s lower best and a lower median %s than sgd. Best settings: %s; medians, where what did not learn counts as the worst: %s."
                  .formatted(
                      holds ? "both have a" : "do not both have a",
                      study.metric(),
                      words(own, CellTable::best),
                      words(own, CellTable::median)));
        });
  }

  /// RMSprop's best setting is better than Adam's, but not by much.
  record SlightlyBetter() implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable cells) {
      return losses(cells, RMSPROP, ADAM)
          .flatMap(own -> {
            double rmsprop = CellTable.best(of(own, RMSPROP));
            double adam = CellTable.best(of(own, ADAM));
            if (!CellTable.lower(rmsprop, adam)) {
              return Optional.of(false);
            }
            return cells.limit(rmsprop, 1 / (1 - SLIGHT)).map(limit -> adam <= limit);
          });
    }
  }

  static Optional<StudyClaim> slightlyBetter(StudyCase study) {
    return study.ofCells(
        "rmsprop-slightly-better-than-adam",
        new SlightlyBetter(),
        holds -> {
          CellTable cells = study.cells().orElseThrow();
          SequencedMap<String, double[]> own = losses(cells, RMSPROP, ADAM).orElseThrow();
          double rmsprop = CellTable.best(of(own, RMSPROP));
          double adam = CellTable.best(of(own, ADAM));
          OptionalDouble judged = ratio(judged(study, cells, RMSPROP), judged(study, cells, ADAM));
          OptionalDouble seen = ratio(rmsprop, adam);
          String how =
              holds
                  ? "slightly better than"
                  : rmsprop < adam ? "more than slightly better than" : "not better than";
          return new StudyCase.Said(
              judged.isPresent() ? judged : seen,
              "rmsprop's best setting is %s adam's: %s %s against %s%s (slightly is up to %s less).%s"
                  .formatted(
                      how,
                      study.metric(),
                      measured(rmsprop),
                      measured(adam),
                      seen.isPresent()
                          ? ", " + Digits.ratio(seen.getAsDouble()) + " times as much"
                          : "",
                      Words.percent(SLIGHT),
                      judged.isPresent()
                          ? " Judged by repeats that did not choose them: %s times as much."
                              .formatted(Digits.ratio(judged.getAsDouble()))
                          : ""));
        });
  }

  /// `NaN` where it cannot be judged.
  private static double judged(StudyCase study, CellTable cells, String optimizer) {
    Variable variable = cells.variable(StudyCase.OPTIMIZER).orElseThrow();
    int level = StudyLevels.optimizer(variable, optimizer).orElseThrow();
    return study
        .judged(cell -> cells.level(variable, cell) == level)
        .map(judged -> judged.best().judged())
        .orElse(Double.NaN);
  }

  /// More than half of the settings of both learn and come within a factor of the best of all.
  record DecentInMost() implements CellQuestion {
    @Override
    public Optional<Boolean> holds(CellTable cells) {
      return losses(cells, ADAM, RMSPROP)
          .flatMap(own ->
              cells
                  .limit(CellTable.best(cells.values()), DECENT)
                  .map(limit ->
                      2 * (upTo(limit, of(own, ADAM)) + upTo(limit, of(own, RMSPROP)))
                          > of(own, ADAM).length + of(own, RMSPROP).length));
    }
  }

  static int upTo(double limit, double[] losses) {
    int count = 0;
    for (double loss : losses) {
      count += loss <= limit ? 1 : 0;
    }
    return count;
  }

  static Optional<StudyClaim> decent(StudyCase study) {
    return study.ofCells(
        "adam-rmsprop-decent-in-most",
        new DecentInMost(),
        holds -> {
          CellTable cells = study.cells().orElseThrow();
          SequencedMap<String, double[]> own = losses(cells, ADAM, RMSPROP).orElseThrow();
          double limit = cells.limit(CellTable.best(cells.values()), DECENT).orElseThrow();
          List<String> counts =
              own.entrySet().stream()
                  .map(one ->
                      "%s %s of %s (%s learned)"
                          .formatted(
                              one.getKey(),
                              upTo(limit, one.getValue()),
                              one.getValue().length,
                              upTo(Double.POSITIVE_INFINITY, one.getValue())))
                  .toList();
          int decent = own.values().stream().mapToInt(losses -> upTo(limit, losses)).sum();
          int all = own.values().stream().mapToInt(losses -> losses.length).sum();
          return new StudyCase.Said(
              OptionalDouble.of((double) decent / all),
              "adam and rmsprop are decent in %s of their settings (learned, and within %s times the best %s of all, %s): %s; that is %s."
                  .formatted(
                      Words.percent((double) decent / all),
                      Digits.ratio(DECENT),
                      study.metric(),
                      measured(CellTable.best(cells.values())),
                      String.join(", ", counts),
                      holds ? "most of them" : "not most of them"));
        });
  }
}
