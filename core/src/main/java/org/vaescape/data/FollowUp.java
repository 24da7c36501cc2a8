package org.vaescape.data;

/// How long a sample's patient was watched, and whether the end was an event or the end of watching
/// (censored).
///
/// @param time above or equal to 0, in whatever unit the file has; NaN where nothing is known
public record FollowUp(double time, boolean event) {
  /// Nothing is known.
  public static final FollowUp UNKNOWN = new FollowUp(Double.NaN, false);

  public FollowUp {
    if (time < 0 || Double.isInfinite(time)) {
      throw new IllegalArgumentException("time must be finite and at least 0 but was " + time);
    }
  }

  public boolean isKnown() {
    return !Double.isNaN(time);
  }
}
