package org.vaescape.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vaescape.Golden;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;

/// One case of a golden file of `models/`: a network, a batch, noise, and what comes of them.
record GoldenCase(String file, JsonNode json) {

  static List<GoldenCase> of(String file) {
    List<GoldenCase> cases = new ArrayList<>();
    Golden.at(Golden.read(file), "cases").forEach(json -> cases.add(new GoldenCase(file, json)));
    return cases;
  }

  /// The model with the case's hyper-parameters, in the form that the file holds.
  VaeModel model() {
    String name = file.substring(file.indexOf('/') + 1);
    Map<String, Object> settings = new LinkedHashMap<>();
    Golden.at(json, "hyper_parameters")
        .properties()
        .forEach(entry -> {
          String key = entry.getKey().replace('_', '-');
          if (!key.equals("kld-weight") && !key.equals("kernel")) {
            settings.put(key, key.equals("samples") ? entry.getValue().longValue() : number(entry));
          }
        });
    if (name.endsWith("-pytorchvae")) {
      settings.put("compat", "pytorch-vae");
    }
    if (name.startsWith("infovae-")) {
      settings.put("kernel", name.split("-", -1)[1]);
    }
    String member = name.equals("logcosh") ? "logcosh-vae" : name.split("-", -1)[0];
    return Models.CATALOGUE.member(member).create(settings);
  }

  private static double number(Map.Entry<String, JsonNode> entry) {
    return Golden.number(entry.getValue());
  }

  double klWeight() {
    JsonNode weight = json.at("/hyper_parameters/kld_weight");
    return weight.isMissingNode() ? 0 : Golden.number(weight);
  }

  Objective objective() {
    return new Objective(klWeight(), 0, false, Golden.at(json, "B").intValue());
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
  Networks networks(Precision precision, String statistics) {
    return new Networks(
        shape(),
        NetworkParts.of(model(), new SquaredError(), shape()),
        (name, _, _) -> {
          boolean runs = name.contains("running_");
          return array((runs ? statistics : "parameters") + "/" + name);
        },
        precision,
        Device.CPU);
  }

  /// The data of an array of the case.
  double[] array(String path) {
    return Golden.array(json, path).doubles();
  }

  /// An array of the case as a tensor of the precision's storage type, in the file's shape.
  Tensor tensor(Precision precision, String path) {
    Golden.Array array = Golden.array(json, path);
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    return Tensor.of(precision.storage(), array.data(), shape);
  }

  /// The case's noise by purpose; the shape asked for must hold as many numbers.
  Noise noise(Precision precision) {
    return (purpose, shape) -> Tensor.of(precision.storage(), array("noise/" + purpose), shape);
  }
}
