package org.vaescape.engine;

import org.jspecify.annotations.Nullable;

/// Memory for the gradient of a wide layer's weights, the same at each step: what is made anew is
/// megabytes that the system has to find and to clear.
///
/// For one thread; its memory is freed with the scope that is open when it is made.
final class GradientRoom {
  private final Tensor weight;
  private @Nullable Tensor room;
  private boolean lent;

  GradientRoom(Tensor weight) {
    this.weight = weight;
    Scope.atClose(this::free);
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
    Tensor taken = room;
    if (taken == null) {
      try (Scope scope = Scope.open()) {
        taken = scope.release(Tensor.blank(weight.shape()));
      }
      room = taken;
    }
    return taken;
  }

  /// Frees the memory until a gradient is asked for again; none may be in use.
  void free() {
    if (room != null) {
      room.close();
      room = null;
    }
  }
}
