package org.vaescape.engine;

/// Memory for the gradient of a wide layer's weights, the same at each step: what is made anew is
/// megabytes that the system has to find and to clear.
///
/// For one thread; its memory belongs to the scope that is open when it is made.
final class GradientRoom {
  private final Tensor weight;
  private final Tensor room;
  private boolean lent;

  GradientRoom(Tensor weight) {
    this.weight = weight;
    this.room = Tensor.blank(weight.shape());
  }

  /// A tensor of the weights' shape to write a gradient to, for [Tensor#addGradient]; other than
  /// those that were given out since the innermost open scope was opened, and other than the
  /// gradient that the weights have.
  Tensor take() {
    if (lent || weight.gradient() != null) {
      return Tensor.blank(weight.shape());
    }
    lent = true;
    Scope.atClose(() -> lent = false);
    return room;
  }
}
