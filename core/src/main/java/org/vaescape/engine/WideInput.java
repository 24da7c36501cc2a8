package org.vaescape.engine;

import org.vaescape.engine.Products.Matrix;

/// The product of rows with the weights of a layer with many inputs, and the gradient of the
/// weights, by the products that [WideOutput] uses. Rows get no gradient.
///
/// For one thread; its memory belongs to the scope that is open when it is made.
public final class WideInput {
  private final Tensor weight;
  private final Products products;

  /// @param weight (outputs, inputs)
  /// @param inBfloat16 whether operands are rounded
  public WideInput(Tensor weight, boolean inBfloat16) {
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
    Tensor product = Tensor.zeros(DType.FLOAT32, rows.size(0), weight.size(0));
    products.multiply(Matrix.of(rows), Matrix.of(weight).transposed(), Matrix.of(product), false);
    if (Tensor.isRecording()) {
      product.requireGradient(gradient -> addGradient(rows, gradient));
    }
    return product;
  }

  private void addGradient(Tensor x, Tensor gradient) {
    Tensor ofWeight = Tensor.zeros(DType.FLOAT32, weight.shape());
    // A product whose left matrix lies in memory as it is read is faster than one that does not.
    Tensor turned = gradient.transpose().contiguous();
    products.multiply(Matrix.of(turned), Matrix.of(x), Matrix.of(ofWeight), false);
    weight.addGradient(ofWeight);
  }
}
