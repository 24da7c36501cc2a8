package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
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
