package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class ObjectiveTest {
  private static final double[] KL = {0.2, 1.0, 3.0, 0.4, 2.0, 5.0}; // means 0.3, 1.5, 4

  private static Tensor kl() {
    return Tensor.of(DType.FLOAT64, KL, 2, 3);
  }

  @Test
  void weighsTheSumOverUnits() {
    try (Scope _ = Scope.withoutGradients()) {
      assertEquals(0.5 * 5.8, new Objective(0.5, 0, false, 10).weighedKl(kl()).item(), 1e-15);
    }
  }

  /// Kingma et al. 2016, equation 15: sum over units of max(lambda, mean KL).
  @Test
  void countsNoUnitBelowItsFreeBits() {
    try (Scope _ = Scope.withoutGradients()) {
      double expected = 2.0 + 2.0 + 4.0;
      assertEquals(0.5 * expected, new Objective(0.5, 2, false, 10).weighedKl(kl()).item(), 1e-15);
    }
  }

  @Test
  void doesNotPushUnitsBelowTheirFreeBits() {
    try (Scope _ = Scope.open()) {
      Tensor byUnit = kl();
      byUnit.requireGradient();
      new Objective(1, 2, false, 10).weighedKl(byUnit).backward();
      Tensor gradient = byUnit.gradient();
      assertTrue(gradient != null);
      Golden.assertClose(
          new double[] {0, 0, 0.5, 0, 0, 0.5}, gradient.doubles(), 0, 1e-15, "gradient");
    }
  }

  @Test
  void sumsOverGenesInNats() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(SmallNetworks.SHAPE, Precision.FP64);
      Tensor x = SmallNetworks.batch(Precision.FP64, 4, 6);
      Tensor z = networks.encode(x).mu();
      double mean = new Objective(1, 0, false, 10).error(networks, z, x).sum().item();
      double sum = new Objective(1, 0, true, 10).error(networks, z, x).sum().item();
      Golden.assertClose(6 * mean, sum, 1e-14, 0, "sum over 6 genes");
    }
  }

  /// DESIGN: genes x (coefficient of KL) / (2 x coefficient of the squared error).
  @Test
  void knowsTheDecoderVarianceThatTheWeightsAmountTo() {
    ReconstructionTerm squared = new SquaredError();
    Objective mean = new Objective(0.01, 0, false, 10);
    assertEquals(5000 * 0.01 / 2, mean.decoderVariance(5000, 1, squared), 1e-12);
    InfoVae infoVae = (InfoVae) Models.CATALOGUE.member("infovae").create(java.util.Map.of());
    assertEquals(
        5000 * 0.01 * 10 / (2 * 10.5),
        mean.decoderVariance(5000, infoVae.klFactor(), squared),
        1e-12);
    assertEquals(5000 * 0.01 / 10, mean.decoderVariance(5000, 1, new LogCosh(10)), 1e-12);
    // In nats a Gaussian of variance v with the whole KL has variance v.
    assertEquals(
        0.3,
        new Objective(1, 0, true, 10)
            .decoderVariance(5000, 1, new GaussianLikelihood(java.util.OptionalDouble.of(0.3))),
        1e-12);
    assertTrue(Double.isNaN(mean.decoderVariance(5000, 1, new LaplaceLikelihood(1))));
  }
}
