package org.vaescape.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Arithmetic;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.engine.Device;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Reconstruction terms are scipy's negative log-likelihoods, element by element, and have
/// PyTorch's gradients.
@Covers({
  "reconstructions/bce",
  "reconstructions/gaussian",
  "reconstructions/laplace",
  "reconstructions/nb",
  "reconstructions/zinb"
})
class ReconstructionGoldenTest {
  private static final LayerStyle STYLE =
      new LayerStyle(Tensor::relu, Normalization.NONE, 0, Tensor::sigmoid, false, false);

  static Stream<Arguments> files() {
    return GoldenCase.filesInEachArithmetic(ReconstructionGoldenTest.class);
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheLikelihoodOfEveryElementAndItsGradient(String file, Arithmetic arithmetic) {
    JsonNode root = Golden.read(file);
    for (JsonNode golden : Golden.at(root, "cases")) {
      try (Scope _ = Scope.open()) {
        check(Golden.at(root, "term").textValue(), golden, arithmetic);
      }
    }
  }

  private static void check(String name, JsonNode golden, Arithmetic arithmetic) {
    boolean tight = arithmetic.isExact();
    ReconstructionTerm term = term(name, golden);
    Tensor hidden = tensor(golden, "hidden", arithmetic);
    Tensor x = tensor(golden, "x", arithmetic);
    NetworkShape shape = new NetworkShape((int) x.size(1), List.of(), (int) hidden.size(1), STYLE);
    Networks networks =
        new Networks(
            shape,
            NetworkParts.of(new Vae(), term, shape),
            (_, _, count) -> new double[count],
            arithmetic.precision(),
            Device.CPU,
            arithmetic.path());
    try (Scope _ = Scope.withoutGradients()) {
      Golden.at(golden, "parameters")
          .properties()
          .forEach(entry -> {
            double[] values = Golden.array(entry.getValue()).doubles();
            Tensor parameter = networks.extra(entry.getKey());
            parameter.copyInPlace(
                Tensor.of(arithmetic.precision().storage(), values, parameter.shape()));
          });
    }
    Tensor preactivation =
        hidden.linear(
            networks.extra("output.linear.weight"),
            networks.extra("output.linear.bias"),
            arithmetic.precision().products());
    Decoding decoding = new Decoding(networks, hidden, preactivation, x.shape());
    Tensor errors = term.errors(decoding, x);
    Golden.assertClose(
        Golden.array(golden, "errors").doubles(),
        errors.doubles(),
        tight ? 1e-8 : 1e-4,
        tight ? 1e-10 : 2e-5,
        name + ": errors");
    double[] ofRows = errors.mean(1).doubles();
    Golden.assertClose(
        ofRows,
        networks.reconstructionError(hidden, x).doubles(),
        tight ? 1e-12 : 1e-4,
        tight ? 1e-12 : 1e-5,
        name + ": errors of rows");
    errors.sum().backward();
    double largest = 0;
    for (JsonNode gradient : Golden.at(golden, "gradients")) {
      for (double value : Golden.array(gradient).doubles()) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    double floor = (tight ? 1e-9 : 1e-5) * largest;
    Golden.at(golden, "gradients")
        .properties()
        .forEach(entry ->
            Golden.assertClose(
                Golden.array(entry.getValue()).doubles(),
                Objects.requireNonNull(networks.extra(entry.getKey()).gradient()).doubles(),
                tight ? 1e-8 : 1e-4,
                floor,
                name + ": gradient of " + entry.getKey()));
  }

  private static ReconstructionTerm term(String name, JsonNode golden) {
    Map<String, Object> settings = new LinkedHashMap<>();
    Golden.at(golden, "settings")
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          settings.put(
              entry.getKey(), value.isTextual() ? value.textValue() : Golden.number(value));
        });
    return Reconstructions.CATALOGUE.member(name).create(settings);
  }

  private static Tensor tensor(JsonNode golden, String path, Arithmetic arithmetic) {
    Golden.Array array = Golden.array(golden, path);
    return Tensor.of(
        arithmetic.precision().storage(), array.data(), array.shape()[0], array.shape()[1]);
  }
}
