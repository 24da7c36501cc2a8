package org.vaescape.analysis.runs;

/// The moment at which a trained network is measured.
public enum StopPoint {
  /// Where the stopping rule ended it, as `trials.csv` has it.
  STOP("stop"),
  /// The epoch of the lowest validation loss until the stop.
  BEST_EPOCH("best epoch"),
  /// At the stop, after BatchNorm's running statistics were computed anew on the training part.
  RECALIBRATED("stop with recalibrated statistics");

  private final String text;

  StopPoint(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
