package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.ExpectedBest;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.DefaultSetting;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.analysis.runs.Variable;

/// Several optimizers at their defaults against one that is tuned, with as many trials: Schmidt,
/// Schneider and Hennig 2021, International Conference on Machine Learning 139:9367.
///
/// @param optimizers with the learning rates that PyTorch gives them, as far as these were tried
/// @param fixed the other hyper-parameters, at the default setting
/// @param tuned optimizer whose learning rate is tuned
/// @param budget trials of either side
/// @param several outcome of the best of the optimizers, chosen on all other repeats and judged on
///   each in turn
/// @param one outcome to expect of the best of as many random learning rates, likewise
/// @param oneOfAll the same of all learning rates that were tried, more trials than the others have
/// @param rates how many those are
/// @param difference of the first less the second: of logarithms on the logarithmic scale
/// @param interval of the difference, as [RepeatPairs#interval]; empty with one repeat
/// @param probability that the first is at most 5 % worse
public record SeveralDefaults(
    List<SequencedMap<String, String>> optimizers,
    SequencedMap<String, String> fixed,
    String tuned,
    int budget,
    double several,
    double one,
    double oneOfAll,
    int rates,
    double difference,
    Optional<Interval> interval,
    OptionalDouble probability) {
  /// Signatures of `torch.optim`, version 2.15.
  private static final Map<String, Double> LIBRARY =
      Map.ofEntries(
          Map.entry("adam", 1e-3),
          Map.entry("adamw", 1e-3),
          Map.entry("radam", 1e-3),
          Map.entry("nadam", 2e-3),
          Map.entry("adamax", 2e-3),
          Map.entry("adadelta", 1.0),
          Map.entry("adagrad", 1e-2),
          Map.entry("asgd", 1e-2),
          Map.entry("rprop", 1e-2),
          Map.entry("rmsprop", 1e-2),
          Map.entry("sgd", 1e-3));

  public SeveralDefaults {
    optimizers = List.copyOf(optimizers);
  }

  /// Empty where fewer than two optimizers were tried at their default, or fewer learning rates
  /// than that of adam: then the sides would not have the same budget.
  ///
  /// @param gain of the best over the reference, of which 5 % are tolerated on the raw scale
  static Optional<SeveralDefaults> of(
      TriedLosses tried, double[][] filled, DefaultSetting defaults, Scale scale, double gain) {
    Landscape landscape = tried.losses().landscape();
    Optional<Variable> optimizer = landscape.variable(Role.OPTIMIZER);
    Optional<Variable> rate = landscape.variable(Role.LEARNING_RATE).filter(Variable::numeric);
    if (defaults.setting().isEmpty() || optimizer.isEmpty() || rate.isEmpty()) {
      return Optional.empty();
    }
    int start = defaults.setting().getAsInt();
    List<Variable> both = List.of(optimizer.get(), rate.get());
    int[] several =
        optimizer.get().levels().stream()
            .map(DefaultSetting::name)
            .distinct()
            .filter(LIBRARY::containsKey)
            .mapToInt(name ->
                near(tried, start, both).stream()
                    .filter(setting ->
                        tried.level(setting, optimizer.get())
                                == DefaultSetting.level(optimizer.get(), name)
                            && tried.level(setting, rate.get())
                                == DefaultSetting.level(
                                    rate.get(), LIBRARY.getOrDefault(name, Double.NaN)))
                    .findFirst()
                    .orElse(-1))
            .filter(setting -> setting >= 0)
            .toArray();
    int[] rates =
        near(tried, start, List.of(rate.get())).stream().mapToInt(Integer::intValue).toArray();
    int budget = several.length;
    if (budget < 2 || rates.length < budget) {
      return Optional.empty();
    }
    double[] ofSeveral = judged(tried, filled, several, scale, budget);
    double[] ofOne = judged(tried, filled, rates, scale, budget);
    double[] ofAll = judged(tried, filled, rates, scale, rates.length);
    Optional<OrderingProbability> order = RepeatPairs.chosen(ofSeveral, ofOne);
    SequencedMap<String, String> fixed = new LinkedHashMap<>(defaults.settings());
    fixed.remove(optimizer.get().name());
    fixed.remove(rate.get().name());
    return Optional.of(
        new SeveralDefaults(
            Arrays.stream(several).mapToObj(setting -> named(tried, setting, both)).toList(),
            fixed,
            optimizer.get().levels().get(tried.level(start, optimizer.get())),
            budget,
            tried.losses().measured(ofSeveral, scale),
            tried.losses().measured(ofOne, scale),
            tried.losses().measured(ofAll, scale),
            rates.length,
            RepeatPairs.mean(ofSeveral) - RepeatPairs.mean(ofOne),
            order.flatMap(RepeatPairs::interval),
            RepeatPairs.below(order, TuningCost.tolerated(scale, gain))));
  }

  /// Settings that differ from this one by some variables at most.
  private static List<Integer> near(TriedLosses tried, int start, List<Variable> free) {
    List<Integer> near = new ArrayList<>();
    for (int setting : tried.all()) {
      boolean equal = true;
      for (Variable variable : tried.losses().variables()) {
        equal &=
            free.contains(variable)
                || tried.level(setting, variable) == tried.level(start, variable);
      }
      if (equal) {
        near.add(setting);
      }
    }
    return near;
  }

  private static SequencedMap<String, String> named(
      TriedLosses tried, int setting, List<Variable> variables) {
    SequencedMap<String, String> named = new LinkedHashMap<>();
    for (Variable variable : variables) {
      named.put(variable.name(), variable.levels().get(tried.level(setting, variable)));
    }
    return named;
  }

  /// Expected best of so many random ones, by judging repeat.
  private static double[] judged(
      TriedLosses tried, double[][] filled, int[] settings, Scale scale, int budget) {
    double[][] scaled = new double[filled.length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Arrays.stream(filled[i]).map(loss -> TunedGain.scaled(loss, scale)).toArray();
    }
    return tried.folds().stream()
        .mapToDouble(fold ->
            ExpectedBest.chosen(
                    TuningCurve.means(scaled, settings, fold.choosing()),
                    TuningCurve.means(scaled, settings, fold.judging()),
                    Double.POSITIVE_INFINITY,
                    budget)
                .losses()[budget - 1])
        .toArray();
  }
}
