package org.vaescape;

import java.util.SplittableRandom;
import org.vaescape.engine.DType;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.Tensor;

/// What benchmarks of kernels share: the study's sizes, and numbers to compute with.
public final class Kernels {
  public static final int BATCH = 1000;
  public static final int GENES = 5000;
  public static final int HIDDEN = 256;

  private Kernels() {}

  /// Lets operations of this thread use one core, as a trial does.
  public static void onOneCore() {
    NativeLibrary.useThreads(1);
  }

  /// Numbers in [-1, 1), the same for the same count.
  public static float[] numbers(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  /// Those in a tensor of the innermost open scope.
  public static Tensor matrix(int rows, int columns) {
    return Tensor.of(DType.FLOAT32, numbers(rows * columns), rows, columns);
  }
}
