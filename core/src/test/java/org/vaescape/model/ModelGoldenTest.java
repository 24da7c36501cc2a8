package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Losses, gradients, statistics and outputs are PyTorch's, in both precisions.
@Covers({
  "models/ae",
  "models/beta-tcvae",
  "models/beta-tcvae-columns",
  "models/beta-tcvae-pytorchvae",
  "models/beta-vae",
  "models/dip-vae-i",
  "models/dip-vae-ii",
  "models/dip-vae-pytorchvae",
  "models/infovae-imq",
  "models/infovae-rbf",
  "models/infovae-rbf-pytorchvae",
  "models/iwae-burda",
  "models/iwae-pytorchvae",
  "models/logcosh",
  "models/miwae",
  "models/miwae-pytorchvae",
  "models/swae",
  "models/swae-pytorchvae",
  "models/vae",
  "models/wae-mmd-imq",
  "models/wae-mmd-rbf",
  "models/wae-mmd-rbf-pytorchvae"
})
class ModelGoldenTest {
  /// Our name of each term of the files that a loss returns.
  private static final Map<String, String> OUR_NAME =
      Map.of("recon", Terms.RECONSTRUCTION, "kl_mc", "kl_monte_carlo");

  static Stream<Arguments> files() {
    return GoldenCase.filesInEachArithmetic(ModelGoldenTest.class);
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheTermsOfTheLoss(String file, Arithmetic arithmetic) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(arithmetic, "running_stats_before");
        Terms terms = loss(golden, networks, arithmetic);
        Reconstruction made = reconstruct(golden, arithmetic);
        Set<String> ours = new TreeSet<>(terms.parts().keySet());
        Golden.at(golden.json(), "train/terms")
            .properties()
            .forEach(term -> {
              String name = term.getKey();
              ours.remove(OUR_NAME.getOrDefault(name, name));
              double actual =
                  switch (name) {
                    case "loss" -> terms.loss().item();
                    case "mse" -> made.meanSquaredError();
                    case "l1" -> made.xhat.minus(made.x).abs().mean().item();
                    case "kl" -> part(terms, "kl") * (sumsOverRows(file) ? rows(golden) : 1);
                    case "mmd_unnormalised" -> part(terms, "mmd") * pairs(golden);
                    default -> part(terms, OUR_NAME.getOrDefault(name, name));
                  };
              assertClose(arithmetic, Golden.number(term.getValue()), actual, what(golden, name));
            });
        assertEquals(Set.of(), ours, "terms that the file does not have");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesEveryGradient(String file, Arithmetic arithmetic) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(arithmetic, "running_stats_before");
        loss(golden, networks, arithmetic).loss().backward();
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
              boolean tight = arithmetic.isExact();
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
  void movesTheRunningStatisticsOnce(String file, Arithmetic arithmetic) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(arithmetic, "running_stats_before");
        Terms terms = loss(golden, networks, arithmetic);
        assertTrue(Double.isFinite(terms.loss().item()));
        assertEquals(
            names(golden, "running_stats_after"), new TreeSet<>(networks.statistics().keySet()));
        networks
            .statistics()
            .forEach((name, statistic) ->
                assertClose(
                    arithmetic,
                    golden.array("running_stats_after/" + name),
                    statistic,
                    what(golden, name)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void encodesSamplesAndDecodesWhileTraining(String file, Arithmetic arithmetic) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.open()) {
        Reconstruction made = reconstruct(golden, arithmetic);
        assertClose(arithmetic, golden.array("train/mu"), made.q.mu(), what(golden, "mu"));
        assertClose(
            arithmetic, golden.array("train/logvar"), made.q.logvar(), what(golden, "logvar"));
        assertClose(arithmetic, golden.array("train/z"), made.z, what(golden, "z"));
        assertClose(arithmetic, golden.array("train/xhat"), made.xhat, what(golden, "xhat"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void encodesAndDecodesTheMeanInEvaluation(String file, Arithmetic arithmetic) {
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = golden.networks(arithmetic, "running_stats_after");
        networks.use(Networks.Mode.EVALUATION);
        Tensor x = golden.tensor(arithmetic, "x");
        Posterior q = networks.encode(x);
        Tensor xhat = networks.decode(q.mu());
        double mse = xhat.squaredError(x).mean().item();
        assertEvaluates(golden, arithmetic, "mu", q.mu().doubles());
        assertEvaluates(golden, arithmetic, "logvar", q.logvar().doubles());
        assertEvaluates(golden, arithmetic, "xhat", xhat.doubles());
        boolean tight = arithmetic.isExact();
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
      GoldenCase golden, Arithmetic arithmetic, String name, double[] actual) {
    boolean tight = arithmetic.isExact();
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
  void givesTheLossOfEachSample(String file, Arithmetic arithmetic) {
    if (!file.startsWith("models/iwae") && !file.startsWith("models/miwae")) {
      return; // The other files have one sample and no such members.
    }
    for (GoldenCase golden : GoldenCase.of(file)) {
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = golden.networks(arithmetic, "running_stats_before");
        ImportanceSamples drawn =
            ImportanceSamples.of(
                golden.batch(arithmetic), networks, golden.objective(), golden.model().samples());
        boolean bound = !file.endsWith("pytorchvae");
        Tensor losses =
            bound
                ? drawn.losses()
                : drawn.error().plus(drawn.q().kl().times(golden.klWeight()).unsqueeze(1));
        assertClose(
            arithmetic, golden.array("train/sample_losses"), losses, what(golden, "sample_losses"));
        int[] shape = Golden.array(golden.json(), "train/sample_losses").shape();
        Tensor groups = losses.reshape(-1, shape[shape.length - 1]);
        Tensor weights = groups.times(bound ? -1 / golden.klWeight() : 1).softmax(1);
        // Dividing by a small weight amplifies the rounding of a 32-bit loss.
        Golden.assertClose(
            golden.array("train/sample_weights"),
            weights.doubles(),
            arithmetic.isExact() ? 1e-7 : 1e-3,
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
  private static Reconstruction reconstruct(GoldenCase golden, Arithmetic arithmetic) {
    Networks networks = golden.networks(arithmetic, "running_stats_before");
    Tensor x = golden.tensor(arithmetic, "x");
    Posterior q = networks.encode(x);
    long samples = golden.model().samples();
    long units = golden.shape().latent();
    Tensor z = q.mu().unsqueeze(1); // (batch, samples, latent)
    if (golden.model().hasPosterior()) {
      z = q.samples(golden.tensor(arithmetic, "noise/eps").reshape(x.size(0), samples, units));
    }
    Tensor xhat = networks.decode(z.reshape(-1, units));
    return new Reconstruction(q, z, xhat.reshape(x.size(0), samples, x.size(1)), x.unsqueeze(1));
  }

  private static Terms loss(GoldenCase golden, Networks networks, Arithmetic arithmetic) {
    return golden.model().loss(golden.batch(arithmetic), networks, golden.objective());
  }

  private static double part(Terms terms, String name) {
    return Objects.requireNonNull(terms.parts().get(name), name).item();
  }

  private static double pairs(GoldenCase golden) {
    return rows(golden) * (rows(golden) - 1);
  }

  private static double rows(GoldenCase golden) {
    return Golden.number(golden.json(), "B");
  }

  /// Whether the file's KL is the sum over rows; ours is the mean.
  private static boolean sumsOverRows(String file) {
    return file.endsWith("dip-vae-pytorchvae");
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
      Arithmetic arithmetic, double[] expected, Tensor actual, String what) {
    boolean tight = arithmetic.isExact();
    Golden.assertClose(expected, actual.doubles(), tight ? 1e-8 : 1e-4, tight ? 1e-10 : 1e-6, what);
  }

  private static void assertClose(
      Arithmetic arithmetic, double expected, double actual, String what) {
    boolean tight = arithmetic.isExact();
    Golden.assertClose(expected, actual, tight ? 1e-10 : 1e-4, tight ? 1e-13 : 1e-6, what);
  }
}
