package org.vaescape.train;

import java.util.List;

/// When a trial has converged.
public sealed interface StopRule {

  /// Whether to stop after the last of these epochs.
  ///
  /// @param reconstructions the reconstruction term on the validation part, one an epoch so far
  boolean stops(List<Double> reconstructions);

  /// The rule's name in the study file.
  String name();

  /// Trains all epochs.
  record None() implements StopRule {
    @Override
    public boolean stops(List<Double> reconstructions) {
      return false;
    }

    @Override
    public String name() {
      return "none";
    }
  }

  /// The study's rule: stops at the first epoch >= `minEpochs` at which the validation
  /// reconstruction went down, by no more than `tolerance` of what it was.
  ///
  /// @param tolerance above 0
  /// @param minEpochs at least 1; running statistics of BatchNorm make the first epochs misleading
  record RelativeChange(double tolerance, int minEpochs) implements StopRule {
    public RelativeChange {
      if (!(tolerance > 0) || minEpochs < 1) {
        throw new IllegalArgumentException(
            "tolerance must be above 0 and min-epochs at least 1 but were %s and %d"
                .formatted(tolerance, minEpochs));
      }
    }

    @Override
    public boolean stops(List<Double> reconstructions) {
      int epochs = reconstructions.size();
      if (epochs < minEpochs || epochs < 2) {
        return false;
      }
      double previous = reconstructions.get(epochs - 2);
      double change = (previous - reconstructions.getLast()) / previous;
      return change > 0 && change <= tolerance;
    }

    @Override
    public String name() {
      return "relative-change";
    }
  }
}
