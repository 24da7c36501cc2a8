package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Every model on networks of other layers than the standard ones.
class StylesOfModelsTest {

  static Stream<String> models() {
    return Models.CATALOGUE.names().stream();
  }

  private static List<NetworkShape> shapes() {
    LayerStyle none = style(Normalization.NONE, 0, false);
    return List.of(
        new NetworkShape(6, List.of(), 3, none),
        new NetworkShape(6, List.of(5), 3, none),
        new NetworkShape(6, List.of(7, 5, 4), 3, style(Normalization.LAYER, 0.3, false)),
        new NetworkShape(6, List.of(5), 3, style(Normalization.BATCH, 0.3, true)));
  }

  private static LayerStyle style(Normalization normalization, double dropout, boolean heads) {
    return new LayerStyle(Tensor::gelu, normalization, dropout, Tensor::alias, false, heads);
  }

  @ParameterizedTest
  @MethodSource("models")
  void takesAStepOnNetworksOfAnyLayers(String name) {
    List<String> broken = new ArrayList<>();
    for (NetworkShape shape : shapes()) {
      boolean alone = !shape.style().hasBatchNormalization(!shape.hidden().isEmpty());
      for (int rows : alone ? new int[] {9, 1} : new int[] {9}) {
        if (!stepIsFinite(name, shape, rows)) {
          broken.add(shape + ", rows " + rows);
        }
      }
    }
    assertTrue(broken.isEmpty(), () -> broken + " give no finite step");
  }

  private static boolean stepIsFinite(String name, NetworkShape shape, int rows) {
    VaeModel model = Models.CATALOGUE.member(name).create(Map.of());
    try (Scope _ = Scope.open()) {
      Networks networks = SmallNetworks.of(model, shape, Precision.FP32);
      SeededNoise noise = new SeededNoise(5, Precision.FP32);
      networks.use(Networks.Mode.training(noise));
      Tensor x = SmallNetworks.batch(Precision.FP32, rows, 6);
      Tensor loss = SmallNetworks.loss(model, x, networks, noise, 0.1).loss();
      loss.backward();
      return Double.isFinite(loss.item())
          && networks.trained().values().stream()
              .map(Tensor::gradient)
              .filter(Objects::nonNull)
              .allMatch(gradient -> Double.isFinite(gradient.largest()));
    }
  }

  /// The last batch of a validation part may have one sample, whatever the layers.
  @ParameterizedTest
  @MethodSource("models")
  void validatesOneSample(String name) {
    VaeModel model = Models.CATALOGUE.member(name).create(Map.of());
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP32);
      networks.use(Networks.Mode.EVALUATION);
      Tensor x = SmallNetworks.batch(Precision.FP32, 1, 6);
      Terms terms = SmallNetworks.loss(model, x, networks, new SeededNoise(5, Precision.FP32), 0.1);
      assertTrue(Double.isFinite(terms.loss().item()));
      terms.parts().forEach((part, value) -> assertTrue(Double.isFinite(value.item()), part));
    }
  }

  /// The last hidden layer of the decoder, or the code itself, is what every output layer sees.
  @ParameterizedTest
  @MethodSource("models")
  void takesAStepUnderEveryReconstructionWithAndWithoutHiddenLayers(String name) {
    VaeModel model = Models.CATALOGUE.member(name).create(Map.of());
    int accepted = 0;
    for (String member : Reconstructions.CATALOGUE.names()) {
      ReconstructionTerm term = Reconstructions.CATALOGUE.member(member).create(Map.of());
      if (hasATermOfItsOwn(model, term)) {
        continue;
      }
      accepted++;
      for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(5, 4))) {
        NetworkShape shape = new NetworkShape(6, hidden, 3, true);
        NetworkParts parts = NetworkParts.of(model, term, shape);
        try (Scope _ = Scope.withoutGradients()) {
          Networks networks =
              new Networks(shape, parts, SmallNetworks.initializer(1), Precision.FP32, Device.CPU);
          Tensor x = SmallNetworks.batch(Precision.FP32, 9, 6);
          SeededNoise noise = new SeededNoise(5, Precision.FP32);
          double loss = SmallNetworks.loss(model, x, networks, noise, 0.1).loss().item();
          assertTrue(Double.isFinite(loss), member + " with hidden layers " + hidden);
        }
      }
    }
    assertTrue(accepted > 0 || name.equals("logcosh-vae"), "takes no term of the study");
  }

  private static boolean hasATermOfItsOwn(VaeModel model, ReconstructionTerm term) {
    try {
      return !model.reconstruction(term).equals(term);
    } catch (IllegalArgumentException refused) {
      return true;
    }
  }
}
