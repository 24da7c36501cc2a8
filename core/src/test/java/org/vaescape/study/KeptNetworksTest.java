package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.data.Part;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Models;
import org.vaescape.model.NetworkParts;
import org.vaescape.model.NetworkShape;
import org.vaescape.model.Networks;
import org.vaescape.model.WeightsFile;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizers;
import org.vaescape.train.TrainingSettings;

/// Whether a file of kept weights says all that is needed to use them.
class KeptNetworksTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();
  private static final String STUDY =
      """
      data: {matrix: smoke_cc0.tsv.gz, select: {keep: 40}}
      space: {model: vae, latent: 3, learning-rate: 0.01, hidden: [8]}
      train: {batch: 40, max-epochs: 2, stop: none}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "space.hidden=[]",
        "space.hidden=[12, 7] train.normalization=layer train.dropout=0.2 train.activation=gelu",
        "train.normalization=none train.output=linear train.output-norm=none data.scale=z-score",
        "train.heads=normalized train.output=softplus train.initializer=orthogonal"
      })
  void aNetworkIsRebuiltFromItsFileAlone(String sets) {
    List<String> changes = Arrays.stream(sets.split("(?<!,) ", -1)).toList();
    Study study = StudyFile.parse(STUDY, "s.yaml", DATA, changes);
    try (StudySession session = StudySession.open(study)) {
      InMemoryTrialStore store = new InMemoryTrialStore();
      new LocalTrialRunner(
              session.trainer(),
              folder.resolve("models"),
              Study.KeepWeights.ALL,
              new RunOptions(1, 1L << 30, 1, null),
              System::nanoTime)
          .run(Remaining.of(session.plan(), store), store, StudyListener.NONE, () -> false);
      FinishedTrial trial = store.trials().getFirst();
      WeightsFile file = WeightsFile.read(folder.resolve("models/" + trial.id() + ".safetensors"));
      double mse =
          ((LocalTrainer) session.trainer())
              .withData(0, data -> mse(file, data.prepared().validation()));
      assertEquals(trial.metric("val_mse"), mse, 1e-6 * mse);
    }
  }

  /// The settings that the file's header names, and no others.
  private TrainingSettings settings(WeightsFile file) {
    List<String> sets = new ArrayList<>();
    file.metadata()
        .forEach((key, text) -> {
          if (key.startsWith("setting.")) {
            String setting = key.substring("setting.".length());
            sets.add(section(setting) + "." + setting + "=" + text);
          }
        });
    Study study = StudyFile.parse("data: {matrix: smoke_cc0.tsv.gz}", "header", DATA, sets);
    List<Cell> cells = study.cells();
    assertEquals(1, cells.size());
    return CellTraining.settings(
        study, cells.getFirst(), 100, new Numerics(Precision.FP32, Device.CPU, 1));
  }

  private static String section(String key) {
    String owner = key.replaceFirst("\\..*", "");
    if (Models.CATALOGUE.names().contains(owner)) {
      return "models";
    }
    if (OpenPoints.SECTIONS.contains(owner)) {
      return "readings";
    }
    return Optimizers.CATALOGUE.names().contains(owner) ? "optimizers" : "space";
  }

  private double mse(WeightsFile file, Part part) {
    TrainingSettings settings = settings(file);
    NetworkShape shape =
        new NetworkShape(part.genes(), settings.hidden(), settings.latent(), settings.style());
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          new Networks(
              shape,
              NetworkParts.of(settings.model(), settings.reconstruction(), shape),
              (name, _, _) -> doubles(file.weights().array(name).values()),
              Precision.FP32,
              Device.CPU);
      assertEquals(
          file.weights().arrays().keySet(),
          networks.weights().arrays().keySet(),
          "names of the weights");
      networks.use(Networks.Mode.EVALUATION);
      Tensor x = Tensor.of(DType.FLOAT32, part.values(), part.size(), part.genes());
      Tensor y = networks.reconstruct(settings.model().latent(x, networks).mean(), x);
      double mse = y.squaredError(x).mean().item();
      assertTrue(mse > 0, () -> String.format(Locale.ROOT, "an error of %g", mse));
      return mse;
    }
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }
}
