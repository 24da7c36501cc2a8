package org.vaescape.train;

import java.util.Locale;

/// What stopping rules see of an epoch, both on the validation part.
///
/// @param loss the whole loss; not finite where its KL overflows
/// @param reconstruction its reconstruction term
public record ValidationLosses(double loss, double reconstruction) {

  double of(Curve curve) {
    return switch (curve) {
      case LOSS -> loss;
      case RECONSTRUCTION -> reconstruction;
    };
  }

  /// Whether the curve is lower here than at another epoch; what is not a number is the highest.
  boolean isBelow(ValidationLosses other, Curve curve) {
    return Double.compare(of(curve), other.of(curve)) < 0;
  }

  /// Which of the two is looked at.
  public enum Curve {
    LOSS,
    RECONSTRUCTION;

    /// As the study file writes it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Curve of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
