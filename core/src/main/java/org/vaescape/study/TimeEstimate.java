package org.vaescape.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.train.TrainingMonitor;

/// How long trials would take, from a few steps of the smallest and the largest of them.
///
/// A step's time is taken to grow with the memory that a trial needs, since both follow the number
/// of weights and the rows that a step decodes. Outcomes and baselines are left out.
public final class TimeEstimate {
  /// The first warms up.
  private static final int STEPS = 4;

  private TimeEstimate() {}

  /// Seconds of one epoch of every trial, one after the other.
  ///
  /// @param trainingSamples rows of the training part
  static double epochSeconds(List<Trial> trials, TrialTrainer trainer, int trainingSamples) {
    if (trials.isEmpty()) {
      return 0;
    }
    List<Trial> bySize = new ArrayList<>(trials);
    bySize.sort(Comparator.comparingLong(trainer::memoryBytes));
    Trial small = bySize.getFirst();
    Trial large = bySize.getLast();
    double smallest = stepSeconds(small, trainer);
    double largest = stepSeconds(large, trainer);
    long least = trainer.memoryBytes(small);
    long most = trainer.memoryBytes(large);
    double seconds = 0;
    for (Trial trial : trials) {
      double place =
          most == least ? 0 : (double) (trainer.memoryBytes(trial) - least) / (most - least);
      double steps =
          Math.ceil((double) trainingSamples / CellTraining.count(trial.cell(), "batch"));
      seconds += steps * (smallest + place * (largest - smallest));
    }
    return seconds;
  }

  private static double stepSeconds(Trial trial, TrialTrainer trainer) {
    Stopwatch watch = new Stopwatch();
    trainer.train(trial, watch);
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
