package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.region.SafeRegion.Side;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.user.TuningCost;

/// Where to tune a hyper-parameter.
///
/// Of learning rates between the best ones of those optimizers that come near the best of all; of
/// anything else between the levels that the best settings have. The safe region is in it.
///
/// @param words `from 0.001 to 0.01`, `near 0.01 (0.001 to 0.1)`, `where adam or rmsprop are best`
/// @param extension what to try beyond, an imperative without a capital; empty if nothing
record TuningRange(String words, String extension) {
  /// Why advice with an extension may not hold.
  static final String EDGE = "the best lies at an edge of what was tried";

  static TuningRange of(Variable variable, Findings found, Landscape landscape) {
    Optional<Side> side = found.side(variable);
    TreeSet<Integer> levels = new TreeSet<>(best(variable, found));
    side.filter(known -> !known.all())
        .ifPresent(
            known -> known.levels().forEach(level -> levels.add(variable.levels().indexOf(level))));
    levels.remove(-1);
    boolean flat = side.filter(Side::all).isPresent();
    if (levels.isEmpty()) {
      List<String> learned = learned(variable, landscape);
      return new TuningRange(
          variable.numeric()
              ? fromTo(learned.getFirst(), learned.getLast())
              : "among " + String.join(", ", variable.levels()),
          "");
    }
    return variable.numeric()
        ? new TuningRange(between(variable, levels), flat ? "" : extension(variable, levels, found))
        : new TuningRange(
            levels.stream()
                .map(variable.levels()::get)
                .collect(
                    Collectors.joining(
                        " or ", "where ", levels.size() == 1 ? " is best" : " are best")),
            "");
  }

  /// Levels at which a run learned: where none did is nothing to tune.
  private static List<String> learned(Variable variable, Landscape landscape) {
    List<Run> runs =
        landscape.allRuns().stream().filter(run -> run.fate() == Fate.LEARNED).toList();
    return List.copyOf(variable.byLevel(runs).keySet());
  }

  boolean atEdge() {
    return !extension.isEmpty();
  }

  /// ` Extend learning-rate to 1 for sgd.`; empty if nothing is to be extended.
  String extensionSentence() {
    return atEdge() ? " " + Words.capital(extension) + "." : "";
  }

  private static List<Integer> best(Variable variable, Findings found) {
    List<BestRate> rates = rates(variable, found);
    if (!rates.isEmpty()) {
      List<Integer> levels = new ArrayList<>();
      for (BestRate best : rates) {
        best.rate().ifPresent(rate -> levels.add(level(variable, rate)));
        best.crossFitted().stream()
            .filter(Double::isFinite)
            .forEach(rate -> levels.add(level(variable, rate)));
      }
      return levels;
    }
    List<SequencedMap<String, String>> settings = new ArrayList<>();
    found.first().ifPresent(first -> settings.add(first.start().settings()));
    found.felt().ifPresent(felt -> settings.add(felt.bestSettings()));
    return settings.stream()
        .map(one -> variable.levels().indexOf(one.getOrDefault(variable.name(), "")))
        .toList();
  }

  private static int level(Variable variable, double rate) {
    return IntStream.range(0, variable.levels().size())
        .filter(level -> variable.value(level) == rate)
        .findFirst()
        .orElse(-1);
  }

  /// Of optimizers that come near the best; none where the variable is no learning rate.
  private static List<BestRate> rates(Variable variable, Findings found) {
    return Role.LEARNING_RATE.is(variable.name())
        ? found.fairRange().stream()
            .flatMap(fair -> fair.best().stream())
            .filter(best -> best.learned() > 0 && near(best.optimizer(), found))
            .toList()
        : List.of();
  }

  /// Whether a setting of an optimizer comes within 10 % of the best of all.
  static boolean near(String optimizer, Findings found) {
    return found.felt().stream()
        .flatMap(felt -> felt.costs().stream())
        .filter(cost -> cost.optimizer().equals(optimizer))
        .anyMatch(cost -> cost.close(TuningCost.REACH) > 0);
  }

  private static String between(Variable variable, TreeSet<Integer> levels) {
    List<String> names = variable.levels();
    int low = levels.first();
    int high = levels.last();
    if (low < high) {
      return fromTo(names.get(low), names.get(high));
    }
    return "near %s (%s to %s)"
        .formatted(
            Digits.level(names.get(low)),
            Digits.level(names.get(Math.max(low - 1, 0))),
            Digits.level(names.get(Math.min(high + 1, names.size() - 1))));
  }

  private static String fromTo(String low, String high) {
    return "from %s to %s".formatted(Digits.level(low), Digits.level(high));
  }

  private static String extension(Variable variable, TreeSet<Integer> levels, Findings found) {
    List<BestRate> rates = rates(variable, found);
    if (!rates.isEmpty()) {
      SequencedMap<Double, List<String>> optimizers = new TreeMap<>();
      for (BestRate best : rates) {
        for (double to : best.edge() ? best.extendTo() : List.<Double>of()) {
          optimizers.computeIfAbsent(to, _ -> new ArrayList<>()).add(best.optimizer());
        }
      }
      return optimizers.isEmpty()
          ? ""
          : optimizers.entrySet().stream()
              .map(one ->
                  BestRate.text(one.getKey()) + " for " + String.join(" and ", one.getValue()))
              .collect(Collectors.joining(", and to ", "extend " + variable.name() + " to ", ""));
    }
    int last = variable.levels().size() - 1;
    List<String> beyond = new ArrayList<>();
    if (levels.first() == 0 && variable.value(0) > 0) {
      beyond.add("below " + Digits.level(variable.levels().getFirst()));
    }
    if (levels.last() == last) {
      beyond.add("above " + Digits.level(variable.levels().getLast()));
    }
    return beyond.isEmpty()
        ? ""
        : "try %s %s as well, where nobody tried"
            .formatted(variable.name(), String.join(" and ", beyond));
  }
}
