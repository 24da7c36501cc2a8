package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A dense array of numbers in native memory, with reverse-mode differentiation.
///
/// A thin layer over a libtorch tensor: it holds the operations that models need, under names that
/// say what they do. Memory belongs to the innermost [Scope] of the thread that made it. Methods
/// whose name ends in `InPlace` change the tensor; all others make a new one. Not for concurrent
/// writing; several threads may read one tensor.
///
/// Over 400 lines because it is a flat list of operations, most of one line.
public final class Tensor implements AutoCloseable, Elements<Tensor> {
  /// Reduction code of libtorch's loss functions for "leave the elements apart".
  private static final long NO_REDUCTION = 0;

  final org.bytedeco.pytorch.Tensor raw;

  private Tensor(org.bytedeco.pytorch.Tensor raw) {
    this.raw = raw;
  }

  // ---- making and reading

  /// Copies values into a tensor of this shape.
  public static Tensor of(DType type, float[] values, long... shape) {
    Tensor made = blank(DType.FLOAT32, values.length, shape);
    new FloatPointer(made.raw.data_ptr()).put(values);
    return made.become(type);
  }

  /// Copies values into a tensor of this shape.
  public static Tensor of(DType type, double[] values, long... shape) {
    if (type == DType.FLOAT32) { // without a tensor of twice the size on the way
      float[] rounded = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        rounded[i] = (float) values[i];
      }
      return of(type, rounded, shape);
    }
    Tensor made = blank(DType.FLOAT64, values.length, shape);
    new DoublePointer(made.raw.data_ptr()).put(values);
    return made.become(type);
  }

  /// The same numbers as another type, in place of this tensor, which would else stay until its
  /// scope closes: for first weights, as long as a training run.
  private Tensor become(DType type) {
    if (type == type()) {
      return this;
    }
    try (this) {
      return as(type);
    }
  }

  /// Copies whole numbers into a vector, to choose rows with.
  public static Tensor of(long[] values) {
    Tensor made = blank(DType.INT64, values.length, values.length);
    new LongPointer(made.raw.data_ptr()).put(values);
    return made;
  }

  public static Tensor zeros(DType type, long... shape) {
    Tensor made = blank(type, Arrays.stream(shape).reduce(1, Math::multiplyExact), shape);
    made.zeroInPlace();
    return made;
  }

  /// Zeros of the shape and type, and on the device, of another tensor.
  public static Tensor zerosLike(Tensor other) {
    return new Tensor(torch.zeros_like(other.raw.detach()));
  }

  /// 32-bit floats that are still to be written.
  static Tensor blank(long... shape) {
    return blank(DType.FLOAT32, Arrays.stream(shape).reduce(1, Math::multiplyExact), shape);
  }

  private static Tensor blank(DType type, long count, long... shape) {
    NativeLibrary.load();
    if (count != Arrays.stream(shape).reduce(1, Math::multiplyExact)) {
      throw new IllegalArgumentException(
          "%d values do not fill the shape %s".formatted(count, Arrays.toString(shape)));
    }
    return new Tensor(torch.empty(shape, new TensorOptions(type.raw), new MemoryFormatOptional()));
  }

  public long[] shape() {
    long[] shape = new long[(int) raw.dim()];
    Arrays.setAll(shape, raw::size);
    return shape;
  }

  public long size(int dimension) {
    return raw.size(dimension);
  }

  public DType type() {
    return DType.of(raw.scalar_type());
  }

  /// The value of a tensor with one element.
  public double item() {
    return type() == DType.FLOAT64 ? raw.item_double() : raw.item_float();
  }

  /// A copy of all elements, row by row.
  public float[] floats() {
    float[] values = new float[Math.toIntExact(raw.numel())];
    try (Scope _ = Scope.open()) { // holds the copy until it is read
      new FloatPointer(onHeapSide(DType.FLOAT32).data_ptr()).get(values);
    }
    return values;
  }

  /// A copy of all elements, row by row.
  public double[] doubles() {
    double[] values = new double[Math.toIntExact(raw.numel())];
    try (Scope _ = Scope.open()) {
      new DoublePointer(onHeapSide(DType.FLOAT64).data_ptr()).get(values);
    }
    return values;
  }

  private org.bytedeco.pytorch.Tensor onHeapSide(DType type) {
    return on(Device.CPU).as(type).raw.detach().contiguous();
  }

  /// The same numbers as another type; this tensor itself if it is of that type.
  public Tensor as(DType type) {
    return type == type() ? this : new Tensor(raw.to(type.raw));
  }

  /// The same numbers in the same memory, to be closed apart from this tensor.
  public Tensor alias() {
    return new Tensor(raw.alias());
  }

  /// Where it lives.
  public Device device() {
    return raw.is_cuda() ? Device.CUDA : Device.CPU;
  }

  /// The same numbers on another device; this tensor itself if it is there.
  public Tensor on(Device device) {
    return device() == device ? this : new Tensor(raw.to(device.raw(), raw.scalar_type().intern()));
  }

  // ---- shape

  public Tensor reshape(long... shape) {
    return new Tensor(raw.reshape(shape));
  }

  public Tensor unsqueeze(int dimension) {
    return new Tensor(raw.unsqueeze(dimension));
  }

  /// Rows `from` (included) to `to` (left out), sharing memory with this tensor.
  public Tensor rows(long from, long to) {
    return new Tensor(raw.narrow(0, from, to - from));
  }

  /// A copy of the rows with these indices (a vector of [DType#INT64]), in this order.
  public Tensor rows(Tensor indices) {
    return new Tensor(raw.index_select(0, indices.raw));
  }

  /// Columns `from` (included) to `to` (left out) of a matrix, sharing memory with this tensor.
  public Tensor columns(long from, long to) {
    return new Tensor(raw.narrow(1, from, to - from));
  }

  /// One matrix to the right of another.
  public static Tensor sideBySide(Tensor left, Tensor right) {
    return joined(1, List.of(left, right));
  }

  /// One matrix below another.
  public static Tensor stacked(Tensor upper, Tensor lower) {
    return stacked(List.of(upper, lower));
  }

  /// Matrices one below the other, from the first down.
  public static Tensor stacked(List<Tensor> matrices) {
    return joined(0, matrices);
  }

  private static Tensor joined(int dimension, List<Tensor> tensors) {
    try (TensorVector all =
        new TensorVector(
            tensors.stream().map(t -> t.raw).toArray(org.bytedeco.pytorch.Tensor[]::new))) {
      return new Tensor(torch.cat(all, dimension));
    }
  }

  /// Along the last dimension 1 at the largest element (one of them), else 0, in this tensor's
  /// type.
  public Tensor oneAtLargest() {
    long size = raw.size(-1);
    try (org.bytedeco.pytorch.Tensor places = raw.argmax(new LongOptional(-1), false);
        org.bytedeco.pytorch.Tensor ones = torch.one_hot(places, size)) {
      return new Tensor(ones.to(raw.scalar_type()));
    }
  }

  /// Every column of a matrix in the order that sorts the same column of `keys`.
  public Tensor columnsInOrderOf(Tensor keys) {
    return new Tensor(raw.gather(0, keys.raw.argsort(true, 0, false)));
  }

  /// The transpose of a matrix, sharing memory with this tensor.
  public Tensor transpose() {
    return new Tensor(raw.t());
  }

  /// The diagonal of a matrix, as long as its shorter side, sharing memory with this tensor.
  public Tensor diagonal() {
    return new Tensor(raw.diagonal());
  }

  /// The matrix that has this vector as its diagonal, and zeros elsewhere.
  public Tensor diagonalMatrix() {
    return new Tensor(raw.diag());
  }

  /// The elements in ascending order along a dimension.
  public Tensor sorted(int dimension) {
    T_TensorTensor_T pair = raw.sort(dimension, false);
    return new Tensor(pair.get0());
  }

  // ---- arithmetic, element by element (shapes broadcast)

  public Tensor plus(Tensor other) {
    return new Tensor(raw.add(other.raw));
  }

  public Tensor plus(double value) {
    return new Tensor(raw.add(new Scalar(value)));
  }

  public Tensor minus(Tensor other) {
    return new Tensor(raw.sub(other.raw));
  }

  public Tensor times(Tensor other) {
    return new Tensor(raw.mul(other.raw));
  }

  public Tensor times(double value) {
    return new Tensor(raw.mul(new Scalar(value)));
  }

  public Tensor over(Tensor other) {
    return new Tensor(raw.div(other.raw));
  }

  public Tensor square() {
    return new Tensor(raw.square());
  }

  public Tensor sqrt() {
    return new Tensor(raw.sqrt());
  }

  public Tensor exp() {
    return new Tensor(raw.exp());
  }

  public Tensor log() {
    return new Tensor(raw.log());
  }

  /// log(1 + x).
  public Tensor log1p() {
    return new Tensor(raw.log1p());
  }

  /// log |Gamma(x)|.
  public Tensor logGamma() {
    return new Tensor(raw.lgamma());
  }

  /// The element to a power.
  public Tensor power(double exponent) {
    return new Tensor(raw.pow(new Scalar(exponent)));
  }

  public Tensor abs() {
    return new Tensor(raw.abs());
  }

  /// 1 where an element is 0, else 0, in this tensor's type.
  public Tensor isZero() {
    try (org.bytedeco.pytorch.Tensor zero = raw.eq(new Scalar(0))) {
      return new Tensor(zero.to(raw.scalar_type()));
    }
  }

  /// log(1 + exp(x)), without overflow.
  public Tensor softplus() {
    // Above 50 the result is x to the last bit of 64.
    return new Tensor(torch.softplus(raw, new Scalar(1.0), new Scalar(50.0)));
  }

  public Tensor reciprocal() {
    return new Tensor(raw.reciprocal());
  }

  /// The larger of the element and `min`.
  public Tensor atLeast(double min) {
    return new Tensor(raw.clamp_min(new Scalar(min)));
  }

  /// NaN and infinities become `value`, through which no gradient passes.
  public Tensor nonFiniteAs(double value) {
    DoubleOptional replacement = new DoubleOptional(value);
    return new Tensor(raw.nan_to_num(replacement, replacement, replacement));
  }

  public Tensor relu() {
    return new Tensor(raw.relu());
  }

  /// x above 0, `slope` x below.
  public Tensor leakyRelu(double slope) {
    return new Tensor(torch.leaky_relu(raw, new Scalar(slope)));
  }

  /// x above 0, exp(x) - 1 below.
  public Tensor elu() {
    return new Tensor(torch.elu(raw));
  }

  /// x times [#normalDistribution] of x. Not libtorch's own: that asks oneDNN, which now and then
  /// "could not create a primitive".
  public Tensor gelu() {
    try (Tensor scaled = times(Math.sqrt(0.5));
        Tensor error = new Tensor(scaled.raw.erf());
        Tensor doubled = error.plus(1);
        Tensor probability = doubled.times(0.5)) {
      return times(probability);
    }
  }

  /// x sigmoid(x).
  public Tensor silu() {
    return new Tensor(torch.silu(raw));
  }

  public Tensor tanh() {
    return new Tensor(raw.tanh());
  }

  /// The probability that a standard normal number is below x.
  public Tensor normalDistribution() {
    return new Tensor(torch.special_ndtr(raw));
  }

  /// The logarithm of [#normalDistribution], exact in both tails.
  public Tensor logNormalDistribution() {
    return new Tensor(torch.special_log_ndtr(raw));
  }

  /// 1 where the element is at least `value`, else 0.
  public Tensor isAtLeast(double value) {
    try (org.bytedeco.pytorch.Tensor truth = raw.ge(new Scalar(value))) {
      return new Tensor(truth.to(type().raw));
    }
  }

  public Tensor sigmoid() {
    return new Tensor(raw.sigmoid());
  }

  /// (this - target)^2, in one pass forward and one back.
  public Tensor squaredError(Tensor target) {
    return new Tensor(torch.mse_loss(raw, target.raw.expand_as(raw), NO_REDUCTION));
  }

  // ---- sums

  /// Sum of all elements, a tensor without dimensions.
  public Tensor sum() {
    return new Tensor(raw.sum());
  }

  public Tensor sum(int dimension) {
    return new Tensor(raw.sum(dimension));
  }

  /// Mean of all elements, a tensor without dimensions.
  public Tensor mean() {
    return new Tensor(raw.mean());
  }

  public Tensor mean(int dimension) {
    return new Tensor(raw.mean(dimension));
  }

  /// log of the sum of exponentials along a dimension, without overflow.
  public Tensor logSumExp(int dimension) {
    return new Tensor(raw.logsumexp(dimension));
  }

  public Tensor logSoftmax(int dimension) {
    return new Tensor(raw.log_softmax(dimension));
  }

  public Tensor softmax(int dimension) {
    return new Tensor(raw.softmax(dimension));
  }

  // ---- linear algebra and layers

  public Tensor matmul(Tensor other) {
    return new Tensor(raw.matmul(other.raw));
  }

  /// x W' + b for rows x.
  ///
  /// @param weight (outputs, inputs)
  /// @param bias (outputs)
  /// @param products type of the operands of the product; the result has this tensor's type
  public Tensor linear(Tensor weight, Tensor bias, DType products) {
    if (products == type()) {
      return new Tensor(torch.linear(raw, weight.raw, new TensorOptional(bias.raw)));
    }
    Tensor product = as(products).matmul(weight.as(products).transpose());
    return product.as(type()).plus(bias);
  }

  /// Batch normalisation (Ioffe and Szegedy 2015) over rows.
  ///
  /// @param runningMean changed in place when `training`: (1 - momentum) x old + momentum x batch
  /// @param runningVariance likewise, from the unbiased variance of the batch
  /// @param training true normalises with the statistics of this batch (biased variance), false
  ///   with the running ones
  public Tensor batchNorm(
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVariance,
      boolean training,
      double momentum,
      double epsilon) {
    return new Tensor(
        torch.batch_norm(
            raw,
            new TensorOptional(weight.raw),
            new TensorOptional(bias.raw),
            new TensorOptional(runningMean.raw),
            new TensorOptional(runningVariance.raw),
            training,
            momentum,
            epsilon,
            false));
  }

  /// Layer normalisation (Ba, Kiros and Hinton 2016) over the columns of each row, with the biased
  /// variance.
  ///
  /// @param weight (columns)
  /// @param bias (columns)
  public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
    return new Tensor(
        torch.layer_norm(
            raw,
            weight.shape(),
            new TensorOptional(weight.raw),
            new TensorOptional(bias.raw),
            epsilon,
            false));
  }

  /// Eigenvalues, ascending, and eigenvectors, as columns, of a symmetric matrix.
  public Eigen eigen() {
    T_TensorTensor_T pair = torch.linalg_eigh(raw);
    return new Eigen(new Tensor(pair.get0()), new Tensor(pair.get1()));
  }

  /// Eigenvalues alone, ascending, of a symmetric matrix; a third of the time of [#eigen].
  public Tensor eigenvalues() {
    return new Tensor(torch.linalg_eigvalsh(raw));
  }

  /// Result of [#eigen].
  public record Eigen(Tensor values, Tensor vectors) {}

  /// An orthonormal basis of the columns (the Q of a reduced QR decomposition).
  public Tensor orthonormal() {
    return new Tensor(torch.linalg_qr(raw).get0());
  }

  // ---- gradients

  /// Marks this leaf as a parameter: [#backward] of what is computed from it fills [#gradient].
  public void requireGradient() {
    Object same = raw.requires_grad_(true);
    assert same != null;
  }

  /// Adds d this / d parameter to the gradient of every parameter that this scalar depends on.
  public void backward() {
    raw.backward();
  }

  /// The gradient that [#backward] left, or null if it left none.
  public @Nullable Tensor gradient() {
    org.bytedeco.pytorch.Tensor gradient = raw.grad();
    return gradient.defined() ? new Tensor(gradient) : null;
  }

  /// Forgets the gradient and frees its memory.
  public void clearGradient() {
    raw.mutable_grad().reset();
  }

  /// The same numbers, cut off from what they were computed from.
  public Tensor detach() {
    return new Tensor(raw.detach());
  }

  /// The same numbers, cut off, as what [#gradientBy] can be asked for.
  public Tensor leaf() {
    Tensor leaf = detach();
    leaf.requireGradient();
    return leaf;
  }

  /// Whether operations are recorded now.
  static boolean isRecording() {
    return GradMode.is_enabled();
  }

  /// Whether gradients can be asked of it: not inside [Scope#withoutGradients], nor where it
  /// depends on no parameter and no [#leaf].
  public boolean isRecorded() {
    return raw.requires_grad();
  }

  /// d this / d other of a scalar, in the shape of `other`; 0 where it does not depend on it. What
  /// was recorded stays for [#backward]. Not for weights of a [WideInput] or [WideOutput], which
  /// only [#backward] tells their gradients.
  ///
  /// @param differentiable whether the gradient is recorded in turn, for a loss that it is part of
  public Tensor gradientBy(Tensor other, boolean differentiable) {
    Tensor[] gradient = new Tensor[1];
    WayBack way = differentiable ? WayBack.RECORDED : WayBack.TO_INPUTS;
    way.go(() -> gradient[0] = gradient(other, differentiable));
    return gradient[0];
  }

  private Tensor gradient(Tensor other, boolean differentiable) {
    try (TensorVector outputs = new TensorVector(raw);
        TensorVector inputs = new TensorVector(other.raw);
        TensorVector ofOutputs = new TensorVector();
        BoolOptional keep = new BoolOptional(true);
        TensorVector gradients =
            torch.grad(outputs, inputs, ofOutputs, keep, differentiable, true)) {
      org.bytedeco.pytorch.Tensor gradient = gradients.get(0); // lives as long as the vector
      return gradient.defined()
          ? new Tensor(new org.bytedeco.pytorch.Tensor(gradient))
          : zerosLike(other);
    }
  }

  /// What a computation gives whose operations are recorded, also inside [Scope#withoutGradients].
  public static Tensor recorded(Supplier<Tensor> computation) {
    NativeLibrary.load();
    try (AutoGradMode _ = new AutoGradMode(true)) {
      return computation.get();
    }
  }

  /// Numbers that were computed from a matrix, one for each row, with the way back to it, which can
  /// be gone more than once but not recorded.
  ///
  /// @param results (rows)
  /// @param input (rows, columns), recorded
  /// @param wayBack the gradient of `input`, told from that of `results`
  static Tensor computed(Tensor results, Tensor input, UnaryOperator<Tensor> wayBack) {
    org.bytedeco.pytorch.Tensor seen = input.raw.alias();
    TensorTensorHook hook =
        new TensorTensorHook() {
          @Override
          public TensorBase call(TensorBase gradient) {
            org.bytedeco.pytorch.Tensor whole = new org.bytedeco.pytorch.Tensor(gradient);
            return wayBack.apply(new Tensor(whole.select(1, 0).contiguous())).raw;
          }
        };
    discard(seen.register_hook(hook));
    // What hangs on the matrix is its first column, less the same numbers: its gradient by the
    // matrix is what arrives, in that column, until the hook puts the true one in its place.
    org.bytedeco.pytorch.Tensor column = seen.select(1, 0);
    return new Tensor(results.raw.add(column.sub(column.detach())));
  }

  /// Marks this as something that gradients are asked of, and shows them to `taker` each time that
  /// a way back comes by.
  void requireGradient(Consumer<Tensor> taker) {
    requireGradient();
    discard(
        raw.register_hook(
            new VoidTensorHook() {
              @Override
              public void call(TensorBase gradient) {
                taker.accept(new Tensor(new org.bytedeco.pytorch.Tensor(gradient)));
              }
            }));
  }

  /// Adds to the gradient that [#gradient] gives.
  void addGradient(Tensor more) {
    org.bytedeco.pytorch.Tensor gradient = raw.mutable_grad();
    if (gradient.defined()) {
      discard(gradient.add_(more.raw));
    } else {
      gradient.put(more.raw);
    }
  }

  /// The numbers of a dense tensor of 32-bit floats in this process's memory, row by row; they live
  /// as long as the tensor.
  @SuppressWarnings("restricted") // the size is the tensor's own
  MemorySegment memory() {
    if (type() != DType.FLOAT32 || device() != Device.CPU || !raw.is_contiguous()) {
      throw new IllegalStateException(this + " is not a dense array of floats in memory");
    }
    return MemorySegment.ofAddress(raw.data_ptr().address()).reinterpret(raw.numel() * Float.BYTES);
  }

  /// The same numbers, row by row; this tensor itself if they are.
  Tensor contiguous() {
    return raw.is_contiguous() ? this : new Tensor(raw.contiguous());
  }

  /// A copy of its own memory.
  public Tensor copy() {
    return new Tensor(raw.detach().clone());
  }

  // ---- changes in place, for optimizers and statistics

  @Override
  public Tensor state() {
    return zerosLike(this);
  }

  @Override
  public Tensor scratch() {
    return zerosLike(this);
  }

  public void zeroInPlace() {
    discard(raw.zero_());
  }

  @Override
  public void fillInPlace(double value) {
    discard(raw.fill_(new Scalar(value)));
  }

  @Override
  public void copyInPlace(Tensor other) {
    discard(raw.copy_(other.raw));
  }

  /// Takes the rows with these indices (a vector of [DType#INT64]) of another matrix, in this
  /// order.
  public void takeRowsInPlace(Tensor other, Tensor indices) {
    discard(torch.index_select_out(raw, other.raw, 0, indices.raw));
  }

  @Override
  public void timesInPlace(double value) {
    discard(raw.mul_(new Scalar(value)));
  }

  @Override
  public void plusInPlace(Tensor other, double factor) {
    discard(raw.add_(other.raw, new Scalar(factor)));
  }

  @Override
  public void plusInPlace(double value) {
    discard(raw.add_(new Scalar(value)));
  }

  @Override
  public void timesInPlace(Tensor other) {
    discard(raw.mul_(other.raw));
  }

  @Override
  public void overInPlace(Tensor other) {
    discard(raw.div_(other.raw));
  }

  @Override
  public void sqrtInPlace() {
    discard(raw.sqrt_());
  }

  @Override
  public void absInPlace() {
    discard(raw.abs_());
  }

  @Override
  public void signInPlace() {
    discard(raw.sign_());
  }

  @Override
  public void clampInPlace(double min, double max) {
    discard(raw.clamp_(new ScalarOptional(new Scalar(min)), new ScalarOptional(new Scalar(max))));
  }

  @Override
  public void fillWhereInPlace(Tensor other, double number, double value) {
    try (org.bytedeco.pytorch.Tensor mask = other.raw.eq(new Scalar(number))) {
      discard(raw.masked_fill_(mask, new Scalar(value)));
    }
  }

  @Override
  public void maximumInPlace(Tensor other) {
    try (org.bytedeco.pytorch.Tensor larger = raw.maximum(other.raw)) {
      discard(raw.copy_(larger));
    }
  }

  @Override
  public void lerpInPlace(Tensor other, double weight) {
    discard(raw.lerp_(other.raw, new Scalar(weight)));
  }

  @Override
  public void mixSquareInPlace(Tensor other, double keep) {
    timesInPlace(keep);
    plusProductInPlace(other, other, 1 - keep);
  }

  @Override
  public void rootInPlace(Tensor other, double factor, double value) {
    copyInPlace(other);
    sqrtInPlace();
    if (factor != 1) {
      timesInPlace(factor);
    }
    plusInPlace(value);
  }

  @Override
  public void plusProductInPlace(Tensor a, Tensor b, double factor) {
    discard(raw.addcmul_(a.raw, b.raw, new Scalar(factor)));
  }

  @Override
  public void plusQuotientInPlace(Tensor a, Tensor b, double factor) {
    discard(raw.addcdiv_(a.raw, b.raw, new Scalar(factor)));
  }

  /// Euclidean norm of all elements.
  public double norm() {
    try (Tensor norm = new Tensor(raw.norm())) {
      return norm.item();
    }
  }

  /// Largest absolute value; NaN if an element is NaN.
  public double largest() {
    try (Tensor sizes = new Tensor(raw.abs());
        Tensor largest = new Tensor(sizes.raw.max())) {
      return largest.item();
    }
  }

  /// Frees the memory now instead of at the end of the scope.
  @Override
  public void close() {
    raw.close();
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape()) + " " + type();
  }

  private static void discard(int hook) {
    assert hook >= 0;
  }

  /// In-place operations of libtorch return the tensor that they changed.
  private static void discard(org.bytedeco.pytorch.Tensor same) {
    assert same != null;
  }
}
