package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// The penalty where the covariance is known: the encoder hands on the data, whose covariance is
/// the identity.
class DipVaeTest {
  private static final double[] CORNERS = {1, 1, 1, -1, -1, 1, -1, -1};

  private static double penalty(DipVae.Form form, double logVariance, double[] x) {
    VaeModel model = new DipVae(form, 3, 5, false);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          LinearNetworks.of(
              model,
              new SquaredError(),
              2,
              2,
              Map.of(
                  "mu.weight", new double[] {1, 0, 0, 1},
                  "logvar.bias", new double[] {logVariance, logVariance}));
      Batch batch =
          new Batch(
              Tensor.of(DType.FLOAT64, x, 4, 2),
              (_, shape) -> Tensor.zeros(DType.FLOAT64, shape),
              0,
              true);
      Terms terms = model.loss(batch, networks, new Objective(0.1, 0, false, 4));
      return Objects.requireNonNull(terms.parts().get("dip")).item();
    }
  }

  @Test
  void isZeroAtUnitCovariance() {
    assertEquals(0, penalty(DipVae.Form.I, 0.7, CORNERS));
    assertEquals(0, penalty(DipVae.Form.II, -800, CORNERS));
  }

  /// With variance 1 around the means the samples have covariance 2 I.
  @Test
  void countsTheVarianceOfSamplesInTheSecondForm() {
    assertEquals(3 * (1 + 1), penalty(DipVae.Form.II, 0, CORNERS), 1e-14);
  }

  /// Twice the first unit, and the second unit equal to the first: C = [[4, 2], [2, 1]].
  @Test
  void weighsVariancesAndCovariancesApart() {
    double[] line = {2, 1, 2, 1, -2, -1, -2, -1};
    assertEquals(3 * 9 + 5 * (4 + 4), penalty(DipVae.Form.I, 0, line), 1e-13);
  }
}
