package org.vaescape.train;

import java.util.SequencedMap;

/// Who watches a training run, on the thread that runs it.
public interface TrainingMonitor {
  /// Watches nothing and never cancels.
  TrainingMonitor NONE =
      new TrainingMonitor() {
        @Override
        public void epoch(int number, SequencedMap<String, Double> terms) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /// An epoch has ended.
  ///
  /// @param number from 1
  /// @param terms its row of the curve
  void epoch(int number, SequencedMap<String, Double> terms);

  /// Asked before every batch; after true the run ends as [Ending.Interrupted].
  boolean cancelled();
}
