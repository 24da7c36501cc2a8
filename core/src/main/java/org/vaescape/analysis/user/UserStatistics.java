package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.Regret;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.Yardstick;
import org.vaescape.analysis.runs.DefaultSetting;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;

/// What [UserSensitivity] and its claims are made of, repeat by repeat.
///
/// @param bestLosses of the best setting on each repeat, chosen on the others
/// @param filled losses by setting and repeat, failed runs with the loss that they count as
/// @param groups all settings, then those of each optimizer if there are several
record UserStatistics(
    TriedLosses tried,
    Yardstick yardstick,
    Scale scale,
    double[] bestLosses,
    double[][] filled,
    DefaultSetting defaults,
    List<Group> groups,
    Optional<TunedGain.Judged> gains,
    Optional<SeveralDefaults> several) {

  /// @param optimizer empty for all
  record Group(String optimizer, int[] settings, TuningCurve curve) {}

  static UserStatistics of(TriedLosses tried) {
    double[] bestLosses = tried.judgedBest(tried.all());
    double best = RepeatPairs.mean(bestLosses);
    Yardstick yardstick = Yardstick.of(tried, best);
    double[][] filled = tried.filled(yardstick.failures());
    Scale scale = Yardstick.scale(tried);
    DefaultSetting defaults = DefaultSetting.of(tried);
    return new UserStatistics(
        tried,
        yardstick,
        scale,
        bestLosses,
        filled,
        defaults,
        groups(tried, filled),
        defaults.setting().isPresent()
            ? Optional.of(TunedGain.of(tried, filled, defaults.setting().getAsInt(), scale))
            : Optional.empty(),
        SeveralDefaults.of(tried, filled, defaults, scale, yardstick.reference() - best));
  }

  private static List<Group> groups(TriedLosses tried, double[][] filled) {
    List<Group> groups = new ArrayList<>();
    groups.add(group(tried, "", tried.all(), filled));
    tried
        .losses()
        .landscape()
        .variable(Role.OPTIMIZER)
        .ifPresent(optimizer -> {
          for (int level = 0; level < optimizer.levels().size(); level++) {
            int[] settings = tried.at(optimizer, level);
            if (settings.length > 0) {
              groups.add(group(tried, optimizer.levels().get(level), settings, filled));
            }
          }
        });
    return groups;
  }

  private static Group group(
      TriedLosses tried, String optimizer, int[] settings, double[][] filled) {
    return new Group(optimizer, settings, TuningCurve.of(tried, settings, filled));
  }

  double best() {
    return RepeatPairs.mean(bestLosses);
  }

  /// What the best gains over the reference.
  double gain() {
    return yardstick.reference() - best();
  }

  List<Group> optimizers() {
    return groups.subList(1, groups.size());
  }

  /// Losses of the default by repeat.
  Optional<double[]> defaultLosses() {
    return defaults.setting().isPresent()
        ? Optional.of(filled[defaults.setting().getAsInt()])
        : Optional.empty();
  }

  /// Mean loss of all settings by repeat: what a setting at random is expected to lose.
  double[] randomLosses() {
    return IntStream.range(0, tried.repeats())
        .mapToDouble(r ->
            IntStream.range(0, filled.length)
                .mapToDouble(i -> filled[i][r])
                .average()
                .orElseThrow())
        .toArray();
  }

  /// Share of the gain that is lost, both of them means over repeats of differences within each;
  /// empty where the best gains nothing. Failed runs have a loss already.
  OptionalDouble regret(double[] losses) {
    double regret =
        new Regret(best(), yardstick.reference(), Double.NaN).of(RepeatPairs.mean(losses));
    return Double.isNaN(regret) ? OptionalDouble.empty() : OptionalDouble.of(regret);
  }

  /// Interval of a regret, of which a repeat tells by how far what is lost in it is off that share
  /// of its own gain: a split in which all losses are twice as high says nothing else. Empty as of
  /// [RepeatPairs#interval], and where the best gains nothing.
  Optional<Interval> regretInterval(double[] losses) {
    OptionalDouble regret = regret(losses);
    if (regret.isEmpty()) {
      return Optional.empty();
    }
    double share = regret.getAsDouble();
    double[] expected = new double[losses.length];
    Arrays.setAll(
        expected, r -> bestLosses[r] + share * (yardstick.references()[r] - bestLosses[r]));
    return RepeatPairs.chosen(losses, expected)
        .flatMap(RepeatPairs::interval)
        .map(this::shareOfGain)
        .map(off -> new Interval(share + off.low(), share + off.high()));
  }

  /// Differences of losses as shares of the gain, which is taken as known: not, as of a regret, of
  /// what each repeat is off the share of its own gain. For 0 that is the same, and an interval of
  /// these differences leaves it out exactly where their test is sure of one side.
  Interval shareOfGain(Interval differences) {
    return new Interval(differences.low() / gain(), differences.high() / gain());
  }
}
