package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.EverySettingMatters;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.train.Optimizer;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Pace;

/// What every model of the catalogue must do; a new one is found by itself.
///
/// Over 400 lines because it is the whole contract in one place, for whoever adds a model.
class VaeModelContractTest {
  private static final int ROWS = 9;
  private static final double KL_WEIGHT = 0.05;

  /// Models whose gradient is not that of their loss, each of which has a test of its own: `piwae`
  /// gives encoder and decoder an objective each, and in `vq-vae` the gradient of the
  /// reconstruction passes straight through the choice of a code.
  private static final Set<String> OTHER_GRADIENT = Set.of("piwae", "vq-vae");

  /// Models whose estimates count some pairs of rows otherwise than others, by their places.
  private static final Set<String> ORDERED_ROWS = Set.of("beta-tcvae");

  static Stream<String> models() {
    return Models.CATALOGUE.names().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesAFiniteLossInSinglePrecision(String name) {
    try (Scope _ = Scope.open()) {
      Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP32);
      Terms terms = loss(model(name), networks, Precision.FP32);
      assertTrue(Double.isFinite(terms.loss().item()));
      assertEquals(0, terms.loss().shape().length, "the loss is a scalar");
      terms.parts().forEach((part, value) -> assertTrue(Double.isFinite(value.item()), part));
      assertTrue(terms.parts().containsKey(Terms.RECONSTRUCTION));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void saysWhichTermItHasInsteadOfTheStudys(String name) {
    ReconstructionTerm ofStudy = new SquaredError();
    Member<VaeModel> member = Models.CATALOGUE.member(name);
    assertEquals(
        model(name).ownTerm().map(term -> term.create(Map.of())).orElse(ofStudy),
        model(name).reconstruction(ofStudy));
    model(name)
        .ownTerm()
        .ifPresent(term -> assertTrue(member.settings().containsAll(term.settings())));
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasTheGradientOfItsLoss(String name) {
    if (OTHER_GRADIENT.contains(name)) {
      return;
    }
    try (Scope _ = Scope.open()) {
      Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP64);
      loss(model(name), networks, Precision.FP64).loss().backward();
      SplittableRandom random = new SplittableRandom(3);
      networks
          .parameters()
          .forEach((parameter, tensor) -> {
            Tensor gradient = tensor.gradient();
            for (int sample = 0; sample < 4; sample++) {
              int entry = random.nextInt(Math.toIntExact(tensor.doubles().length));
              Golden.assertClose(
                  finiteDifference(name, networks, tensor, entry),
                  gradient == null ? 0 : gradient.doubles()[entry],
                  1e-5,
                  1e-8,
                  parameter + "[" + entry + "]");
            }
          });
    }
  }

  private static double finiteDifference(
      String name, Networks networks, Tensor parameter, int entry) {
    double step = 1e-5;
    double[] start = parameter.doubles();
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] moved = start.clone();
      moved[entry] += side == 0 ? step : -step;
      losses[side] = lossWith(name, networks, parameter, moved);
    }
    assertTrue(Double.isFinite(lossWith(name, networks, parameter, start)));
    return (losses[0] - losses[1]) / (2 * step);
  }

  private static double lossWith(
      String name, Networks networks, Tensor parameter, double[] values) {
    try (Scope _ = Scope.withoutGradients()) {
      parameter.copyInPlace(Tensor.of(Precision.FP64.storage(), values, parameter.shape()));
      return loss(model(name), networks, Precision.FP64).loss().item();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesEqualBitsForEqualNoise(String name) {
    List<String> drawn = new ArrayList<>();
    assertEquals(lossAndGradients(name, 5, drawn), lossAndGradients(name, 5, drawn));
    if (model(name).hasPosterior()) {
      assertTrue(drawn.contains(Noise.EPSILON));
    }
    if (!drawn.isEmpty()) {
      assertNotEquals(lossAndGradients(name, 5, drawn), lossAndGradients(name, 6, drawn));
    }
  }

  /// @param drawn what noise was asked for
  private static List<Double> lossAndGradients(String name, long seed, List<String> drawn) {
    SeededNoise noise = new SeededNoise(seed, Precision.FP32);
    try (Scope _ = Scope.open()) {
      Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP32);
      Tensor x = SmallNetworks.batch(Precision.FP32, ROWS, 6);
      Tensor loss =
          SmallNetworks.loss(
                  model(name),
                  x,
                  networks,
                  (purpose, shape) -> {
                    drawn.add(purpose);
                    return noise.normal(purpose, shape);
                  },
                  KL_WEIGHT)
              .loss();
      loss.backward();
      List<Double> numbers = new ArrayList<>(List.of(loss.item()));
      for (Tensor parameter : networks.trained().values()) {
        Tensor gradient = parameter.gradient();
        if (gradient != null) {
          for (double value : gradient.doubles()) {
            numbers.add(value);
          }
        }
      }
      return numbers;
    }
  }

  /// A batch is a ring: which row comes first matters to no model.
  @ParameterizedTest
  @MethodSource("models")
  void doesNotDependOnTheOrderOfTheRowsUnlessNamed(String name) {
    SeededNoise drawn = new SeededNoise(5, Precision.FP64);
    SeededNoise turned = new SeededNoise(5, Precision.FP64, 3, 4, 5, 6, 7, 8, 0, 1, 2);
    SeededNoise mixed = new SeededNoise(5, Precision.FP64, 4, 8, 0, 7, 1, 3, 6, 2, 5);
    double[] x = SmallNetworks.uniform(7, ROWS * 6);
    try (Scope _ = Scope.withoutGradients()) {
      double expected = lossOf(name, x, drawn);
      Golden.assertClose(expected, lossOf(name, turned.permuted(x), turned), 1e-12, 1e-13, name);
      double elsewhere = lossOf(name, mixed.permuted(x), mixed);
      if (ORDERED_ROWS.contains(name)) {
        assertTrue(Math.abs(elsewhere - expected) > 1e-9, name + " does not depend on it");
      } else {
        Golden.assertClose(expected, elsewhere, 1e-12, 1e-13, name);
      }
    }
  }

  private static double lossOf(String name, double[] x, Noise noise) {
    Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP64);
    Tensor batch = Tensor.of(Precision.FP64.storage(), x, ROWS, 6);
    return SmallNetworks.loss(model(name), batch, networks, noise, KL_WEIGHT).loss().item();
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasAKlThatIsNeverNegativeAndZeroAtThePrior(String name) {
    if (!model(name).hasPosterior()) {
      return; // It has no KL; the next test holds it to that.
    }
    try (Scope _ = Scope.withoutGradients()) {
      Networks prior =
          SmallNetworks.withZeros(
              model(name), SmallNetworks.SHAPE, Precision.FP64, "mu.", "logvar.");
      assertEquals(0, part(loss(model(name), prior, Precision.FP64), Terms.KL), 1e-12);
      Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP64);
      assertTrue(part(loss(model(name), networks, Precision.FP64), Terms.KL) > 0);
      Tensor x = SmallNetworks.batch(Precision.FP64, ROWS, 6);
      if (model(name).latent(x, networks) instanceof Latent.OfUnits units) {
        for (double kl : units.klByUnit().doubles()) {
          assertTrue(kl >= 0, "kl " + kl);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void weighsTheSampleThatItsLatentDrawsIfItHasAPosterior(String name) {
    if (!model(name).hasPosterior()) {
      return; // Its latent has no density.
    }
    SeededNoise noise = new SeededNoise(5, Precision.FP64);
    try (Scope _ = Scope.withoutGradients()) {
      Tensor x = SmallNetworks.batch(Precision.FP64, ROWS, 6);
      Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP64);
      Latent.Distribution latent =
          assertInstanceOf(Latent.Distribution.class, model(name).latent(x, networks));
      Latent.Draw draw = latent.draw(noise);
      Golden.assertClose(latent.sample(noise).doubles(), draw.z().doubles(), 0, 0, "z");
      assertEquals(ROWS, draw.logRatio().doubles().length);
      Networks prior =
          SmallNetworks.withZeros(
              model(name), SmallNetworks.SHAPE, Precision.FP64, "mu.", "logvar.");
      Latent.Distribution same = (Latent.Distribution) model(name).latent(x, prior);
      for (double ratio : same.draw(noise).logRatio().doubles()) {
        assertEquals(0, ratio, 1e-12, "log ratio at the prior");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void drawsAsManySamplesAsItSaysIfItHasAPosterior(String name) {
    VaeModel model = model(name);
    Map<String, Long> drawn = new LinkedHashMap<>();
    SeededNoise noise = new SeededNoise(5, Precision.FP64);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(model(name), SmallNetworks.SHAPE, Precision.FP64);
      Terms terms =
          SmallNetworks.loss(
              model,
              SmallNetworks.batch(Precision.FP64, ROWS, 6),
              networks,
              (purpose, shape) -> {
                Tensor made = noise.normal(purpose, shape);
                drawn.put(purpose, (long) made.doubles().length);
                return made;
              },
              KL_WEIGHT);
      assertEquals(model.hasPosterior(), terms.parts().containsKey(Terms.KL));
    }
    long code = model.heads(SmallNetworks.SHAPE.latent()).code();
    long expected = model.hasPosterior() ? code * ROWS * model.samples() : 0;
    assertEquals(expected, drawn.getOrDefault(Noise.EPSILON, 0L), "numbers of noise");
  }

  @ParameterizedTest
  @MethodSource("models")
  void learnsAToyProblem(String name) {
    VaeModel model = model(name);
    Optimizer adam = Optimizers.CATALOGUE.member("adam").create(Map.of());
    try (Scope _ = Scope.open()) {
      Networks networks =
          SmallNetworks.of(model, new NetworkShape(8, List.of(16), 2, true), Precision.FP32);
      Tensor x = onALine(64, 8);
      List<Optimizer.Update<Tensor>> updates =
          networks.trained().values().stream().map(adam::start).toList();
      double before = toyError(model, networks, x);
      for (int step = 0; step < 200; step++) {
        try (Scope _ = Scope.open()) {
          SmallNetworks.loss(model, x, networks, new SeededNoise(step, Precision.FP32), 1e-4)
              .loss()
              .backward();
          try (Scope _ = Scope.withoutGradients()) {
            List<Tensor> parameters = List.copyOf(networks.trained().values());
            for (int i = 0; i < parameters.size(); i++) {
              Tensor gradient = parameters.get(i).gradient();
              if (gradient != null) {
                updates.get(i).apply(gradient, Pace.of(0.01));
              }
              parameters.get(i).clearGradient();
            }
          }
        }
      }
      double after = toyError(model, networks, x);
      assertTrue(
          after < 0.5 * before, "reconstruction went from %s to %s".formatted(before, after));
    }
  }

  private static double toyError(VaeModel model, Networks networks, Tensor x) {
    try (Scope _ = Scope.withoutGradients()) {
      SeededNoise noise = new SeededNoise(-1, Precision.FP32);
      return part(SmallNetworks.loss(model, x, networks, noise, 1e-4), Terms.RECONSTRUCTION);
    }
  }

  /// Points on a line in (0, 1)^genes.
  private static Tensor onALine(int rows, int genes) {
    double[] place = SmallNetworks.uniform(11, rows);
    double[] slope = SmallNetworks.uniform(12, genes);
    double[] values = new double[rows * genes];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5 + (place[i / genes] - 0.5) * (slope[i % genes] > 0.5 ? 0.9 : -0.7);
    }
    return Tensor.of(Precision.FP32.storage(), values, rows, genes);
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasNoSettingThatDoesNothing(String name) {
    Member<VaeModel> member = Models.CATALOGUE.member(name);
    EverySettingMatters.check(
        member, Set.of(), HyperParameter::others, (one, other) -> isEqual(seen(one), seen(other)));
  }

  /// What a model says of the objective is so, whichever of its settings are moved.
  @ParameterizedTest
  @MethodSource("models")
  void dependsOnTheObjectiveAsItSays(String name) {
    Objective usual = new Objective(KL_WEIGHT, 0, false, 10 * ROWS);
    Objective inNats = new Objective(KL_WEIGHT, 0, true, 10 * ROWS);
    Objective heavier = new Objective(2 * KL_WEIGHT, 0, false, 10 * ROWS);
    Objective free = new Objective(KL_WEIGHT, 0.3, false, 10 * ROWS);
    Objective without = new Objective(0, 0, false, 10 * ROWS);
    for (VaeModel model : EverySettingMatters.variants(Models.CATALOGUE.member(name))) {
      List<Double> seen = seen(model, usual);
      assertEquals(model.followsObjective(), !isEqual(seen, seen(model, inNats)), "" + model);
      assertEquals(model.weighsKl(), !isEqual(seen, seen(model, heavier)), "" + model);
      if (!model.weighsKl()) {
        assertEquals(seen, seen(model, free), "" + model);
      }
      if (!model.withoutKl().equals(model)) {
        assertEquals(seen(model, without), seen(model.withoutKl(), without), "" + model);
      }
    }
  }

  private static boolean isEqual(List<Double> some, List<Double> others) {
    double change = some.size() == others.size() ? 0 : 1;
    for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
      change = Math.max(change, Math.abs(others.get(i) - some.get(i)));
    }
    return change <= 1e-9;
  }

  /// All that training is told: the terms at the beginning, on the way and in the end, and what an
  /// opponent is told.
  private static List<Double> seen(VaeModel model) {
    return seen(model, new Objective(KL_WEIGHT, 0, false, 10 * ROWS));
  }

  private static List<Double> seen(VaeModel model, Objective objective) {
    List<Double> numbers = new ArrayList<>();
    for (long step : List.of(0L, 300L, 1_000L, 1_000_000_000L)) {
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
        Batch batch =
            new Batch(
                SmallNetworks.batch(Precision.FP64, ROWS, networks.shape().genes()),
                new SeededNoise(5, Precision.FP64),
                step,
                true);
        Terms terms = model.loss(batch, networks, objective);
        numbers.add(terms.loss().item());
        terms.parts().values().forEach(part -> numbers.add(part.item()));
        if (model instanceof Adversarial adversarial) {
          numbers.add(adversarial.adversaryLoss(batch, networks, objective).item());
          numbers.add(adversarial.adversaryRate());
        }
      }
    }
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("models")
  void refusesAnUnknownSettingByName(String name) {
    Member<VaeModel> member = Models.CATALOGUE.member(name);
    for (HyperParameter setting : member.settings()) {
      String misspelt = setting.name() + "x";
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> member.create(Map.of(misspelt, 1.0)));
      assertEquals(
          "unknown setting %s; did you mean %s?".formatted(misspelt, setting.name()),
          refused.getMessage());
    }
    assertThrows(
        IllegalArgumentException.class, () -> member.create(Map.of("nothing-of-ours", 1L)));
  }

  private static VaeModel model(String name) {
    return Models.CATALOGUE.member(name).create(Map.of());
  }

  private static Terms loss(VaeModel model, Networks networks, Precision precision) {
    Tensor x = SmallNetworks.batch(precision, ROWS, networks.shape().genes());
    return SmallNetworks.loss(model, x, networks, new SeededNoise(5, precision), KL_WEIGHT);
  }

  private static double part(Terms terms, String name) {
    return Objects.requireNonNull(terms.parts().get(name), name).item();
  }
}
