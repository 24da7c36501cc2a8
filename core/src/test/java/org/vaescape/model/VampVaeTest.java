package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class VampVaeTest {
  private static final double[] MU = {0.3, -1.2, 0.7, 2.1};
  private static final double[] LOGVAR = {-0.4, 0.2, 0.9, -1.1};

  private static Tensor tensor(double... values) {
    return Tensor.of(DType.FLOAT64, values, values.length / 2, 2);
  }

  /// With components that all are N(0, I), the prior is the VAE's: log q - log p of z is that of
  /// two Gaussians.
  @Test
  void hasTheRatioOfAStandardNormalPriorWhereAllComponentsAreThat() {
    try (Scope _ = Scope.withoutGradients()) {
      Posterior q = new Posterior(tensor(MU), tensor(LOGVAR));
      Tensor eps = tensor(0.1, -0.6, 1.9, 0.4);
      VampVae.WithPrior latent =
          new VampVae.WithPrior(q, new Posterior(tensor(new double[6]), tensor(new double[6])));
      Tensor z = q.sample(eps);
      Tensor expected =
          z.square().minus(eps.square()).minus(q.logvar()).sum(1).times(0.5); // constants cancel
      Golden.assertClose(
          expected.doubles(), latent.logRatio(eps).doubles(), 1e-13, 0, "log q - log p");
    }
  }

  /// Of one component with the same variance, the KL is half the squared distance of the means over
  /// it; two opposite draws average to it exactly.
  @Test
  void averagesToTheKlOfTwoGaussiansWithOneComponent() {
    try (Scope _ = Scope.withoutGradients()) {
      Posterior q = new Posterior(tensor(0.3, -1.2), tensor(-0.4, 0.2));
      VampVae.WithPrior latent =
          new VampVae.WithPrior(q, new Posterior(tensor(1, 1), tensor(-0.4, 0.2)));
      Tensor eps = tensor(0.8, -0.3);
      double mean = latent.logRatio(eps).plus(latent.logRatio(eps.times(-1))).times(0.5).item();
      double expected = 0.5 * (0.7 * 0.7 * Math.exp(0.4) + 2.2 * 2.2 * Math.exp(-0.2));
      assertEquals(expected, mean, 1e-12);
    }
  }

  /// The components' share of the prior is 1 / K each, so that one of two at the posterior itself
  /// leaves log 2, if the other is far.
  @Test
  void paysTheLogarithmOfTheComponentsWhenOneOfThemIsThePosterior() {
    try (Scope _ = Scope.withoutGradients()) {
      Posterior q = new Posterior(tensor(0.3, -1.2), tensor(-0.4, 0.2));
      VampVae.WithPrior latent =
          new VampVae.WithPrior(
              q, new Posterior(tensor(0.3, -1.2, 90, 90), tensor(-0.4, 0.2, 0, 0)));
      assertEquals(Math.log(2), latent.logRatio(tensor(0.8, -0.3)).item(), 1e-13);
    }
  }

  @Test
  void encodesRowsAndPseudoInputsAlikeInEvaluation() {
    VampVae model = new VampVae(4);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
      networks.use(Networks.Mode.EVALUATION);
      Tensor x = SmallNetworks.batch(Precision.FP64, 9, 6);
      Golden.assertClose(
          networks.encode(x).mu().doubles(),
          model.latent(x, networks).mean().doubles(),
          1e-12,
          1e-14,
          "mu");
      assertEquals(4, model.latent(x, networks).components().mu().size(0));
    }
  }

  @Test
  void refusesFreeBits() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new VampVae(4).check(new Objective(1, 0.5, false, 9)));
    assertEquals(
        "free-bits must be 0 for vamp-vae, whose KL is not a sum over units, but was 0.5",
        refused.getMessage());
  }
}
