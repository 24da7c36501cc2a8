package org.vaescape.model;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Member;

/// Every distribution of first weights that a study can name. A new one is a line here.
///
/// Formulas are those of `torch.nn.init`: fan-in and fan-out are the inputs and outputs of the
/// layer; the gain is sqrt(2), that of ReLU, for Kaiming and 1 for all others, whatever the
/// activation of the study.
public final class Initializers {
  public static final Catalogue<WeightDistribution> CATALOGUE =
      new Catalogue<>(
          "initializer",
          List.of(
              member(
                  "pytorch",
                  "PyTorch's default: uniform within 1 / sqrt(inputs)",
                  "torch.nn.Linear.reset_parameters",
                  (outputs, inputs, random) -> uniform(outputs, inputs, 1.0 / inputs, random)),
              member(
                  "kaiming-uniform",
                  "uniform within sqrt(6 / inputs)",
                  "He et al. 2015, arXiv:1502.01852; called default by Eltager et al. 2023",
                  (outputs, inputs, random) -> uniform(outputs, inputs, 6.0 / inputs, random)),
              member(
                  "kaiming-normal",
                  "normal of variance 2 / inputs",
                  "He et al. 2015, arXiv:1502.01852",
                  (outputs, inputs, random) -> normal(outputs, inputs, 2.0 / inputs, random)),
              member(
                  "xavier-uniform",
                  "uniform within sqrt(6 / (inputs + outputs))",
                  "Glorot and Bengio 2010, AISTATS",
                  (outputs, inputs, random) ->
                      uniform(outputs, inputs, 6.0 / (inputs + outputs), random)),
              member(
                  "xavier-normal",
                  "normal of variance 2 / (inputs + outputs)",
                  "Glorot and Bengio 2010, AISTATS",
                  (outputs, inputs, random) ->
                      normal(outputs, inputs, 2.0 / (inputs + outputs), random)),
              member(
                  "keras",
                  "Keras' default: xavier-uniform, and biases of 0",
                  "keras.layers.Dense, used by Way and Greene 2018",
                  new KerasDefault()),
              member(
                  "lecun-uniform",
                  "uniform within sqrt(3 / inputs)",
                  "LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp",
                  (outputs, inputs, random) -> uniform(outputs, inputs, 3.0 / inputs, random)),
              member(
                  "lecun-normal",
                  "normal of variance 1 / inputs, not truncated",
                  "LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp",
                  (outputs, inputs, random) -> normal(outputs, inputs, 1.0 / inputs, random)),
              member(
                  "orthogonal",
                  "rows, or columns where these are fewer, orthonormal, from the uniform distribution",
                  "Saxe, McClelland and Ganguli 2014, arXiv:1312.6120",
                  Initializers::orthogonal),
              member(
                  "uniform",
                  "uniform in [0, 1)",
                  "Eltager et al. 2023, doi:10.1371/journal.pone.0292126",
                  (outputs, inputs, random) -> random.doubles((long) outputs * inputs).toArray()),
              member(
                  "normal",
                  "standard normal",
                  "Eltager et al. 2023, doi:10.1371/journal.pone.0292126",
                  (outputs, inputs, random) -> normal(outputs, inputs, 1, random))));

  private Initializers() {}

  private static Member<WeightDistribution> member(
      String name, String summary, String source, WeightDistribution distribution) {
    return new Member<>(name, summary, source, List.of(), _ -> distribution);
  }

  private static double[] uniform(
      int outputs, int inputs, double squaredBound, RandomGenerator random) {
    return WeightDistribution.uniform(
        Math.multiplyExact(outputs, inputs), Math.sqrt(squaredBound), random);
  }

  private static double[] normal(int outputs, int inputs, double variance, RandomGenerator random) {
    return WeightDistribution.normal(
        Math.multiplyExact(outputs, inputs), Math.sqrt(variance), random);
  }

  /// The Q of the QR decomposition of a normal matrix, with the signs that make R's diagonal
  /// positive: else Q would not be uniform (Mezzadri 2007, arXiv:math-ph/0609050).
  private static double[] orthogonal(int outputs, int inputs, RandomGenerator random) {
    int rows = Math.max(outputs, inputs);
    int columns = Math.min(outputs, inputs);
    double[] drawn = normal(outputs, inputs, 1, random);
    try (Scope _ = Scope.withoutGradients();
        Tensor matrix = Tensor.of(DType.FLOAT64, drawn, rows, columns);
        Tensor q = matrix.orthonormal();
        Tensor products = q.times(matrix)) {
      double[] diagonal = products.sum(0).doubles(); // of R = Q' A
      double[] signs = Arrays.stream(diagonal).map(Math::signum).toArray();
      Tensor signed = q.times(Tensor.of(DType.FLOAT64, signs, columns));
      return (outputs < inputs ? signed.transpose() : signed).doubles();
    }
  }

  private record KerasDefault() implements WeightDistribution {
    @Override
    public double[] weight(int outputs, int inputs, RandomGenerator random) {
      return uniform(outputs, inputs, 6.0 / (inputs + outputs), random);
    }

    @Override
    public double[] bias(int outputs, int inputs, RandomGenerator random) {
      return new double[outputs];
    }
  }
}
