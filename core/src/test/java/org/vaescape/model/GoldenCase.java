package org.vaescape.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.vaescape.Arithmetic;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.engine.Device;
import org.vaescape.engine.Tensor;

/// One case of a golden file of `models/`: a network, a batch, noise, and what comes of them.
record GoldenCase(String file, JsonNode json) {

  /// Every file that a test class covers, in each precision.
  static Stream<Arguments> filesInEachArithmetic(Class<?> test) {
    Covers covers = Objects.requireNonNull(test.getAnnotation(Covers.class));
    return Arrays.stream(covers.value())
        .flatMap(file ->
            Stream.of(Arithmetic.values()).map(arithmetic -> Arguments.of(file, arithmetic)));
  }

  static List<GoldenCase> of(String file) {
    List<GoldenCase> cases = new ArrayList<>();
    Golden.at(Golden.read(file), "cases").forEach(json -> cases.add(new GoldenCase(file, json)));
    return cases;
  }

  /// Files that are not called as their model is.
  ///
  /// @param files beginning of their names
  /// @param setting what the rest of a name is a value of; empty for none
  private record Family(String files, String model, String setting) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("infovae-", "infovae", "kernel"),
          new Family("wae-mmd-", "wae", "kernel"),
          new Family("dip-vae-", "dip-vae", "form"),
          new Family("beta-tcvae", "beta-tcvae", ""),
          new Family("iwae-burda", "iwae", ""),
          new Family("logcosh", "logcosh-vae", ""));

  private static final String PYTORCH_VAE = "-pytorchvae";

  /// What `anneal_rate` is a share of.
  private static final int ANNEALING = 10_000;

  /// The model with the case's hyper-parameters, in the form that the file holds.
  VaeModel model() {
    String whole = file.substring(file.indexOf('/') + 1);
    String name = whole.replace(PYTORCH_VAE, "");
    Map<String, Object> settings = new LinkedHashMap<>();
    if (whole.endsWith(PYTORCH_VAE)) {
      settings.put("compat", "pytorch-vae");
    }
    String model = name;
    for (Family family : FAMILIES) {
      if (name.startsWith(family.files)) {
        model = family.model;
        if (!family.setting.isEmpty()) {
          settings.put(family.setting, name.substring(family.files.length()));
        }
      }
    }
    Golden.at(json, "hyper_parameters").properties().forEach(entry -> put(entry, settings));
    return Models.CATALOGUE.member(model).create(settings);
  }

  private static void put(Map.Entry<String, JsonNode> entry, Map<String, Object> settings) {
    switch (entry.getKey()) {
      case "kld_weight", "dataset_size" -> {} // in the objective
      case "kernel" -> {} // in the file's name
      case "anneal_rate" -> settings.put("anneal-steps", (long) ANNEALING);
      case "importance_weights" -> settings.put("weighting", entry.getValue().textValue());
      default -> settings.put(entry.getKey().replace('_', '-'), Golden.number(entry.getValue()));
    }
  }

  double klWeight() {
    return hyperParameter("kld_weight", 0);
  }

  private double hyperParameter(String name, double otherwise) {
    JsonNode value = json.at("/hyper_parameters/" + name);
    return value.isMissingNode() ? otherwise : Golden.number(value);
  }

  Objective objective() {
    double samples = hyperParameter("dataset_size", Golden.number(json, "B"));
    return new Objective(klWeight(), 0, false, (int) samples);
  }

  NetworkShape shape() {
    List<Integer> hidden = new ArrayList<>();
    Golden.at(json, "hidden").forEach(size -> hidden.add(size.intValue()));
    return new NetworkShape(
        Golden.at(json, "D").intValue(), hidden, Golden.at(json, "Z").intValue(), true);
  }

  /// Networks with the case's parameters.
  ///
  /// @param statistics member that holds the running statistics: `running_stats_before`
  Networks networks(Arithmetic arithmetic, String statistics) {
    return new Networks(
        shape(),
        NetworkParts.of(model(), new SquaredError(), shape()),
        (name, _, _) -> {
          boolean runs = name.contains("running_");
          return array((runs ? statistics : "parameters") + "/" + name);
        },
        arithmetic.precision(),
        Device.CPU,
        arithmetic.path());
  }

  /// The data of an array of the case.
  double[] array(String path) {
    return Golden.array(json, path).doubles();
  }

  /// An array of the case as a tensor of the arithmetic's storage type, in the file's shape.
  Tensor tensor(Arithmetic arithmetic, String path) {
    Golden.Array array = Golden.array(json, path);
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    return Tensor.of(arithmetic.precision().storage(), array.data(), shape);
  }

  /// The case's noise by purpose; the shape asked for must hold as many numbers. Directions are of
  /// unit length in the file, up to its digits.
  Noise noise(Arithmetic arithmetic) {
    return new Noise() {
      @Override
      public Tensor normal(String purpose, long... shape) {
        return Tensor.of(arithmetic.precision().storage(), array("noise/" + purpose), shape);
      }

      @Override
      public Tensor directions(String purpose, long count, long units) {
        return normal(purpose, count, units);
      }
    };
  }

  /// The case's rows and noise as a step of training.
  Batch batch(Arithmetic arithmetic) {
    long step = Math.round(hyperParameter("anneal_rate", 1) * ANNEALING);
    return new Batch(tensor(arithmetic, "x"), noise(arithmetic), step, true);
  }
}
