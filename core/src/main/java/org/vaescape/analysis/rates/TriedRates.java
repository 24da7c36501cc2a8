package org.vaescape.analysis.rates;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;

/// The runs of one value of the optimizer by their learning rate.
///
/// The best rate is the one at which the largest share of runs learned, and of equals the one of
/// the lowest mean loss over all that learned, then the lowest rate. A run that failed or learned
/// nothing has no loss that could be averaged, and the rest of its rate are the easier settings: a
/// mean over them alone would favour a rate for what it cannot train. A run that is missing says
/// nothing.
final class TriedRates {
  /// A step that is too small leaves a network as it was.
  private static final Set<String> TOO_LOW = Set.of("untrained");

  /// A step that is too large breaks it. Other endings do not tell on which side a better rate is.
  private static final Set<String> TOO_HIGH = Set.of("diverged", "exploded");

  private final String name;
  private final String optimizer;
  private final RunSet.Outcome outcome;
  private final NavigableMap<Double, List<Run>> runs;

  private TriedRates(
      String name, String optimizer, RunSet.Outcome outcome, NavigableMap<Double, List<Run>> runs) {
    this.name = name;
    this.optimizer = optimizer;
    this.outcome = outcome;
    this.runs = runs;
  }

  /// One for each level of the optimizer that has runs, in their order; none where the optimizer or
  /// the learning rate is no variable, or a rate is not above 0 (logarithms of rates, in somebody's
  /// table).
  static List<TriedRates> of(Landscape landscape, RunSet.Outcome outcome) {
    Optional<Variable> optimizers = landscape.variable(Role.OPTIMIZER);
    Optional<Variable> rates = landscape.variable(Role.LEARNING_RATE).filter(Variable::numeric);
    if (optimizers.isEmpty() || rates.isEmpty() || rates.get().value(0) <= 0) {
      return List.of();
    }
    String name = rates.get().name();
    List<TriedRates> tried = new ArrayList<>();
    for (int level = 0; level < optimizers.get().levels().size(); level++) {
      int own = level;
      NavigableMap<Double, List<Run>> byRate =
          landscape.runs().stream()
              .filter(run -> optimizers.get().level(run) == own)
              .collect(
                  Collectors.groupingBy(
                      run -> PlainNumber.of(run.setting(name)).orElseThrow(),
                      TreeMap::new,
                      Collectors.toList()));
      if (!byRate.isEmpty()) {
        tried.add(new TriedRates(name, optimizers.get().levels().get(level), outcome, byRate));
      }
    }
    return tried;
  }

  /// Of the learning rate, as the runs have it.
  String name() {
    return name;
  }

  String optimizer() {
    return optimizer;
  }

  NavigableSet<Double> rates() {
    return runs.navigableKeySet();
  }

  List<Run> at(double rate) {
    return runs.getOrDefault(rate, List.of());
  }

  List<Run> all() {
    return runs.values().stream().flatMap(List::stream).toList();
  }

  /// @param repeats all of the landscape
  BestRate best(List<Integer> repeats) {
    OptionalDouble onAll = bestOn(_ -> true);
    List<Double> crossFitted = new ArrayList<>();
    if (repeats.size() > 1) {
      for (int held : repeats) {
        crossFitted.add(bestOn(repeat -> repeat != held).orElse(Double.NaN));
      }
    }
    return new BestRate(
        name,
        optimizer,
        onAll,
        crossFitted,
        rates().first(),
        rates().last(),
        (int) all().stream().filter(run -> Double.isFinite(loss(run))).count(),
        all().size(),
        onAll.isPresent() ? beyondEdges(onAll.getAsDouble(), crossFitted) : whereItMayLearn());
  }

  /// The best rate by the runs of some repeats; empty if none of them learned.
  private OptionalDouble bestOn(IntPredicate repeats) {
    OptionalDouble best = OptionalDouble.empty();
    int most = 0; // learned, of this many
    int of = 1;
    double lowest = Double.POSITIVE_INFINITY;
    for (Map.Entry<Double, List<Run>> one : runs.entrySet()) {
      double sum = 0;
      int learned = 0;
      int ran = 0;
      for (Run run : one.getValue()) {
        if (repeats.test(run.repeat())) {
          ran++;
          double loss = loss(run);
          if (Double.isFinite(loss)) {
            sum += loss;
            learned++;
          }
        }
      }
      double mean = sum / learned;
      int larger = Long.compare((long) learned * of, (long) most * ran);
      if (larger > 0 || (larger == 0 && mean < lowest)) {
        best = OptionalDouble.of(one.getKey());
        most = learned;
        of = ran;
        lowest = mean;
      }
    }
    return best;
  }

  /// Lower is better; `NaN` of a run that did not learn.
  private double loss(Run run) {
    double measured =
        run.fate() == Fate.LEARNED ? run.outcome(outcome.metric(), StopPoint.STOP) : Double.NaN;
    return outcome.lowerIsBetter() ? measured : -measured;
  }

  private List<Double> beyondEdges(double onAll, List<Double> crossFitted) {
    List<Double> chosen = new ArrayList<>(crossFitted);
    chosen.add(onAll);
    return beyond(chosen.contains(rates().first()), chosen.contains(rates().last()));
  }

  private List<Double> whereItMayLearn() {
    List<String> endings = all().stream().map(Run::ending).distinct().toList();
    return beyond(!TOO_LOW.containsAll(endings), !TOO_HIGH.containsAll(endings));
  }

  private List<Double> beyond(boolean below, boolean above) {
    List<Double> rates = new ArrayList<>();
    if (below) {
      rates.add(decades(rates().first(), -1));
    }
    if (above) {
      rates.add(decades(rates().last(), 1));
    }
    return rates;
  }

  /// In decimal, where 10 times 0.1 is 1.
  private static double decades(double rate, int count) {
    return BigDecimal.valueOf(rate).scaleByPowerOfTen(count).doubleValue();
  }
}
