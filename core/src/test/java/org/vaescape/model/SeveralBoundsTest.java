package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// The models that combine importance-weighted bounds, at their ends and part by part.
class SeveralBoundsTest {
  private static final double WEIGHT = 0.02;

  private static Terms loss(VaeModel model, Networks networks) {
    Tensor x = SmallNetworks.batch(Precision.FP64, 7, 6);
    return SmallNetworks.loss(model, x, networks, new SeededNoise(3, Precision.FP64), WEIGHT);
  }

  private static Networks networks(VaeModel model) {
    return SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
  }

  private static double loss(VaeModel model) {
    try (Scope _ = Scope.withoutGradients()) {
      return loss(model, networks(model)).loss().item();
    }
  }

  private static double meanOfSamples(VaeModel model) {
    try (Scope _ = Scope.withoutGradients()) {
      Terms terms = loss(model, networks(model));
      return part(terms, Terms.RECONSTRUCTION) + WEIGHT * part(terms, "kl_monte_carlo");
    }
  }

  private static double part(Terms terms, String name) {
    return Objects.requireNonNull(terms.parts().get(name), name).item();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void miwaeOfOneBoundIsIwae(boolean likePytorchVae) {
    double iwae = loss(new Iwae(6, likePytorchVae));
    Golden.assertClose(iwae, loss(new Miwae(1, 6, likePytorchVae)), 1e-14, 0, "loss");
  }

  @Test
  void miwaeOfBoundsOfOneSampleIsTheEvidenceBound() {
    VaeModel model = new Miwae(6, 1, false);
    Golden.assertClose(meanOfSamples(model), loss(model), 1e-13, 0, "loss");
  }

  @Test
  void ciwaeIsIwaeAtOneEndAndTheEvidenceBoundAtTheOther() {
    Golden.assertClose(loss(new Iwae(6, false)), loss(new Ciwae(0, 6)), 1e-14, 0, "beta 0");
    VaeModel model = new Ciwae(1, 6);
    Golden.assertClose(meanOfSamples(model), loss(model), 1e-13, 0, "beta 1");
    double between = 0.3 * loss(model) + 0.7 * loss(new Iwae(6, false));
    Golden.assertClose(between, loss(new Ciwae(0.3, 6)), 1e-13, 0, "beta 0.3");
  }

  @Test
  void piwaeTrainsTheEncoderAsMiwaeDoesAndTheDecoderAsIwae() {
    Map<String, double[]> ofMiwae = gradients(new Miwae(2, 3, false));
    Map<String, double[]> ofIwae = gradients(new Iwae(6, false));
    gradients(new Piwae(2, 3))
        .forEach((name, gradient) -> {
          boolean decoder = name.startsWith("decoder.") || name.startsWith("output.");
          double[] expected = Objects.requireNonNull((decoder ? ofIwae : ofMiwae).get(name), name);
          Golden.assertClose(expected, gradient, 1e-10, 1e-15, name);
        });
  }

  @Test
  void piwaeReportsTheDecodersLossWithAndWithoutGradients() {
    double iwae = loss(new Iwae(6, false));
    Golden.assertClose(iwae, loss(new Piwae(2, 3)), 1e-14, 0, "validation");
    try (Scope _ = Scope.open()) {
      Terms terms = loss(new Piwae(2, 3), networks(new Piwae(2, 3)));
      Golden.assertClose(iwae, terms.loss().item(), 1e-14, 0, "training");
    }
  }

  /// As the VAE's own loss, a bound of one sample has less of the log ratio and no less of the
  /// error.
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void warmUpWeighsTheRatioOfOneSample(double share) {
    List<VaeModel> models =
        List.of(
            new Iwae(1, false),
            new Miwae(6, 1, false),
            new Ciwae(1, 6),
            new Ciwae(0, 1),
            new Piwae(1, 1));
    for (VaeModel model : models) {
      try (Scope _ = Scope.withoutGradients()) {
        Terms terms = warming(model, networks(model), share);
        double expected =
            part(terms, Terms.RECONSTRUCTION) + share * WEIGHT * part(terms, "kl_monte_carlo");
        Golden.assertClose(expected, terms.loss().item(), 1e-13, 0, model.toString());
      }
    }
  }

  /// The first epoch has no KL, but samples are weighed by the full weight: the limit in which the
  /// weight inside the logarithm falls too is the error of the best sample alone.
  @Test
  void warmUpBeginsWithSamplesWeighedByTheirLikelihood() {
    VaeModel model = new Iwae(6, false);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks(model);
      double[] errors =
          ImportanceSamples.of(
                  new Batch(
                      SmallNetworks.batch(Precision.FP64, 7, 6),
                      new SeededNoise(3, Precision.FP64),
                      3,
                      true),
                  networks,
                  FULL.atShare(0),
                  6)
              .error()
              .doubles(); // (7, 6)
      double mean = 0;
      double best = 0;
      for (int row = 0; row < 7; row++) {
        double sum = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int sample = 0; sample < 6; sample++) {
          double error = errors[6 * row + sample];
          sum += Math.exp(-error / WEIGHT) / 6;
          smallest = Math.min(smallest, error);
        }
        mean += -WEIGHT * Math.log(sum) / 7;
        best += smallest / 7;
      }
      double loss = warming(model, networks, 0).loss().item();
      Golden.assertClose(mean, loss, 1e-12, 0, "loss");
      assertTrue(loss > best * 1.001, loss + " is not above " + best);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"iwae", "miwae", "ciwae", "piwae"})
  void warmUpBeginsWithFiniteGradients(String name) {
    VaeModel model = Models.CATALOGUE.member(name).create(Map.of());
    try (Scope _ = Scope.open()) {
      Networks networks = networks(model);
      warming(model, networks, 0).loss().backward();
      networks
          .trained()
          .forEach((parameter, value) -> {
            for (double slope : Objects.requireNonNull(value.gradient(), parameter).doubles()) {
              assertTrue(Double.isFinite(slope), parameter);
            }
          });
    }
  }

  private static final Objective FULL = new Objective(WEIGHT, 0, false, 70);

  private static Terms warming(VaeModel model, Networks networks, double share) {
    Tensor x = SmallNetworks.batch(Precision.FP64, 7, 6);
    Noise noise = new SeededNoise(3, Precision.FP64);
    return model.loss(new Batch(x, noise, 3, true), networks, FULL.atShare(share));
  }

  private static Map<String, double[]> gradients(VaeModel model) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      Networks networks = networks(model);
      loss(model, networks).loss().backward();
      networks
          .trained()
          .forEach((name, parameter) ->
              gradients.put(name, Objects.requireNonNull(parameter.gradient(), name).doubles()));
    }
    return gradients;
  }

  @ParameterizedTest
  @ValueSource(strings = {"miwae", "ciwae", "piwae"})
  void refusesWhatTheBoundHasNoPlaceFor(String name) {
    VaeModel model = Models.CATALOGUE.member(name).create(Map.of());
    IllegalArgumentException bits =
        assertThrows(
            IllegalArgumentException.class, () -> model.check(new Objective(1, 0.5, false, 9)));
    assertEquals(
        "free-bits must be 0 for %s, whose bound has no KL by unit, but was 0.5".formatted(name),
        bits.getMessage());
    assertThrows(IllegalArgumentException.class, () -> model.check(new Objective(0, 0, false, 9)));
  }
}
