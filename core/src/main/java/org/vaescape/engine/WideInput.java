package org.vaescape.engine;

import org.vaescape.engine.Products.Matrix;

/// The product of rows with the weights of a layer with many inputs, and the gradient of the
/// weights, by the products that [WideOutput] uses. Rows get no gradient.
///
/// For one thread; its memory belongs to the scope that is open when it is made.
public final class WideInput {
  private final ColumnBlocks blocks;
  private final Tensor weight;
  private final Products products;

  /// @param rows where rows are copied to
  /// @param weight (outputs, inputs)
  /// @param inBfloat16 whether operands are rounded
  public WideInput(WideRows rows, Tensor weight, boolean inBfloat16) {
    this.blocks = rows.blocks;
    this.weight = weight;
    this.products = new Products(inBfloat16);
    Scope.atClose(products::close);
  }

  /// x W'.
  ///
  /// @param x (rows, inputs), which is not recorded
  /// @return (rows, outputs)
  public Tensor multiply(Tensor x) {
    Tensor rows = x.contiguous();
    Tensor product = Tensor.blank(rows.size(0), weight.size(0));
    blocks.hold(rows);
    for (int block = 0; block < blocks.count(); block++) {
      products.multiply(
          blocks.block(block), part(weight, block).transposed(), Matrix.of(product), block > 0);
    }
    if (Tensor.isRecording()) {
      product.requireGradient(gradient -> addGradient(rows, gradient));
    }
    return product;
  }

  private void addGradient(Tensor x, Tensor gradient) {
    Tensor ofWeight = Tensor.blank(weight.shape());
    // A product whose left matrix lies in memory as it is read is faster than one that does not.
    Matrix turned = Matrix.of(gradient.transpose().contiguous());
    blocks.hold(x);
    for (int block = 0; block < blocks.count(); block++) {
      products.multiply(turned, blocks.block(block), part(ofWeight, block), false);
    }
    weight.addGradient(ofWeight);
  }

  /// The columns of a block. (outputs, inputs of the block)
  private Matrix part(Tensor weights, int block) {
    long start = (long) block * ColumnBlocks.WIDTH * Float.BYTES;
    long inputs = weights.size(1);
    return Matrix.rows(
        weights.memory().asSlice(start), weights.size(0), blocks.columns(block), inputs);
  }
}
