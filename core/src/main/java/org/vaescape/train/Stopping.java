package org.vaescape.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vaescape.train.ValidationLosses.Curve;

/// When a training run stops, of which epoch its outcomes are, and how far it goes on after that.
///
/// @param maxEpochs epochs at most until the stop, at least 1
/// @param horizon epochs at least, counted from the first; training goes on to there after the stop
///   has been recorded. 0 for ending at the stop
public record Stopping(StopRule rule, int maxEpochs, Restore restore, int horizon) {
  public Stopping {
    if (maxEpochs < 1) {
      throw new IllegalArgumentException("max-epochs must be at least 1 but was " + maxEpochs);
    }
    if (horizon < 0) {
      throw new IllegalArgumentException("horizon must be at least 0 but was " + horizon);
    }
  }

  /// The last epoch's outcomes, and no training after the stop.
  public static Stopping by(StopRule rule, int maxEpochs) {
    return new Stopping(rule, maxEpochs, Restore.LAST, 0);
  }

  /// So many epochs, whatever the losses.
  public static Stopping after(int epochs) {
    return by(new NoStop(), epochs);
  }

  /// What the best epoch is lowest in; empty where nobody asks for the best epoch.
  Optional<Curve> best() {
    return switch (restore) {
      case LAST -> horizon > 0 ? Optional.of(Curve.RECONSTRUCTION) : Optional.empty();
      case BEST -> Optional.of(Curve.RECONSTRUCTION);
      case BEST_LOSS -> Optional.of(Curve.LOSS);
    };
  }

  /// The epoch, from 1, whose weights a run hands over that stops after these.
  ///
  /// @param epochs at least one
  public int handsOver(List<ValidationLosses> epochs) {
    if (restore == Restore.LAST) {
      return epochs.size();
    }
    Curve curve = best().orElseThrow();
    int lowest = 0;
    for (int epoch = 1; epoch < epochs.size(); epoch++) {
      if (epochs.get(epoch).isBelow(epochs.get(lowest), curve)) {
        lowest = epoch;
      }
    }
    return lowest + 1;
  }

  /// Whose weights the outcomes are of.
  public enum Restore {
    /// Of the epoch at which training stopped.
    LAST,
    /// Of the epoch until then with the lowest validation reconstruction; the first of equal ones.
    BEST,
    /// Of the epoch until then with the lowest validation loss; the first of equal ones.
    BEST_LOSS;

    /// As the study file writes it: `best-loss`.
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one that is written so.
    public static Restore of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
