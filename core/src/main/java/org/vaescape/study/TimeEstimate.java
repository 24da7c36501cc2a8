package org.vaescape.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import org.vaescape.search.Cell;
import org.vaescape.train.TrainingMonitor;

/// How long trials would take, from a few steps of the smallest and the largest of them.
///
/// A step's time is taken to grow with the memory that a trial needs, since both follow the number
/// of weights and the rows that a step decodes. Outcomes and baselines are left out.
///
/// @param epochSeconds one epoch of all trials of a cell, one after the other
public record TimeEstimate(Map<Cell, Double> epochSeconds) {
  /// The first warms up.
  private static final int STEPS = 4;

  public TimeEstimate {
    epochSeconds = Map.copyOf(epochSeconds);
  }

  /// Looks at each cell in the first repeat, whatever repeats its trials are of: the data of
  /// another would have to be made.
  ///
  /// @param trainingSamples rows of the training part
  static TimeEstimate of(List<Trial> trials, TrialTrainer trainer, int trainingSamples) {
    SequencedMap<Cell, Integer> counts = new LinkedHashMap<>();
    trials.forEach(trial -> counts.merge(trial.cell(), 1, Integer::sum));
    List<Sized> cells = new ArrayList<>();
    counts.forEach((cell, count) ->
        cells.add(new Sized(cell, count, trainer.memoryBytes(inFirstRepeat(cell)))));
    Map<Cell, Double> seconds = new LinkedHashMap<>();
    if (cells.isEmpty()) {
      return new TimeEstimate(seconds);
    }
    cells.sort(Comparator.comparingLong(Sized::bytes));
    Sized small = cells.getFirst();
    Sized large = cells.getLast();
    double smallest = stepSeconds(small, trainer);
    double largest = stepSeconds(large, trainer);
    for (Sized cell : cells) {
      double place =
          large.bytes == small.bytes
              ? 0
              : (double) (cell.bytes - small.bytes) / (large.bytes - small.bytes);
      double steps = Math.ceil((double) trainingSamples / CellTraining.count(cell.cell, "batch"));
      seconds.put(cell.cell, cell.trials * steps * (smallest + place * (largest - smallest)));
    }
    return new TimeEstimate(seconds);
  }

  /// Seconds of all trials, one after the other.
  ///
  /// @param epochs that a trial of this cell takes
  public double seconds(ToLongFunction<Cell> epochs) {
    return epochSeconds.entrySet().stream()
        .mapToDouble(cell -> epochs.applyAsLong(cell.getKey()) * cell.getValue())
        .sum();
  }

  /// The most epochs that a trial of this cell can take, on the way to a horizon too.
  public static long mostEpochs(Cell cell) {
    return Math.max(CellTraining.count(cell, "max-epochs"), CellTraining.count(cell, "horizon"));
  }

  /// Those that it takes if its rule stops it after so many, which `none` never does.
  public static long epochsUntil(long stop, Cell cell) {
    boolean stops = !CellSettings.word(cell, "stop.rule").equals("none");
    return stops
        ? Math.max(
            Math.min(stop, CellTraining.count(cell, "max-epochs")),
            CellTraining.count(cell, "horizon"))
        : mostEpochs(cell);
  }

  private static Trial inFirstRepeat(Cell cell) {
    return new Trial("", cell, 0);
  }

  /// @param trials of this cell
  /// @param bytes of memory that each needs
  private record Sized(Cell cell, int trials, long bytes) {}

  private static double stepSeconds(Sized cell, TrialTrainer trainer) {
    Stopwatch watch = new Stopwatch();
    trainer.train(inFirstRepeat(cell.cell), watch);
    return watch.shortest();
  }

  /// Stops a run after a few steps, and knows the time between them.
  private static final class Stopwatch implements TrainingMonitor {
    private final List<Long> times = new ArrayList<>();

    @Override
    public void epoch(int number, SequencedMap<String, Double> terms) {}

    @Override
    public boolean cancelled() {
      times.add(System.nanoTime());
      return times.size() > STEPS;
    }

    /// Of a run that broke off at once, the time is none.
    double shortest() {
      double shortest = Double.POSITIVE_INFINITY;
      for (int i = 1; i < times.size(); i++) {
        shortest = Math.min(shortest, (times.get(i) - times.get(i - 1)) / 1e9);
      }
      return Double.isFinite(shortest) ? shortest : 0;
    }
  }
}
