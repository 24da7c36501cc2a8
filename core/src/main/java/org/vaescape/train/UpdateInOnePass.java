package org.vaescape.train;

import org.vaescape.engine.ElementBlocks;
import org.vaescape.engine.Tensor;

/// An optimizer at work on a parameter block by block: each number of it, of its gradient and of
/// what is remembered comes from memory once a step. What it computes are the same operations on
/// each number as on whole tensors.
final class UpdateInOnePass implements Optimizer.Update<Tensor> {
  private final ElementBlocks blocks;
  private final ElementBlocks.Part gradient;
  private final Optimizer.Update<ElementBlocks.Part> update;

  /// @param parameter dense, of 32-bit floats in this process's memory
  UpdateInOnePass(Optimizer optimizer, Tensor parameter) {
    blocks = new ElementBlocks(parameter);
    gradient = blocks.input();
    update = optimizer.start(blocks.parameter());
  }

  @Override
  public void apply(Tensor gradient, Pace pace) {
    apply(gradient, 1, pace);
  }

  @Override
  public void apply(Tensor gradient, double factor, Pace pace) {
    this.gradient.show(gradient);
    update.apply(this.gradient, factor, pace);
    blocks.run();
  }

  @Override
  public void showResult() {
    update.showResult();
    blocks.run();
  }

  @Override
  public void goOn() {
    update.goOn();
    blocks.run();
  }
}
