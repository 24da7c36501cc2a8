package org.vaescape.train;

import java.time.Duration;

/// How a training run ended. Every ending is an answer, none is an exception.
public sealed interface Ending {

  /// One sentence where there is something to say, else empty.
  String message();

  /// The stopping rule was met.
  record Converged() implements Ending {
    @Override
    public String message() {
      return "";
    }
  }

  /// The rule was not met within the epochs allowed, or there was none.
  record MaxEpochs() implements Ending {
    @Override
    public String message() {
      return "";
    }
  }

  /// A number that must be finite was not.
  ///
  /// @param what `loss`, `gradient` (or one of the opponent), or `validation reconstruction`
  /// @param epoch from 1
  /// @param batch from 1
  /// @param lastFiniteLoss of the batch before; NaN if there was none
  record Diverged(String what, int epoch, int batch, double lastFiniteLoss) implements Ending {
    @Override
    public String message() {
      return "%s became non-finite in epoch %d, batch %d; last finite loss %s"
          .formatted(
              what,
              epoch,
              batch,
              Double.isNaN(lastFiniteLoss)
                  ? "none"
                  : org.vaescape.search.Cell.text(lastFiniteLoss));
    }
  }

  /// The trial's time was up; the epochs before count.
  record TimedOut(Duration limit) implements Ending {
    @Override
    public String message() {
      return "stopped after %d s, the limit of a trial".formatted(limit.toSeconds());
    }
  }

  /// Somebody asked the study to stop; there is no result.
  record Interrupted() implements Ending {
    @Override
    public String message() {
      return "interrupted";
    }
  }
}
