package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Losses, gradients, statistics and outputs are PyTorch's, in both precisions.
@Covers({
  "models/ae",
  "models/infovae-imq",
  "models/infovae-rbf",
  "models/infovae-rbf-pytorchvae",
  "models/iwae-burda",
  "models/iwae-pytorchvae",
  "models/logcosh",
  "models/vae"
})
class ModelGoldenTest {
  /// Our name of each term of the files that a loss returns.
  private static final Map<String, String> OUR_NAME =
      Map.of(
          "recon", Terms.RECONSTRUCTION, "kl", Terms.KL, "kl_mc", "kl_monte_carlo", "mmd", "mmd");

  static Stream<Arguments> files() {
    List<String> files =
        List.of(Objects.requireNonNull(ModelGoldenTest.class.getAnnotation(Covers.class)).value());
    return files.stream()
        .flatMap(file ->
            Stream.of(Precision.FP64, Precision.FP32)
                .map(precision -> Arguments.of(file, precision)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheTermsOfTheLoss(String file, Precision precision) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(precision, "running_stats_before");
        Terms terms = loss(golden, networks, precision);
        double mse = reconstruct(golden, precision).meanSquaredError();
        Set<String> ours = new TreeSet<>(terms.parts().keySet());
        Golden.at(golden.json(), "train/terms")
            .properties()
            .forEach(term -> {
              String name = term.getKey();
              ours.remove(OUR_NAME.getOrDefault(name, ""));
              double actual =
                  switch (name) {
                    case "loss" -> terms.loss().item();
                    case "mse" -> mse;
                    case "mmd_unnormalised" -> part(terms, "mmd") * pairs(golden);
                    default -> part(terms, Objects.requireNonNull(OUR_NAME.get(name), name));
                  };
              assertClose(precision, Golden.number(term.getValue()), actual, what(golden, name));
            });
        assertEquals(Set.of(), ours, "terms that the file does not have");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesEveryGradient(String file, Precision precision) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(precision, "running_stats_before");
        loss(golden, networks, precision).loss().backward();
        double largest = Golden.number(golden.json(), "float32_torch_score/gradient_max_abs");
        Set<String> notReached = new TreeSet<>();
        networks
            .parameters()
            .forEach((name, parameter) -> {
              double[] expected = golden.array("gradients/" + name);
              Tensor gradient = parameter.gradient();
              double[] actual = gradient == null ? new double[expected.length] : gradient.doubles();
              if (gradient == null && networks.trained().containsKey(name)) {
                notReached.add(name);
              }
              boolean tight = precision == Precision.FP64;
              Golden.assertClose(
                  expected,
                  actual,
                  tight ? 1e-8 : 1e-4,
                  (tight ? 1e-11 : 1e-5) * largest,
                  what(golden, "gradient of " + name));
            });
        assertEquals(texts(golden, "gradients_not_reached"), notReached);
        assertEquals(
            names(golden, "gradients"),
            new TreeSet<>(networks.parameters().keySet()),
            "parameters with a gradient in the file");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void movesTheRunningStatisticsOnce(String file, Precision precision) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(precision, "running_stats_before");
        Terms terms = loss(golden, networks, precision);
        assertTrue(Double.isFinite(terms.loss().item()));
        assertEquals(
            names(golden, "running_stats_after"), new TreeSet<>(networks.statistics().keySet()));
        networks
            .statistics()
            .forEach((name, statistic) ->
                assertClose(
                    precision,
                    golden.array("running_stats_after/" + name),
                    statistic,
                    what(golden, name)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void encodesSamplesAndDecodesWhileTraining(String file, Precision precision) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Reconstruction made = reconstruct(golden, precision);
        assertClose(precision, golden.array("train/mu"), made.q.mu(), what(golden, "mu"));
        assertClose(
            precision, golden.array("train/logvar"), made.q.logvar(), what(golden, "logvar"));
        assertClose(precision, golden.array("train/z"), made.z, what(golden, "z"));
        assertClose(precision, golden.array("train/xhat"), made.xhat, what(golden, "xhat"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void encodesAndDecodesTheMeanInEvaluation(String file, Precision precision) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = golden.networks(precision, "running_stats_after");
        networks.use(Networks.Mode.EVALUATION);
        Tensor x = golden.tensor(precision, "x");
        Posterior q = networks.encode(x);
        Tensor xhat = networks.decode(q.mu());
        double mse = xhat.squaredError(x).mean().item();
        assertEvaluates(golden, precision, "mu", q.mu().doubles());
        assertEvaluates(golden, precision, "logvar", q.logvar().doubles());
        assertEvaluates(golden, precision, "xhat", xhat.doubles());
        boolean tight = precision == Precision.FP64;
        Golden.assertClose(
            Golden.number(golden.json(), "eval_mean/recon_mse"),
            mse,
            tight ? 1e-8 : 1e-4,
            tight ? 0 : 1e-6,
            what(golden, "recon_mse"));
      }
    }
  }

  /// The running statistics that evaluation starts from are printed to nine digits only.
  private static void assertEvaluates(
      GoldenCase golden, Precision precision, String name, double[] actual) {
    boolean tight = precision == Precision.FP64;
    Golden.assertClose(
        golden.array("eval_mean/" + name),
        actual,
        tight ? 1e-7 : 1e-4,
        tight ? 1e-8 : 1e-6,
        what(golden, name));
  }

  /// The importance-weighted models' losses by sample, from the errors that the networks give, and
  /// their weights.
  @ParameterizedTest
  @MethodSource("files")
  void givesTheLossOfEachSample(String file, Precision precision) {
    if (!file.startsWith("models/iwae")) {
      return; // The other files have one sample and no such members.
    }
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = golden.networks(precision, "running_stats_before");
        Tensor x = golden.tensor(precision, "x");
        Posterior q = networks.encode(x);
        Tensor eps = golden.tensor(precision, "noise/eps");
        Tensor z = q.samples(eps);
        long latent = z.size(2);
        Tensor error =
            networks
                .reconstructionError(z.reshape(z.size(0) * z.size(1), latent), x)
                .reshape(z.size(0), z.size(1));
        boolean burda = file.endsWith("burda");
        Tensor divergence =
            burda
                ? z.square()
                    .minus(eps.square())
                    .sum(2)
                    .minus(q.logvar().sum(1).unsqueeze(1))
                    .times(0.5)
                : q.kl().unsqueeze(1);
        Tensor losses = error.plus(divergence.times(golden.klWeight()));
        assertClose(
            precision, golden.array("train/sample_losses"), losses, what(golden, "sample_losses"));
        Tensor weights = losses.times(burda ? -1 / golden.klWeight() : 1).softmax(1);
        // Dividing by a small weight amplifies the rounding of a 32-bit loss.
        Golden.assertClose(
            golden.array("train/sample_weights"),
            weights.doubles(),
            precision == Precision.FP64 ? 1e-7 : 1e-3,
            1e-6,
            what(golden, "sample_weights"));
      }
    }
  }

  private record Reconstruction(Posterior q, Tensor z, Tensor xhat, Tensor x) {
    double meanSquaredError() {
      return xhat.squaredError(x).mean().item();
    }
  }

  /// What the networks make of the case's batch in training mode, apart from any loss.
  private static Reconstruction reconstruct(GoldenCase golden, Precision precision) {
    Networks networks = golden.networks(precision, "running_stats_before");
    Tensor x = golden.tensor(precision, "x");
    Posterior q = networks.encode(x);
    Tensor z = q.mu();
    if (golden.model().hasPosterior()) {
      Tensor eps = golden.tensor(precision, "noise/eps");
      z = eps.shape().length == 3 ? q.samples(eps) : q.sample(eps);
    }
    Tensor xhat = networks.decode(z.reshape(-1, golden.shape().latent()));
    Tensor target = z.shape().length == 3 ? x.unsqueeze(1) : x;
    long[] shape =
        z.shape().length == 3
            ? new long[] {z.size(0), z.size(1), x.size(1)}
            : new long[] {x.size(0), x.size(1)};
    return new Reconstruction(q, z, xhat.reshape(shape), target);
  }

  private static Terms loss(GoldenCase golden, Networks networks, Precision precision) {
    Tensor x = golden.tensor(precision, "x");
    return golden
        .model()
        .loss(new Batch(x, golden.noise(precision), 0, true), networks, golden.objective());
  }

  private static double part(Terms terms, String name) {
    return Objects.requireNonNull(terms.parts().get(name), name).item();
  }

  private static double pairs(GoldenCase golden) {
    double rows = Golden.number(golden.json(), "B");
    return rows * (rows - 1);
  }

  private static Set<String> texts(GoldenCase golden, String path) {
    Set<String> texts = new TreeSet<>();
    Golden.at(golden.json(), path).forEach((JsonNode text) -> texts.add(text.textValue()));
    return texts;
  }

  private static Set<String> names(GoldenCase golden, String path) {
    Set<String> names = new TreeSet<>();
    Golden.at(golden.json(), path).properties().forEach(entry -> names.add(entry.getKey()));
    return names;
  }

  private static String what(GoldenCase golden, String part) {
    return golden.file() + " " + golden.json().path("name").asText() + ": " + part;
  }

  private static void assertClose(
      Precision precision, double[] expected, Tensor actual, String what) {
    boolean tight = precision == Precision.FP64;
    Golden.assertClose(expected, actual.doubles(), tight ? 1e-8 : 1e-4, tight ? 1e-10 : 1e-6, what);
  }

  private static void assertClose(
      Precision precision, double expected, double actual, String what) {
    boolean tight = precision == Precision.FP64;
    Golden.assertClose(expected, actual, tight ? 1e-10 : 1e-4, tight ? 1e-13 : 1e-6, what);
  }
}
