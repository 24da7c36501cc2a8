package org.vaescape.analysis.start;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.user.TunedGain;
import org.vaescape.analysis.user.TuningCost;

/// The setting to start from: of those that are as good as the best, up to seed noise, the one
/// whose neighbours do best. It learned in every repeat.
///
/// @param settings that all repeats together choose
/// @param within what counts as equally good, in words
/// @param alike settings that are
/// @param outcome of the setting that all repeats but one choose, judged on the one left, each in
///   turn; with one repeat on the same
/// @param best outcome of the best setting, likewise
/// @param difference of the losses of the two: of logarithms on the logarithmic scale
/// @param interval of the difference, as [RepeatPairs#interval]; empty with one repeat, and where
///   repeats do not differ in it
/// @param probability that it is at most 5 % worse than the best; empty where the interval is
/// @param same choices that name this setting
/// @param choices how many there are, 0 with one repeat
/// @param brinks levels next to its own at which a run failed or learned nothing, all else equal
/// @param swings by hyper-parameter
public record StartSetting(
    SequencedMap<String, String> settings,
    String within,
    int alike,
    double outcome,
    double best,
    double difference,
    Optional<Interval> interval,
    OptionalDouble probability,
    int same,
    int choices,
    List<View.Level> brinks,
    List<Swing> swings) {

  /// Why there is no probability where every choice is the best.
  static final String ITSELF =
      "no interval: every choice is itself the best of its repeats, and what is compared with itself decides nothing";

  /// What a hyper-parameter can lose there.
  ///
  /// @param worst level of it, all else as in the setting, of the highest mean loss over all
  ///   repeats
  /// @param difference of its loss to that of the setting: of logarithms on the logarithmic scale
  /// @param standardError of that, as [org.vaescape.analysis.noise.CellNoise#between]; empty where
  ///   repeats do not tell it, or a run of either did not learn
  /// @param levels that were tried there in every repeat, its own among them
  public record Swing(
      String variable,
      String worst,
      double difference,
      OptionalDouble standardError,
      List<String> levels) {
    public Swing {
      levels = List.copyOf(levels);
    }

    /// What it loses: nothing where the worst of the other levels does better.
    public double loss() {
      return Math.max(difference, 0);
    }

    /// What it may lose by 2 standard errors; infinite where these are not known.
    public double most() {
      return standardError.isPresent()
          ? Math.max(difference + SeedTolerance.STANDARD_ERRORS * standardError.getAsDouble(), 0)
          : Double.POSITIVE_INFINITY;
    }
  }

  public StartSetting {
    settings = new LinkedHashMap<>(settings);
    brinks = List.copyOf(brinks);
    swings = List.copyOf(swings);
  }

  /// @param scale of the losses of the choice
  /// @param gain of the best over the reference, of which 5 % are tolerated on the raw scale
  static StartSetting of(
      TriedLosses tried, SeedTolerance tolerance, FirstChoice choice, Scale scale, double gain) {
    int all = choice.start(choice.everyRepeat());
    int[] chosen = tried.folds().stream().mapToInt(fold -> choice.start(fold.choosing())).toArray();
    double[] own = new double[chosen.length];
    Arrays.setAll(own, r -> choice.losses()[chosen[r]][r]);
    double[] best =
        Arrays.stream(tried.judgedBest(tried.all()))
            .map(loss -> TunedGain.scaled(loss, scale))
            .toArray();
    Optional<OrderingProbability> order = RepeatPairs.chosen(own, best);
    Optional<Interval> interval = order.flatMap(RepeatPairs::interval);
    boolean judged = tried.repeats() > 1;
    return new StartSetting(
        tried.settings(all),
        tolerance.words(),
        choice.asGood(choice.everyRepeat()).length,
        tried.losses().measured(own, scale),
        tried.losses().measured(best, scale),
        RepeatPairs.mean(own) - RepeatPairs.mean(best),
        interval,
        RepeatPairs.below(
            order.filter(_ -> interval.isPresent()), TuningCost.tolerated(scale, gain)),
        judged ? (int) Arrays.stream(chosen).filter(one -> one == all).count() : 0,
        judged ? chosen.length : 0,
        choice.brinks(all),
        choice.swings(all));
  }

  public Optional<Swing> swing(String variable) {
    return swings.stream().filter(one -> one.variable().equals(variable)).findFirst();
  }

  /// Whether every choice is the best of its repeats, so that it was compared with itself.
  public boolean alwaysBest() {
    return choices > 0 && interval.isEmpty() && difference == 0;
  }

  /// Whether most choices name it.
  public boolean stable() {
    return 2 * same > choices;
  }
}
