package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// One outcome of every setting of a landscape, repeat by repeat, of any design: lower is better.
///
/// Only runs that learned have one.
///
/// @param scale the logarithm, on which the noise of errors is even, where lower is better and all
///   that learned have a positive outcome; otherwise raw
/// @param repeats how many the landscape has
public record CellOutcomes(
    Landscape landscape, RunSet.Outcome outcome, Scale scale, int repeats, List<Cell> cells) {
  /// Bounds of one degree of freedom can lie further out than an exponential is finite.
  private static final double MOST = 700;

  public CellOutcomes {
    cells = List.copyOf(cells);
  }

  /// A setting.
  ///
  /// @param run one of its runs
  /// @param losses on the scale, by the place of the repeat; `NaN` where it did not learn
  /// @param shifts of the losses of all settings, by the place of the repeat; 0 where repeats share
  ///   nothing
  public record Cell(Run run, double[] losses, double[] shifts) {
    SequencedMap<String, String> settings() {
      return run.settings();
    }

    /// Of a key that has no meaning here, empty.
    public String setting(String key) {
      return run.setting(key);
    }

    public String setting(Role role) {
      return run.setting(role);
    }

    public int repeatsLearned() {
      return (int) Arrays.stream(losses).filter(Double::isFinite).count();
    }

    /// Whether it learned in every repeat.
    public boolean learned() {
      return Arrays.stream(losses).allMatch(Double::isFinite);
    }

    /// Over the repeats in which it learned, as [#learnedMean].
    public double meanWhereLearned() {
      return learnedMean(IntStream.range(0, losses.length).toArray());
    }

    /// Over those of some repeats in which it learned; if not in all, where each has a split of its
    /// own, as if what that shifts were the same in each, so that one that failed in an easy split
    /// does not look worse; `NaN` if it learned in none.
    ///
    /// @param places of repeats
    public double learnedMean(int[] places) {
      // Where none is missing there is nothing to take off, not even by rounding.
      boolean all = Arrays.stream(places).allMatch(place -> Double.isFinite(losses[place]));
      double middle = Arrays.stream(places).mapToDouble(place -> shifts[place]).average().orElse(0);
      double sum = 0;
      int count = 0;
      for (int place : places) {
        if (Double.isFinite(losses[place])) {
          sum += all ? losses[place] : losses[place] - (shifts[place] - middle);
          count++;
        }
      }
      return sum / count; // 0 / 0
    }

    /// Over the places of some repeats.
    public double mean(int... places) {
      double sum = 0;
      for (int place : places) {
        sum += losses[place];
      }
      return sum / places.length;
    }
  }

  /// Every setting that was tried, in the order of the runs.
  public static CellOutcomes of(Landscape landscape, RunSet.Outcome outcome, StopPoint stop) {
    int repeats = landscape.repeats().size();
    List<Run> settings = new ArrayList<>();
    List<double[]> losses = new ArrayList<>();
    boolean positive = true;
    for (int i = 0; i < landscape.runs().size(); i++) {
      Run run = landscape.runs().get(i);
      if (landscape.setting(i) == settings.size()) {
        settings.add(run);
        losses.add(none(repeats));
      }
      double[] own = losses.get(landscape.setting(i));
      double value = run.fate() == Fate.LEARNED ? run.outcome(outcome.metric(), stop) : Double.NaN;
      if (Double.isFinite(value)) {
        own[landscape.repeats().indexOf(run.repeat())] = outcome.lowerIsBetter() ? value : -value;
        positive &= value > 0;
      }
    }
    Scale scale = outcome.lowerIsBetter() && positive ? Scale.LOG : Scale.RAW;
    if (scale == Scale.LOG) {
      losses.replaceAll(own -> Arrays.stream(own).map(Math::log).toArray());
    }
    return new CellOutcomes(
        landscape, outcome, scale, repeats, cells(settings, losses, landscape.crossed(), repeats));
  }

  private static List<Cell> cells(
      List<Run> settings, List<double[]> losses, boolean crossed, int repeats) {
    double[] shifts = crossed ? RepeatShifts.of(losses, repeats).ofRepeats() : new double[repeats];
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      cells.add(new Cell(settings.get(i), losses.get(i), shifts));
    }
    return cells;
  }

  private static double[] none(int repeats) {
    double[] none = new double[repeats];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /// The same without some cells.
  public CellOutcomes only(Predicate<Cell> kept) {
    return new CellOutcomes(
        landscape, outcome, scale, repeats, cells.stream().filter(kept).toList());
  }

  /// Cells that learned in every repeat.
  public List<Cell> learned() {
    return cells.stream().filter(Cell::learned).toList();
  }

  /// Models that settings name, in the order of the runs.
  public List<String> models() {
    return cells.stream()
        .map(cell -> cell.setting(Role.MODEL))
        .filter(model -> !model.isEmpty())
        .distinct()
        .toList();
  }

  public List<Cell> learned(String model) {
    return learned().stream().filter(cell -> cell.setting(Role.MODEL).equals(model)).toList();
  }

  /// What was measured, of a number on the scale: a geometric mean of a mean of logarithms.
  public double measured(double loss) {
    return scale == Scale.LOG ? Math.exp(loss) : outcome.lowerIsBetter() ? loss : -loss;
  }

  /// How much worse, of a difference on the scale: a ratio on the logarithm, otherwise in units of
  /// the outcome. Finite of finite ones.
  public double worse(double difference) {
    return scale == Scale.LOG ? Math.exp(Math.clamp(difference, -MOST, MOST)) : difference;
  }

  /// What varied among the runs.
  public SequencedMap<String, String> varied(Cell cell) {
    SequencedMap<String, String> varied = new LinkedHashMap<>();
    for (Variable variable : landscape.variables()) {
      for (String key : variable.keys()) {
        if (cell.settings().containsKey(key)) {
          varied.put(key, cell.setting(key));
        }
      }
    }
    return varied;
  }
}
