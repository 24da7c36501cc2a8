package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

/// Losses, gradients and running statistics are those of the papers' formulas in PyTorch, or of a
/// code base's where the file is called after it, an opponent's too.
@Covers({
  "models-more/aae",
  "models-more/cat-vae",
  "models-more/cat-vae-eltager",
  "models-more/factor-vae",
  "models-more/joint-vae",
  "models-more/vamp-vae",
  "models-more/vq-vae"
})
class MoreModelsGoldenTest {

  static Stream<Arguments> files() {
    return GoldenCase.filesInEachArithmetic(MoreModelsGoldenTest.class);
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheTermsOfTheLoss(String file, Arithmetic arithmetic) {
    for (Case golden : cases(file, arithmetic)) {
      try (Scope _ = Scope.open()) {
        Terms terms = golden.loss(golden.networks());
        Set<String> ours = new TreeSet<>(terms.parts().keySet());
        Golden.at(golden.json, "terms")
            .properties()
            .forEach(term -> {
              String name = term.getKey();
              ours.remove(name);
              Tensor actual =
                  name.equals("loss")
                      ? terms.loss()
                      : Objects.requireNonNull(terms.parts().get(name), name);
              golden.assertClose(Golden.number(term.getValue()), actual.item(), name);
            });
        assertEquals(Set.of(), ours, "terms that the file does not have");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesEveryGradient(String file, Arithmetic arithmetic) {
    for (Case golden : cases(file, arithmetic)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks();
        golden.loss(networks).loss().backward();
        golden.assertGradients(networks, "gradients");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void movesTheRunningStatisticsOnce(String file, Arithmetic arithmetic) {
    for (Case golden : cases(file, arithmetic)) {
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = golden.networks();
        assertEquals(0, golden.loss(networks).loss().shape().length);
        Set<String> names = new TreeSet<>();
        Golden.at(golden.json, "running_stats_after")
            .properties()
            .forEach(named -> names.add(named.getKey()));
        assertEquals(names, new TreeSet<>(networks.statistics().keySet()));
        networks
            .statistics()
            .forEach((name, statistic) ->
                golden.assertClose(
                    golden.array("running_stats_after/" + name), statistic.doubles(), name));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheOpponentItsLossAndGradients(String file, Arithmetic arithmetic) {
    for (Case golden : cases(file, arithmetic)) {
      if (!golden.json.has("adversary")) {
        try (Scope _ = Scope.open()) {
          assertEquals(List.of(), List.copyOf(golden.networks().opponent().keySet()));
        }
        continue;
      }
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks();
        Adversarial model = assertInstanceOf(Adversarial.class, golden.model());
        Tensor loss = model.adversaryLoss(golden.batch(), networks, golden.objective());
        golden.assertClose(Golden.number(golden.json, "adversary/loss"), loss.item(), "opponent");
        loss.backward();
        golden.assertGradients(networks, "adversary/gradients");
        networks.trained().forEach((name, parameter) -> assertNull(parameter.gradient(), name));
      }
    }
  }

  /// The mean latent and the KL of each unit, which outcomes are computed from.
  @ParameterizedTest
  @MethodSource("files")
  void saysWhatTheEncoderKnows(String file, Arithmetic arithmetic) {
    for (Case golden : cases(file, arithmetic)) {
      try (Scope _ = Scope.withoutGradients()) {
        Latent latent = golden.model().latent(golden.batch().x(), golden.networks());
        golden.assertClose(golden.array("latent/mean"), latent.mean().doubles(), "mean");
        assertEquals(
            golden.json.at("/latent/kl_by_unit").isMissingNode(),
            !(golden.model().hasPosterior() && latent instanceof Latent.OfUnits));
        if (golden.model().hasPosterior() && latent instanceof Latent.OfUnits units) {
          golden.assertClose(
              golden.array("latent/kl_by_unit"), units.klByUnit().doubles(), "KL by unit");
        }
      }
    }
  }

  private static List<Case> cases(String file, Arithmetic arithmetic) {
    List<Case> cases = new ArrayList<>();
    JsonNode json = Golden.read(file);
    String model = Golden.at(json, "model").textValue();
    Golden.at(json, "cases").forEach(one -> cases.add(new Case(model, one, arithmetic)));
    return cases;
  }

  /// A network, a batch, noise, and what comes of them.
  private record Case(String name, JsonNode json, Arithmetic arithmetic) {
    VaeModel model() {
      Map<String, Object> settings = new LinkedHashMap<>();
      Golden.at(json, "settings")
          .properties()
          .forEach(setting -> settings.put(setting.getKey(), value(setting.getValue())));
      return Models.CATALOGUE.member(name).create(settings);
    }

    private static Object value(JsonNode node) {
      if (node.isArray()) {
        List<Object> values = new ArrayList<>();
        node.forEach(element -> values.add(value(element)));
        return values;
      }
      if (node.isTextual()) {
        return node.textValue();
      }
      return node.isIntegralNumber() ? (Object) node.longValue() : (Object) Golden.number(node);
    }

    Networks networks() {
      List<Integer> hidden = new ArrayList<>();
      Golden.at(json, "hidden").forEach(size -> hidden.add(size.intValue()));
      NetworkShape shape =
          new NetworkShape(
              Golden.at(json, "D").intValue(), hidden, Golden.at(json, "Z").intValue(), true);
      Networks networks =
          new Networks(
              shape,
              NetworkParts.of(model(), new SquaredError(), shape),
              (parameter, _, _) ->
                  array(
                      (parameter.contains("running_") ? "running_stats_before/" : "parameters/")
                          + parameter),
              arithmetic.precision(),
              Device.CPU,
              arithmetic.path());
      Set<String> names = new TreeSet<>();
      Golden.at(json, "parameters").properties().forEach(named -> names.add(named.getKey()));
      assertEquals(names, new TreeSet<>(networks.parameters().keySet()));
      return networks;
    }

    Objective objective() {
      return new Objective(
          Golden.number(json, "kl_weight"), 0, false, Golden.at(json, "B").intValue());
    }

    Batch batch() {
      Golden.Array x = Golden.array(json, "x");
      long[] shape = Arrays.stream(x.shape()).asLongStream().toArray();
      Noise noise =
          (purpose, asked) ->
              Tensor.of(arithmetic.precision().storage(), array("noise/" + purpose), asked);
      return new Batch(
          Tensor.of(arithmetic.precision().storage(), x.data(), shape),
          noise,
          Golden.at(json, "step").longValue(),
          true);
    }

    Terms loss(Networks networks) {
      return model().loss(batch(), networks, objective());
    }

    double[] array(String path) {
      return Golden.array(json, path).doubles();
    }

    void assertClose(double expected, double actual, String what) {
      assertClose(new double[] {expected}, new double[] {actual}, what);
    }

    void assertClose(double[] expected, double[] actual, String what) {
      boolean tight = arithmetic.isExact();
      Golden.assertClose(
          expected, actual, tight ? 1e-8 : 1e-4, tight ? 1e-10 : 1e-6, name + ": " + what);
    }

    /// Against the file's, whose largest sets the scale of what rounding does.
    void assertGradients(Networks networks, String path) {
      double largest =
          networks.parameters().keySet().stream()
              .flatMapToDouble(parameter -> Arrays.stream(array(path + "/" + parameter)))
              .map(Math::abs)
              .max()
              .orElseThrow();
      boolean tight = arithmetic.isExact();
      networks
          .parameters()
          .forEach((parameter, tensor) -> {
            double[] expected = array(path + "/" + parameter);
            Tensor gradient = tensor.gradient();
            Golden.assertClose(
                expected,
                gradient == null ? new double[expected.length] : gradient.doubles(),
                tight ? 1e-8 : 1e-4,
                (tight ? 1e-11 : 1e-5) * largest,
                name + ": " + path + " of " + parameter);
          });
    }
  }
}
