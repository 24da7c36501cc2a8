package org.vaescape.engine;

import java.util.List;
import org.vaescape.engine.Products.Matrix;

/// The product of rows with the weights of a layer with many inputs, and the gradient of the
/// weights, by the products that [WideOutput] uses. Rows get no gradient.
///
/// For one thread; its memory belongs to the scope that is open when it is made.
public final class WideInput {
  /// Inputs that are multiplied at a time: with fewer the product of all rows goes through the
  /// cache too often, with more a part of the rows does not stay in it.
  private static final int PART = 512;

  private final Tensor weight;
  private final GradientRoom gradients;
  private final Products products = new Products();

  // Of the rows at hand, of the weights, and of the gradient of what they give.
  private final Rounding x;
  private final Rounding weights;
  private final Rounding results;

  /// How often rows were taken to the form of products.
  private long taken;

  /// @param weight (outputs, inputs)
  /// @param inBfloat16 whether operands are rounded
  public WideInput(Tensor weight, boolean inBfloat16) {
    this(weight, Rounding.Form.of(inBfloat16));
  }

  WideInput(Tensor weight, Rounding.Form operands) {
    this.weight = weight;
    this.gradients = new GradientRoom(weight);
    x = new Rounding(operands);
    weights = new Rounding(operands);
    results = new Rounding(operands);
    Scope.atClose(this::free);
  }

  private void free() {
    products.close();
    x.close();
    weights.close();
    results.close();
  }

  /// How many numbers the layer keeps outside of tensors for one number of rows: copies of the
  /// weights in oneDNN's order, for products that begin a sum and for those that add to it.
  ///
  /// @param outputs of the layer
  public static long productNumbers(long outputs) {
    return 2 * PART * outputs;
  }

  /// How many its rounded operands take, whatever the numbers of rows; 0 where none are rounded.
  ///
  /// @param rows at most
  /// @param inputs of the layer
  /// @param outputs of the layer
  public static long roundedNumbers(long rows, long inputs, long outputs, boolean inBfloat16) {
    return Rounding.room(inputs * (rows + outputs) + rows * outputs, inBfloat16);
  }

  /// x W'.
  ///
  /// @param x (rows, inputs), which is not recorded
  /// @return (rows, outputs)
  public Tensor multiply(Tensor x) {
    Tensor rows = x.contiguous();
    List<Matrix> parts = parts(rows);
    List<Matrix> ofWeights = weights.parts(Matrix.of(weight), PART);
    Tensor product = Tensor.blank(rows.size(0), weight.size(0));
    for (int i = 0; i < parts.size(); i++) {
      products.multiply(parts.get(i), ofWeights.get(i).transposed(), Matrix.of(product), i > 0);
    }
    if (Tensor.isRecording()) {
      long now = taken;
      // Most often nothing else came through since, and the parts are still there.
      product.requireGradient(
          gradient -> addGradient(now == taken ? parts : parts(rows), gradient));
    }
    return product;
  }

  private List<Matrix> parts(Tensor rows) {
    taken++;
    return x.parts(Matrix.of(rows), PART);
  }

  /// Frees what is kept from step to step for gradients, until the next step; they must be cleared.
  public void freeGradients() {
    gradients.free();
  }

  private void addGradient(List<Matrix> x, Tensor gradient) {
    Tensor ofWeight = gradients.take();
    // A product whose left matrix lies in memory as it is read is faster than one that does not.
    Matrix turned = results.of(Matrix.of(gradient.transpose().contiguous()));
    for (int i = 0; i < x.size(); i++) {
      Matrix part = Matrix.of(ofWeight).columns((long) i * PART, x.get(i).layout().columns());
      products.multiply(turned, x.get(i), part, false);
    }
    weight.addGradient(ofWeight);
  }
}
