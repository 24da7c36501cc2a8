package org.vaescape.engine;

/// The way back that a thread is on, as far as layers must know whose gradients libtorch does not
/// compute.
enum WayBack {
  /// To every parameter, by [Tensor#backward].
  TO_PARAMETERS,

  /// To where gradients are asked for, by [Tensor#gradientBy]; parameters take none.
  TO_INPUTS,

  /// The same, and the way is to be gone back in turn.
  RECORDED;

  private static final ThreadLocal<WayBack> OF_THREAD =
      ThreadLocal.withInitial(() -> TO_PARAMETERS);

  static WayBack ofThread() {
    return OF_THREAD.get();
  }

  /// Goes this way.
  void go(Runnable backward) {
    OF_THREAD.set(this);
    try {
      backward.run();
    } finally {
      OF_THREAD.set(TO_PARAMETERS);
    }
  }
}
