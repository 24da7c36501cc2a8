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

/// How long trials would take, from a few seconds of the smallest and the largest of them.
///
/// A step's time is taken to grow with the memory that a trial needs, since both follow the number
/// of weights and the rows that a step decodes. Outcomes and baselines are left out.
///
/// @param epochSeconds one epoch of all trials of a cell, one after the other
public record TimeEstimate(Map<Cell, Double> epochSeconds) {
  /// The least that a cell is looked at, however long a step takes: the first warms up.
  private static final int STEPS = 4;

  /// And in nanoseconds: until loops are compiled, steps of a small network take ten times as long.
  private static final long LONG_ENOUGH = 2_500_000_000L;

  /// And in epochs, as long as that does not take several times as long: the first is cold.
  private static final int EPOCHS = 3;

  private static final int TIMES = 4;

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
    double largest = cells.size() == 1 ? smallest : stepSeconds(large, trainer);
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
    return watch.ofStep();
  }

  /// Stops a run after a while, and knows how long a step takes once it is warm.
  private static final class Stopwatch implements TrainingMonitor {
    private final long started = System.nanoTime();
    private long last;
    private long firstOfEpoch;
    private int steps;
    private int stepsOfEpoch;
    private int epochs;
    private double shortest = Double.POSITIVE_INFINITY;
    private double shortestOfEpoch = Double.POSITIVE_INFINITY;

    @Override
    public void epoch(int number, SequencedMap<String, Double> terms) {
      double step = (System.nanoTime() - firstOfEpoch) / 1e9 / stepsOfEpoch;
      shortestOfEpoch = Math.min(shortestOfEpoch, step);
      stepsOfEpoch = 0;
      epochs++;
    }

    @Override
    public boolean cancelled() {
      long now = System.nanoTime();
      if (stepsOfEpoch == 0) {
        firstOfEpoch = now;
      } else {
        shortest = Math.min(shortest, (now - last) / 1e9);
      }
      last = now;
      steps++;
      stepsOfEpoch++;
      long looked = now - started;
      return steps > STEPS
          && looked > LONG_ENOUGH
          && (epochs >= EPOCHS || looked > TIMES * LONG_ENOUGH);
    }

    /// In seconds, with the step's part of validation where an epoch came to its end; of a run that
    /// broke off at once, none.
    double ofStep() {
      double seconds = Double.isFinite(shortestOfEpoch) ? shortestOfEpoch : shortest;
      return Double.isFinite(seconds) ? seconds : 0;
    }
  }
}
