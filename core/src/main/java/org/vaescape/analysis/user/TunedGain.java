package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.LossGrid;
import org.vaescape.analysis.Tunability;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;

/// What tuning some hyper-parameters gains over the default setting, the others staying at it.
///
/// @param factors one, two, or all
/// @param gain of a choice on all other repeats, judged on each in turn: a difference of logarithms
///   on the logarithmic scale, otherwise of outcomes; below 0 where the choice does worse
/// @param interval as [RepeatPairs] has it; empty with one repeat, or where all gained the same: of
///   choices that all keep the default nothing
/// @param joint what a pair gains over the better of its factors alone; 0 of anything else
/// @param tuned the setting that all repeats together choose
/// @param missing settings that could not be chosen, as they were not tried in every repeat
public record TunedGain(
    List<String> factors,
    double gain,
    Optional<Interval> interval,
    double joint,
    SequencedMap<String, String> tuned,
    int missing) {
  public TunedGain {
    factors = List.copyOf(factors);
  }

  /// Gains by set of factors, single ones first, then pairs, then all together if that is neither.
  ///
  /// @param gains positive by what was judged on each repeat
  record Judged(List<TunedGain> all, double[][] gains) {
    /// Single factors.
    List<TunedGain> single() {
      return all.stream().filter(gain -> gain.factors().size() == 1).toList();
    }
  }

  /// @param filled losses by setting and repeat, all finite
  /// @param scale of the gains; logarithmic only if they are positive
  static Judged of(TriedLosses tried, double[][] filled, int defaults, Scale scale) {
    int cell = tried.cell(defaults);
    List<Tunability> judged = new ArrayList<>();
    for (Fold fold : tried.folds()) {
      judged.add(
          Tunability.of(
              grid(tried, filled, scale, fold.choosing()),
              grid(tried, filled, scale, fold.judging()),
              cell));
    }
    Tunability whole =
        Tunability.of(
            grid(tried, filled, scale, IntStream.range(0, tried.repeats()).toArray()), cell);
    List<Tunability.Gain> sets = gains(whole);
    List<TunedGain> all = new ArrayList<>();
    double[][] gains = new double[sets.size()][tried.repeats()];
    for (int i = 0; i < sets.size(); i++) {
      int place = i;
      double[] joints = new double[tried.repeats()];
      for (int r = 0; r < joints.length; r++) {
        Tunability.Gain gain = gains(judged.get(r)).get(place);
        gains[i][r] = gain.gain();
        joints[r] = gain.factors().size() == 2 ? judged.get(r).jointGain(gain) : 0;
      }
      all.add(
          new TunedGain(
              sets.get(i).factors(),
              RepeatPairs.mean(gains[i]),
              interval(gains[i]),
              RepeatPairs.mean(joints),
              tried.settings(tried.setting(sets.get(i).cell())),
              sets.get(i).missing()));
    }
    return new Judged(all, gains);
  }

  private static List<Tunability.Gain> gains(Tunability tunability) {
    List<Tunability.Gain> gains = new ArrayList<>(tunability.single());
    gains.addAll(tunability.pairs());
    if (tunability.single().size() > 2) {
      gains.add(tunability.all());
    }
    return gains;
  }

  private static Optional<Interval> interval(double[] gains) {
    return RepeatPairs.chosen(gains, new double[gains.length]).flatMap(RepeatPairs::interval);
  }

  private static LossGrid grid(TriedLosses tried, double[][] filled, Scale scale, int... places) {
    double[] means = new double[tried.losses().cells()];
    Arrays.fill(means, Double.NaN);
    for (int setting = 0; setting < tried.size(); setting++) {
      double[] own = filled[setting];
      means[tried.cell(setting)] =
          Arrays.stream(places)
              .mapToDouble(place -> scaled(own[place], scale))
              .average()
              .orElseThrow();
    }
    return new LossGrid(tried.losses().factors(), means);
  }

  /// The loss, or its natural logarithm on the logarithmic scale, for which it must be positive.
  public static double scaled(double loss, Scale scale) {
    return scale == Scale.LOG ? Math.log(loss) : loss;
  }
}
