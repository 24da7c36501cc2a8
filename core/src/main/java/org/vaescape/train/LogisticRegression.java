package org.vaescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Multinomial logistic regression on standardized points, with the penalty |W|^2 / 2 beside the
/// summed loss and none on the intercepts: scikit-learn's, with its default C of 1.
///
/// @param classes sorted
/// @param weights classes x dimensions
/// @param intercepts of each class; their sum is 0
record LogisticRegression(
    List<String> classes, double[] weights, double[] intercepts, Standardization standardization) {
  static final int FOLDS = 5;

  /// Of the gradient of the mean loss, as scikit-learn has it.
  private static final double TOLERANCE = 1e-4;

  private static final int MOST_STEPS = 500;

  /// Fits to some rows of points with labels.
  static LogisticRegression fit(Points points, int[] rows) {
    return fit(points, rows, TOLERANCE * rows.length);
  }

  /// @param tolerance of the gradient of the summed loss
  static LogisticRegression fit(Points points, int[] rows, double tolerance) {
    List<String> classes =
        List.copyOf(new TreeSet<>(Arrays.stream(rows).mapToObj(points.labels()::get).toList()));
    int dimensions = points.dimensions();
    Standardization standardization = Standardization.of(points.values(), dimensions, rows);
    double[] x = standardization.apply(points.values(), rows);
    int[] classOf =
        Arrays.stream(rows)
            .map(row -> Collections.binarySearch(classes, points.labels().get(row)))
            .toArray();
    int count = classes.size();
    double[] fitted =
        new Loss(x, dimensions, classOf, count).minimum(tolerance); // (dimensions + 1, classes)
    double[] weights = new double[count * dimensions];
    for (int d = 0; d < dimensions; d++) {
      for (int c = 0; c < count; c++) {
        weights[c * dimensions + d] = fitted[d * count + c];
      }
    }
    double[] intercepts = Arrays.copyOfRange(fitted, dimensions * count, fitted.length);
    double centre = Arrays.stream(intercepts).average().orElseThrow();
    return new LogisticRegression(
        classes,
        weights,
        Arrays.stream(intercepts).map(value -> value - centre).toArray(),
        standardization);
  }

  /// The likeliest label of some rows.
  List<String> predict(Points points, int[] rows) {
    int dimensions = points.dimensions();
    double[] x = standardization.apply(points.values(), rows);
    List<String> predictions = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes.size(); c++) {
        double score = intercepts[c];
        for (int d = 0; d < dimensions; d++) {
          score += weights[c * dimensions + d] * x[i * dimensions + d];
        }
        if (score > most) {
          most = score;
          best = c;
        }
      }
      predictions.add(classes.get(best));
    }
    return predictions;
  }

  /// Balanced accuracy over [#FOLDS] folds by patient ([PatientFolds]), each told by a model of the
  /// others; NaN for fewer than two classes of two patients.
  static double crossValidated(Points points) {
    int[] folds = PatientFolds.of(points, FOLDS);
    List<String> labels = new ArrayList<>();
    List<String> predictions = new ArrayList<>();
    for (int number = 0; number < FOLDS; number++) {
      int fold = number;
      int[] asked = IntStream.range(0, folds.length).filter(i -> folds[i] == fold).toArray();
      int[] known =
          IntStream.range(0, folds.length)
              .filter(i -> folds[i] != fold && folds[i] != PatientFolds.NONE)
              .toArray();
      if (asked.length > 0 && known.length > 0) {
        Arrays.stream(asked).mapToObj(points.labels()::get).forEach(labels::add);
        predictions.addAll(fit(points, known).predict(points, asked));
      }
    }
    return labels.stream().distinct().count() < 2
        ? Double.NaN
        : NearestNeighbours.balancedAccuracy(labels, predictions);
  }

  /// The penalized loss of weights and intercepts, laid out as dimensions + 1 rows of classes.
  private record Loss(double[] x, int dimensions, int[] classOf, int classes) {
    double[] minimum(double tolerance) {
      int samples = classOf.length;
      double[] ones = new double[samples];
      Arrays.fill(ones, 1);
      double[] truth = new double[samples * classes];
      for (int i = 0; i < samples; i++) {
        truth[i * classes + classOf[i]] = 1;
      }
      try (Scope _ = Scope.withoutGradients()) {
        Tensor points = Tensor.of(DType.FLOAT64, x, samples, dimensions);
        Tensor pointsAcross = points.transpose();
        Tensor one = Tensor.of(DType.FLOAT64, ones, 1, samples);
        Tensor labels = Tensor.of(DType.FLOAT64, truth, samples, classes);
        return Lbfgs.minimum(
            (w, gradient) -> at(w, gradient, points, pointsAcross, one, labels),
            new double[(dimensions + 1) * classes],
            tolerance,
            MOST_STEPS);
      }
    }

    private double at(
        double[] w, double[] gradient, Tensor points, Tensor across, Tensor one, Tensor labels) {
      int slopes = dimensions * classes;
      try (Scope _ = Scope.withoutGradients()) {
        Tensor weights = Tensor.of(DType.FLOAT64, Arrays.copyOf(w, slopes), dimensions, classes);
        Tensor intercepts =
            Tensor.of(DType.FLOAT64, Arrays.copyOfRange(w, slopes, w.length), classes);
        Tensor scores = points.matmul(weights).plus(intercepts); // (samples, classes)
        double loss = scores.logSumExp(1).sum().item() - scores.times(labels).sum().item();
        Tensor residuals = scores.softmax(1).minus(labels);
        System.arraycopy(across.matmul(residuals).doubles(), 0, gradient, 0, slopes);
        System.arraycopy(one.matmul(residuals).doubles(), 0, gradient, slopes, classes);
        for (int i = 0; i < slopes; i++) {
          loss += w[i] * w[i] / 2;
          gradient[i] += w[i];
        }
        return loss;
      }
    }
  }
}
