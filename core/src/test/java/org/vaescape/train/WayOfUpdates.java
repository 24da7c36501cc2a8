package org.vaescape.train;

import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;

/// The ways in which an optimizer can be at work.
enum WayOfUpdates {
  EXACT(DType.FLOAT64, false),
  PLAIN(DType.FLOAT32, false),
  IN_ONE_PASS(DType.FLOAT32, true);

  final DType type;
  final boolean inOnePass;

  WayOfUpdates(DType type, boolean inOnePass) {
    this.type = type;
    this.inOnePass = inOnePass;
  }

  Optimizer.Update<Tensor> start(Optimizer optimizer, Tensor parameter) {
    return optimizer.start(parameter, inOnePass);
  }
}
