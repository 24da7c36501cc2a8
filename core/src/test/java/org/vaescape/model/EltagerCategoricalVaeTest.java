package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// `cat-vae` as the code of Eltager et al. 2023 has it, against what can be said without any code.
class EltagerCategoricalVaeTest {
  private static final int ROWS = 9;
  private static final double KL_WEIGHT = 0.05;
  private static final int CATEGORIES = 33;
  private static final VaeModel MODEL =
      Models.CATALOGUE
          .member("cat-vae")
          .create(Map.of("compat", "eltager", "categories", (long) CATEGORIES));

  /// Networks that say of every sample that its category is the first, second or third with these
  /// probabilities.
  private static Networks saying(double... probabilities) {
    Networks networks =
        SmallNetworks.withZeros(MODEL, SmallNetworks.SHAPE, Precision.FP64, "mu.weight");
    double[] logits = new double[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.log(probabilities[i]) + 5; // whose sum is no matter
    }
    try (Scope _ = Scope.withoutGradients()) {
      Objects.requireNonNull(networks.parameters().get("mu.bias"))
          .copyInPlace(Tensor.of(Precision.FP64.storage(), logits, logits.length));
    }
    return networks;
  }

  private static Terms loss(Networks networks) {
    Tensor x = SmallNetworks.batch(Precision.FP64, ROWS, SmallNetworks.SHAPE.genes());
    return SmallNetworks.loss(MODEL, x, networks, new SeededNoise(5, Precision.FP64), KL_WEIGHT);
  }

  private static double part(Terms terms, String name) {
    return Objects.requireNonNull(terms.parts().get(name), name).item();
  }

  @Test
  void isOneVariableWhoseCategoriesAreTheLatentUnits() {
    assertEquals(new Heads(200, 0, 200), MODEL.heads(200));
    try (Scope _ = Scope.withoutGradients()) {
      Latent.OfUnits latent = latent(saying(0.7, 0.2, 0.1));
      Golden.assertClose(
          new double[] {0.7, 0.2, 0.1}, latent.mean().rows(0, 1).doubles(), 1e-12, 0, "mean");
      assertEquals(ROWS, latent.klByUnit().doubles().length, "one unit a row");
      assertEquals(1, latent.kinds().size());
      assertInstanceOf(Categorical.class, latent.kinds().getFirst(), "which outcomes know");
    }
  }

  /// KL of (p_k) from the uniform: log K less the entropy; 0 at 1/K, and log K where one is sure.
  @Test
  void hasTheKlFromTheUniformOverTheLatentUnits() {
    try (Scope _ = Scope.withoutGradients()) {
      double third = 1.0 / 3;
      assertEquals(0, part(loss(saying(third, third, third)), Terms.KL), 1e-15);
      assertEquals(Math.log(3), part(loss(saying(1 - 2e-300, 1e-300, 1e-300)), Terms.KL), 1e-12);
      double entropy = -(0.7 * Math.log(0.7) + 0.2 * Math.log(0.2) + 0.1 * Math.log(0.1));
      Terms terms = loss(saying(0.7, 0.2, 0.1));
      assertEquals(Math.log(3) - entropy, part(terms, Terms.KL), 1e-12);
      // In the loss the prior of each category is 1/33, so that it is a cross-entropy.
      assertEquals(
          part(terms, Terms.RECONSTRUCTION) + KL_WEIGHT * (Math.log(CATEGORIES) - entropy),
          terms.loss().item(),
          1e-12);
    }
  }

  /// How many categories the prior is for moves no weight.
  @Test
  void hasTheGradientsOfAnyPrior() {
    Networks some = saying(0.7, 0.2, 0.1);
    Networks same = saying(0.7, 0.2, 0.1);
    VaeModel other =
        Models.CATALOGUE.member("cat-vae").create(Map.of("compat", "eltager", "categories", 2L));
    try (Scope _ = Scope.open()) {
      loss(some).loss().backward();
      Tensor x = SmallNetworks.batch(Precision.FP64, ROWS, SmallNetworks.SHAPE.genes());
      SmallNetworks.loss(other, x, same, new SeededNoise(5, Precision.FP64), KL_WEIGHT)
          .loss()
          .backward();
      some.trained()
          .forEach((name, parameter) ->
              Golden.assertClose(
                  Objects.requireNonNull(parameter.gradient()).doubles(),
                  Objects.requireNonNull(
                          Objects.requireNonNull(same.trained().get(name)).gradient(), name)
                      .doubles(),
                  0,
                  0,
                  name));
    }
  }

  /// As its decoder sees it in training, and its code clusters it.
  @Test
  void drawsRelaxedSamplesOutsideOfTrainingToo() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = saying(0.7, 0.2, 0.1);
      SeededNoise noise = new SeededNoise(5, Precision.FP64);
      Latent.OfUnits latent = latent(networks);
      Categorical variable = (Categorical) latent.kinds().getFirst();
      Tensor eps = noise.normal(Noise.EPSILON, ROWS, 1, 3);
      // The temperature of the catalogue, which does not fall.
      Golden.assertClose(
          variable.relaxed(eps, 1).doubles(), latent.sample(noise).doubles(), 0, 0, "sample");
    }
  }

  private static Latent.OfUnits latent(Networks networks) {
    Tensor x = SmallNetworks.batch(Precision.FP64, ROWS, SmallNetworks.SHAPE.genes());
    return assertInstanceOf(Latent.OfUnits.class, MODEL.latent(x, networks));
  }

  @Test
  void doesNotAskForAnEndOfATemperatureThatStays() {
    VaeModel cold =
        Models.CATALOGUE.member("cat-vae").create(Map.of("compat", "eltager", "temperature", 0.1));
    assertEquals(new CategoricalVae(10, Temperature.constant(0.1), true), cold);
  }
}
