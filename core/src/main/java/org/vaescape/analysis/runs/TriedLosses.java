package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vaescape.analysis.ExpectedBest;
import org.vaescape.analysis.LossGrid;

/// Losses of those settings of a grid that were tried in every repeat.
///
/// A setting that was not tried is not taken for a failure, nor one for which the outcome has no
/// meaning: its runs learned and have none. Settings are numbered in the order of the grid.
public final class TriedLosses {
  private final Losses losses;
  private final @Nullable Run[] runs;
  private final int[] cells;
  private final List<Fold> folds;

  private TriedLosses(Losses losses, @Nullable Run[] runs, int[] cells) {
    this.losses = losses;
    this.runs = runs;
    this.cells = cells;
    this.folds = Fold.leaveOneOut(losses.repeats());
  }

  /// Empty where no setting was tried in every repeat, or none learned in all of them.
  public static Optional<TriedLosses> of(Losses losses) {
    int repeats = losses.repeats();
    @Nullable Run[] runs = new Run[losses.cells() * repeats];
    losses.landscape().forEachPlace((run, place) -> runs[place] = run);
    List<Integer> cells = new ArrayList<>();
    for (int cell = 0; cell < losses.cells(); cell++) {
      boolean counts = true;
      for (int r = 0; r < repeats; r++) {
        Run run = runs[cell * repeats + r];
        counts &=
            run != null && (run.fate() != Fate.LEARNED || !Double.isNaN(losses.loss(cell, r)));
      }
      if (counts) {
        cells.add(cell);
      }
    }
    TriedLosses tried =
        new TriedLosses(losses, runs, cells.stream().mapToInt(Integer::intValue).toArray());
    return IntStream.range(0, tried.size()).anyMatch(tried::learned)
        ? Optional.of(tried)
        : Optional.empty();
  }

  public Losses losses() {
    return losses;
  }

  public int size() {
    return cells.length;
  }

  /// Settings that were tried and are not counted.
  public int leftOut() {
    return losses.landscape().cells() - cells.length;
  }

  public int repeats() {
    return losses.repeats();
  }

  /// Each repeat judges once.
  public List<Fold> folds() {
    return folds;
  }

  /// Place in the grid.
  public int cell(int setting) {
    return cells[setting];
  }

  /// The setting at a place of the grid, -1 if it is not counted.
  public int setting(int cell) {
    return Math.max(Arrays.binarySearch(cells, cell), -1);
  }

  public double loss(int setting, int repeat) {
    return losses.loss(cells[setting], repeat);
  }

  /// Whether it learned in every repeat.
  public boolean learned(int setting) {
    return IntStream.range(0, repeats()).noneMatch(r -> Double.isNaN(loss(setting, r)));
  }

  public int[] learned(int[] settings) {
    return Arrays.stream(settings).filter(this::learned).toArray();
  }

  public int[] all() {
    return IntStream.range(0, size()).toArray();
  }

  /// Settings at a level of a variable.
  public int[] at(Variable variable, int level) {
    return Arrays.stream(all()).filter(setting -> level(setting, variable) == level).toArray();
  }

  public int level(int setting, Variable variable) {
    List<Variable> variables = losses.variables();
    int rest = cells[setting];
    for (Variable later : variables.subList(variables.indexOf(variable) + 1, variables.size())) {
      rest /= later.levels().size();
    }
    return rest % variable.levels().size();
  }

  /// `optimizer: adam, learning-rate: 0.001`, by the names of the variables.
  public SequencedMap<String, String> settings(int setting) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    for (Variable variable : losses.variables()) {
      settings.put(variable.name(), variable.levels().get(level(setting, variable)));
    }
    return settings;
  }

  /// Runs of the setting that learned.
  public List<Run> learnedRuns(int setting) {
    List<Run> own = new ArrayList<>();
    for (int r = 0; r < repeats(); r++) {
      Run run = runs[cells[setting] * repeats() + r];
      if (run != null && run.fate() == Fate.LEARNED) {
        own.add(run);
      }
    }
    return own;
  }

  /// Highest loss of a run of a repeat that learned, of any setting. There is one, as some settings
  /// learned in all repeats.
  public double worst(int repeat) {
    return IntStream.range(0, size())
        .mapToDouble(setting -> loss(setting, repeat))
        .filter(loss -> !Double.isNaN(loss))
        .max()
        .orElseThrow();
  }

  /// Losses by setting and repeat.
  ///
  /// @param failed by repeat, of a run that failed
  public double[][] filled(double[] failed) {
    double[][] filled = new double[size()][repeats()];
    for (int setting = 0; setting < size(); setting++) {
      for (int r = 0; r < repeats(); r++) {
        double loss = loss(setting, r);
        filled[setting][r] = Double.isNaN(loss) ? failed[r] : loss;
      }
    }
    return filled;
  }

  /// Mean of a setting over places of repeats, `NaN` where one of them did not learn.
  public double mean(int setting, int... places) {
    double sum = 0;
    for (int place : places) {
      sum += loss(setting, place);
    }
    return sum / places.length;
  }

  /// Mean over all repeats.
  public double mean(int setting) {
    return mean(setting, IntStream.range(0, repeats()).toArray());
  }

  /// Means of all settings on a scale over places of repeats, as a grid; a failed setting and one
  /// that is not counted have none. There is one, as some settings learned in all repeats.
  public LossGrid grid(Scale scale, int... places) {
    double[] means = new double[losses.cells()];
    Arrays.fill(means, Double.NaN);
    for (int setting = 0; setting < size(); setting++) {
      double sum = 0;
      for (int place : places) {
        double loss = loss(setting, place);
        sum += scale == Scale.LOG ? Math.log(loss) : loss;
      }
      means[cells[setting]] = sum / places.length;
    }
    return new LossGrid(losses.factors(), means);
  }

  /// What the best of some settings loses in each repeat, chosen on the others among those that
  /// learned in all.
  ///
  /// @return empty where no setting did
  public double[] judgedBest(int[] settings) {
    int[] learned = learned(settings);
    if (learned.length == 0) {
      return new double[0];
    }
    return folds.stream()
        .mapToDouble(fold ->
            ExpectedBest.chosen(
                    means(learned, fold.choosing()),
                    means(learned, fold.judging()),
                    Double.POSITIVE_INFINITY,
                    1)
                .best())
        .toArray();
  }

  private double[] means(int[] settings, int[] places) {
    return Arrays.stream(settings).mapToDouble(setting -> mean(setting, places)).toArray();
  }

  /// Of the settings that learned in all repeats the one of the lowest mean, -1 if there is none.
  public int lowest(int[] settings) {
    int lowest = -1;
    for (int setting : learned(settings)) {
      lowest = lowest < 0 || mean(setting) < mean(lowest) ? setting : lowest;
    }
    return lowest;
  }
}
