package org.vaescape.study;

import java.util.Arrays;
import java.util.Locale;

/// How a trial ended. Every ending is a result; none stops the study.
public enum Status {
  /// The stopping rule was met.
  CONVERGED,
  /// The rule was not met within `train.max-epochs`.
  MAX_EPOCHS,
  /// Loss, gradient or weights became non-finite.
  DIVERGED,
  /// The trial's estimated memory exceeds what the study may use; it was not started.
  OUT_OF_MEMORY,
  /// `train.time-limit` was reached.
  TIMED_OUT,
  /// A search ended it early.
  PRUNED,
  /// Anything else; the message says what.
  FAILED;

  /// As files and figures write it: `max-epochs`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The status that is written so.
  ///
  /// @throws IllegalArgumentException if no status is written so
  public static Status of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no status: " + text));
  }
}
