package org.vaescape.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Activations;
import org.vaescape.model.GenePath;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.Reconstructions;

/// A trial whose memory is measured, one epoch of two steps long.
record MemoryCase(TrainingSettings training, int genes) {
  private static final Map<String, String> USUAL =
      words(
          """
          path=plain precision=fp32 optimizer=adam restore=last term=mse genes=4000 hidden=256 \
          latent=50 activation=relu normalization=batch dropout=0 output=sigmoid output-norm=true\
          """);

  /// From a line like `vae batch=500 genes=4000`: what it leaves out is [#USUAL], and other words
  /// are settings of the model.
  static MemoryCase of(String line) {
    String[] parts = line.split(" ", 2);
    Map<String, String> given = words(parts[1]);
    Words words = new Words(given);
    int batch = Integer.parseInt(Objects.requireNonNull(given.remove("batch")));
    Map<String, String> modelSettings = new HashMap<>(given);
    modelSettings.keySet().removeAll(USUAL.keySet());
    return new MemoryCase(
        new TrainingSettings(
            Models.CATALOGUE.member(parts[0]).create(modelSettings),
            Arrays.stream(words.of("hidden").split(",")).map(Integer::valueOf).toList(),
            words.count("latent"),
            style(words),
            Initialization.PYTORCH,
            Optimizers.CATALOGUE.member(words.of("optimizer")).create(Map.of()),
            1e-3,
            new ConstantRate(),
            Reconstructions.CATALOGUE.member(words.of("term")).create(Map.of()),
            false,
            1e-4,
            new NoWarmUp(),
            0,
            batch,
            false,
            new Stopping(new NoStop(), 1, Stopping.Restore.of(words.of("restore")), 0),
            OptionalDouble.empty(),
            Validation.SAMPLED,
            false,
            new Numerics(
                Precision.valueOf(words.of("precision").toUpperCase(Locale.ROOT)),
                GenePath.Choice.of(words.of("path")),
                Device.CPU,
                1),
            Optional.empty()),
        words.count("genes"));
  }

  private static LayerStyle style(Words words) {
    return new LayerStyle(
        Activations.CATALOGUE.member(words.of("activation")).create(Map.of()),
        Normalizations.CATALOGUE.member(words.of("normalization")).create(Map.of()),
        Double.parseDouble(words.of("dropout")),
        Outputs.CATALOGUE.member(words.of("output")).create(Map.of()),
        Boolean.parseBoolean(words.of("output-norm")),
        false);
  }

  private static Map<String, String> words(String text) {
    Map<String, String> words = new HashMap<>();
    Stream.of(text.split(" "))
        .map(word -> word.split("=", 2))
        .forEach(pair -> words.put(pair[0], pair[1]));
    return words;
  }

  /// What a line says, or what is usual.
  private record Words(Map<String, String> given) {
    String of(String key) {
      return given.getOrDefault(key, Objects.requireNonNull(USUAL.get(key)));
    }

    int count(String key) {
      return Integer.parseInt(of(key));
    }
  }

  int trainingSamples() {
    return 2 * training.batch();
  }

  long estimate() {
    return MemoryEstimate.bytes(training, genes, trainingSamples());
  }
}
