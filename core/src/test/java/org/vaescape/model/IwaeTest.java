package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// The importance-weighted bound against closed forms and against the likelihood itself.
class IwaeTest {
  private static final double WEIGHT = 0.02;
  private static final Precision PRECISION = Precision.FP64;
  private static final NetworkShape SHAPE = new NetworkShape(6, List.of(5), 1, false);

  @Test
  void isTheEvidenceBoundForOneSample() {
    try (Scope _ = Scope.withoutGradients()) {
      Terms one = loss(new Iwae(1, false), 3);
      double elbo = part(one, Terms.RECONSTRUCTION) + WEIGHT * part(one, "kl_monte_carlo");
      Golden.assertClose(elbo, one.loss().item(), 1e-14, 0, "loss");
      Terms vae = loss(new Vae(), 3);
      Golden.assertClose(
          part(vae, Terms.RECONSTRUCTION), part(one, Terms.RECONSTRUCTION), 1e-14, 0, "error");
      Golden.assertClose(part(vae, Terms.KL), part(one, Terms.KL), 1e-14, 0, "kl");
    }
  }

  @Test
  void isTheVaeForOneSampleInTheFormOfPytorchVae() {
    try (Scope _ = Scope.withoutGradients()) {
      double vae = loss(new Vae(), 3).loss().item();
      Golden.assertClose(vae, loss(new Iwae(1, true), 3).loss().item(), 1e-14, 0, "loss");
    }
  }

  @Test
  void approachesTheLikelihoodFromAboveAsSamplesGrow() {
    double exact = exactLoss();
    double previous = Double.POSITIVE_INFINITY;
    for (int samples : new int[] {1, 3, 10}) {
      double mean = meanLoss(samples, 4096 / samples);
      assertTrue(mean < previous, "%d samples: %s after %s".formatted(samples, mean, previous));
      assertTrue(mean > exact - 1e-5, "%d samples: %s below %s".formatted(samples, mean, exact));
      previous = mean;
    }
    assertEquals(exact, meanLoss(20_000, 5), 5e-4 * exact);
  }

  @Test
  void weighsTheWorstSampleMostInTheFormOfPytorchVae() {
    try (Scope _ = Scope.withoutGradients()) {
      Terms terms = loss(new Iwae(8, true), 3);
      double mean = part(terms, Terms.RECONSTRUCTION) + WEIGHT * part(terms, Terms.KL);
      assertTrue(terms.loss().item() > mean, "no bound: it lies above the mean over samples");
    }
  }

  @Test
  void refusesAWeightOfZeroWhereTheBoundDividesByIt() {
    Objective nothing = new Objective(0, 0, false, 100);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Iwae(5, false).check(nothing));
    assertEquals(
        "kl-weight must be above 0 for the importance-weighted bound but was 0; take the model ae for none, or compat pytorch-vae",
        refused.getMessage());
    new Iwae(5, true).check(nothing);
    try (Scope _ = Scope.withoutGradients()) {
      SeededNoise noise = new SeededNoise(3, PRECISION);
      Terms terms = SmallNetworks.loss(new Iwae(5, true), batch(), networks(), noise, 0);
      assertTrue(Double.isFinite(terms.loss().item()));
    }
  }

  /// -w log of the integral of p(z) exp(-MSE / w) over the one latent unit, by the trapezoidal
  /// rule, averaged over rows.
  private static double exactLoss() {
    int points = 4001;
    double step = 20.0 / (points - 1);
    double[] grid = new double[points];
    for (int i = 0; i < points; i++) {
      grid[i] = -10 + step * i;
    }
    double sum = 0;
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks();
      Tensor z = Tensor.of(PRECISION.storage(), grid, points, 1);
      Tensor x = batch();
      for (int row = 0; row < x.size(0); row++) {
        double[] errors = networks.reconstructionError(z, x.rows(row, row + 1)).doubles();
        double integral = 0;
        for (int i = 0; i < points; i++) {
          double density = Math.exp(-grid[i] * grid[i] / 2) / Math.sqrt(2 * Math.PI);
          integral += step * density * Math.exp(-errors[i] / WEIGHT);
        }
        sum -= WEIGHT * Math.log(integral);
      }
      return sum / x.size(0);
    }
  }

  private static double meanLoss(int samples, int draws) {
    double sum = 0;
    for (int draw = 0; draw < draws; draw++) {
      try (Scope _ = Scope.withoutGradients()) {
        sum += loss(new Iwae(samples, false), draw).loss().item();
      }
    }
    return sum / draws;
  }

  private static Terms loss(VaeModel model, long seed) {
    return SmallNetworks.loss(model, batch(), networks(), new SeededNoise(seed, PRECISION), WEIGHT);
  }

  /// With the statistics of batches the decoder of a row would depend on the other samples.
  private static Networks networks() {
    Networks networks = SmallNetworks.of(SHAPE, PRECISION);
    networks.use(Networks.Mode.EVALUATION);
    return networks;
  }

  private static Tensor batch() {
    return SmallNetworks.batch(PRECISION, 4, SHAPE.genes());
  }

  private static double part(Terms terms, String name) {
    return Objects.requireNonNull(terms.parts().get(name), name).item();
  }
}
