package org.vaescape.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Principal components of a matrix, and how well that many of them give another matrix back.
///
/// Exact where the smaller side has at most [#EXACT_UP_TO] rows or columns, or where more than a
/// quarter of it is asked for, by the covariance or Gram matrix in double precision. Otherwise by
/// products with the matrix in single precision from a fixed start ([LeadingEigenvectors]), until
/// one more product moves no error on the training matrix by more than [#TOLERANCE] of itself, and
/// a last one in double precision. Equal bits for equal input on whatever thread.
///
/// @param mean of each gene over the training samples
/// @param eigenvalues of the covariance matrix (divisor N), largest first; as many as asked for, or
///   the rank of the matrix
/// @param totalVariance sum of all eigenvalues, also of those that are not kept
/// @param components genes x kept, orthonormal columns
public record Pca(double[] mean, double[] eigenvalues, double totalVariance, double[] components) {

  /// Decomposing a matrix of this size takes seconds on one core; the time grows with its cube.
  static final int EXACT_UP_TO = 2000;

  /// Far below what a different split or seed moves.
  static final double TOLERANCE = 1e-8;

  /// An error below this share of the variance is rounding.
  private static final double ROUNDING = 1e-4;

  /// Rows that are held less their mean at a time.
  static final int BLOCK_ROWS = 1024;

  /// Rows whose values are looked at one by one at a time.
  private static final int ROWS_ON_THE_HEAP = 64;

  /// Columns of a product, at least: fewer take as long.
  private static final int FEWEST_TOGETHER = 64;

  /// More would save products, and lose as much to the orthogonalisation.
  private static final int PRODUCTS_UNTIL_RESTART = 4;

  /// Fits to training samples.
  ///
  /// @param components how many to keep; fewer are where the rank is less
  static Pca fit(SampleRows training, int components) {
    int samples = training.size();
    int genes = training.genes();
    int kept = Math.min(components, Math.min(samples, genes));
    return isExact(samples, genes, kept) ? exact(training, kept) : iterated(training, kept);
  }

  /// Whether as many components of such a matrix are fitted exactly.
  static boolean isExact(int samples, int genes, int kept) {
    // So wide a subspace takes longer to iterate than the whole to decompose.
    boolean wide = kept > Math.min(samples, genes) / 4;
    return Math.min(samples, genes) <= EXACT_UP_TO || wide;
  }

  static Pca exact(SampleRows training, int kept) {
    int samples = training.size();
    int genes = training.genes();
    double[] mean = mean(training);
    try (Scope _ = Scope.withoutGradients()) {
      if (genes <= samples) {
        Tensor.Eigen eigen = products(training, mean, DType.FLOAT64, genes, block -> block).eigen();
        return of(training, mean, eigen.values(), eigen.vectors(), kept);
      }
      Tensor centred = centred(training, mean, DType.FLOAT64, 0, samples); // (samples, genes)
      Tensor.Eigen eigen = centred.matmul(centred.transpose()).times(1.0 / samples).eigen();
      Tensor vectors = centred.transpose().matmul(eigen.vectors()); // (genes, samples)
      return of(training, mean, eigen.values(), vectors, kept);
    }
  }

  static Pca iterated(SampleRows training, int kept) {
    int genes = training.genes();
    int smaller = Math.min(training.size(), genes);
    double[] mean = mean(training);
    double total = squaredDistances(training, mean) / training.size();
    int width = width(smaller, kept);
    LeadingEigenvectors covariance =
        new LeadingEigenvectors(
            columns -> singleProducts(training, mean, columns), smaller, widest(kept, width));
    AtomicReference<double[]> before = new AtomicReference<>(new double[kept]);
    try (Scope _ = Scope.withoutGradients();
        Tensor basis =
            covariance.find(
                start(genes, width),
                kept,
                values -> settled(before.getAndSet(values), values, kept, total))) {
      // What single precision turned the basis by shows in its variances squared.
      Tensor image = products(training, mean, DType.FLOAT64, kept, block -> block.matmul(basis));
      Tensor.Eigen ritz = basis.transpose().matmul(image).eigen(); // (kept, kept)
      return of(training, mean, ritz.values(), basis.matmul(ritz.vectors()), kept);
    }
  }

  /// Columns that are multiplied together.
  ///
  /// @param smaller side of the matrix
  static int width(int smaller, int kept) {
    return Math.min(smaller, Math.max(FEWEST_TOGETHER, kept / 2));
  }

  /// Columns of the space that components are looked for in.
  static int widest(int kept, int width) {
    return LeadingEigenvectors.LEFT_FOR_ONE * kept + PRODUCTS_UNTIL_RESTART * width;
  }

  /// The covariance matrix of the training matrix times columns, multiplied in single precision:
  /// (genes, width).
  private static Tensor singleProducts(SampleRows training, double[] mean, Tensor columns) {
    Tensor single = columns.as(DType.FLOAT32);
    int width = Math.toIntExact(columns.size(1));
    return products(training, mean, DType.FLOAT32, width, block -> block.matmul(single));
  }

  /// How many components there are: as many as asked for, or the rank.
  public int kept() {
    return eigenvalues.length;
  }

  /// Mean squared error, over all elements, of a matrix decoded from the first k components, for k
  /// from 0 (the mean alone) to [#kept].
  ///
  /// @param matrix samples x genes, row by row
  public double[] errors(float[] matrix) {
    SampleRows rows = SampleRows.of(matrix, mean.length);
    double[] errors = new double[kept() + 1];
    double[] captured = captured(rows);
    double left = squaredDistances(rows, mean);
    errors[0] = left / matrix.length;
    for (int k = 1; k <= kept(); k++) {
      left -= captured[k - 1];
      // What is left of a matrix of this rank is rounding, of either sign.
      errors[k] = Math.max(0, left) / matrix.length;
    }
    return errors;
  }

  /// Where samples lie on the first components.
  ///
  /// @param first how many components; beyond [#kept] all are 0
  /// @return samples x first, row by row
  float[] scores(SampleRows matrix, int first) {
    int used = Math.min(first, kept());
    float[] places = new float[Math.multiplyExact(matrix.size(), first)];
    forScores(
        matrix,
        used,
        (from, scores) -> {
          for (int i = 0; i < scores.length; i++) {
            places[(from + i / used) * first + i % used] = (float) scores[i];
          }
        });
    return places;
  }

  /// Sum over samples of the squared score on each component.
  private double[] captured(SampleRows matrix) {
    double[] captured = new double[kept()];
    forScores(
        matrix,
        kept(),
        (_, scores) -> {
          for (int i = 0; i < scores.length; i++) {
            captured[i % kept()] += scores[i] * scores[i];
          }
        });
    return captured;
  }

  /// What is done with the scores of some samples.
  private interface ScoreReader {
    /// @param from index of the first sample
    void read(int from, double[] scores);
  }

  private void forScores(SampleRows matrix, int used, ScoreReader reader) {
    int genes = mean.length;
    int samples = matrix.size();
    if (used == 0) {
      return; // there are no tensors without elements
    }
    double[] chosen = new double[genes * used];
    for (int gene = 0; gene < genes; gene++) {
      System.arraycopy(components, gene * kept(), chosen, gene * used, used);
    }
    for (int from = 0; from < samples; from += BLOCK_ROWS) {
      int to = Math.min(samples, from + BLOCK_ROWS);
      try (Scope _ = Scope.withoutGradients()) {
        Tensor directions = Tensor.of(DType.FLOAT64, chosen, genes, used);
        reader.read(
            from, centred(matrix, mean, DType.FLOAT64, from, to).matmul(directions).doubles());
      }
    }
  }

  /// Orders what the solver gives, ascending, and drops what is beyond the rank.
  ///
  /// @param directions genes x values: orthogonal columns of any length
  private static Pca of(
      SampleRows training, double[] mean, Tensor values, Tensor directions, int most) {
    double[] ascending = values.doubles();
    int all = ascending.length;
    int longer = Math.max(mean.length, training.size());
    double smallest = ascending[all - 1] * longer * Math.ulp(1.0);
    double[] eigenvalues = new double[most];
    long[] columns = new long[most];
    int kept = 0;
    while (kept < most && ascending[all - 1 - kept] > smallest) {
      columns[kept] = all - 1L - kept;
      eigenvalues[kept] = ascending[all - 1 - kept];
      kept++;
    }
    double total = squaredDistances(training, mean) / training.size();
    if (kept == 0) {
      return new Pca(mean, new double[0], total, new double[0]);
    }
    Tensor chosen = directions.transpose().rows(Tensor.of(Arrays.copyOf(columns, kept)));
    // QR from the first column on keeps the span of the first k, for every k.
    double[] components = chosen.transpose().orthonormal().doubles();
    return new Pca(mean, Arrays.copyOf(eigenvalues, kept), total, components);
  }

  /// Whether no error of 1 to `kept` components moved, except by rounding.
  private static boolean settled(double[] before, double[] now, int kept, double total) {
    double sumBefore = 0;
    double sum = 0;
    for (int k = 0; k < kept; k++) {
      sumBefore += before[before.length - 1 - k];
      sum += now[now.length - 1 - k];
      double left = Math.max(total - sum, ROUNDING * total);
      if (!(Math.abs(sum - sumBefore) <= TOLERANCE * left)) {
        return false;
      }
    }
    return true;
  }

  /// X' f(X) / N for the centred training matrix X, block of rows by block of rows.
  ///
  /// @param type that blocks are multiplied in; their products are added in double precision
  /// @param columns of f(X)
  private static Tensor products(
      SampleRows training, double[] mean, DType type, int columns, UnaryOperator<Tensor> f) {
    int samples = training.size();
    Tensor sum = Tensor.zeros(DType.FLOAT64, mean.length, columns);
    for (int from = 0; from < samples; from += BLOCK_ROWS) {
      try (Scope _ = Scope.withoutGradients()) {
        int to = Math.min(samples, from + BLOCK_ROWS);
        Tensor block = centred(training, mean, type, from, to);
        sum.plusInPlace(block.transpose().matmul(f.apply(block)), 1.0 / samples);
      }
    }
    return sum;
  }

  /// Rows `from` (included) to `to` (left out) less the mean: (rows, genes).
  private static Tensor centred(SampleRows matrix, double[] mean, DType type, int from, int to) {
    try (Tensor rows = matrix.rows(from, to);
        Tensor taken = Tensor.of(DType.FLOAT64, mean, mean.length);
        Tensor rest = rows.minus(taken)) {
      return type == DType.FLOAT64 ? rest.alias() : rest.as(type);
    }
  }

  private static Tensor start(int genes, int width) {
    SplittableRandom random = new SplittableRandom(20210625);
    double[] values = new double[Math.multiplyExact(genes, width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() - 0.5;
    }
    return Tensor.of(DType.FLOAT64, values, genes, width);
  }

  static double[] mean(SampleRows matrix) {
    int genes = matrix.genes();
    double[] mean = new double[genes];
    forValues(
        matrix,
        values -> {
          for (int i = 0; i < values.length; i++) {
            mean[i % genes] += values[i];
          }
        });
    for (int gene = 0; gene < genes; gene++) {
      mean[gene] /= matrix.size();
    }
    return mean;
  }

  private static double squaredDistances(SampleRows matrix, double[] mean) {
    double[] sum = new double[1];
    forValues(
        matrix,
        values -> {
          for (int i = 0; i < values.length; i++) {
            double difference = values[i] - mean[i % mean.length];
            sum[0] += difference * difference;
          }
        });
    return sum[0];
  }

  /// Shows all values, row by row and whole rows at a time.
  private static void forValues(SampleRows matrix, Consumer<double[]> reader) {
    for (int from = 0; from < matrix.size(); from += ROWS_ON_THE_HEAP) {
      try (Scope _ = Scope.withoutGradients()) {
        reader.accept(
            matrix.rows(from, Math.min(matrix.size(), from + ROWS_ON_THE_HEAP)).doubles());
      }
    }
  }
}
