package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFile;
import org.vaescape.model.WeightsFile;
import org.vaescape.train.Numerics;
import org.vaescape.train.TrainingMonitor;

class LatentMapTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();
  private static final String STUDY =
      """
      data: {matrix: smoke_cc0.tsv.gz, labels: smoke_cc0.labels.tsv, select: {keep: 40}}
      space: {model: vae, latent: 3, learning-rate: 0.01}
      train: {batch: 32, max-epochs: 2}
      """;

  @TempDir private Path models;

  @Test
  void saysOfEachValidationSampleWhereItIsAndWhatIsKnown() throws Exception {
    WeightsFile kept = trained();
    kept.write(KeptWeights.file(models, "0123456789abcdef"));
    LatentMap map = LatentMap.read(models, "0123456789abcdef").orElseThrow();
    assertEquals(Optional.empty(), LatentMap.read(models, "another"));
    assertEquals(Optional.empty(), LatentMap.read(models.resolve("inner"), "../0123456789abcdef"));
    assertEquals("0123456789abcdef", map.trial());
    List<String> samples = kept.metadata().getOrDefault("samples.validation", "").lines().toList();
    assertEquals(samples, map.points().stream().map(LatentMap.Point::sample).toList());
    Map<String, String> labels = new HashMap<>();
    for (String line : Files.readAllLines(DATA.resolve("smoke_cc0.labels.tsv"))) {
      int tab = line.indexOf('\t');
      labels.put(line.substring(0, tab), line.substring(tab + 1));
    }
    assertEquals(samples.stream().map(labels::get).toList(), map.known().get("label"));
    // Principal components: of mean 0, and without correlation.
    double sumX = map.points().stream().mapToDouble(LatentMap.Point::x).sum();
    double sumXy = map.points().stream().mapToDouble(p -> (double) p.x() * p.y()).sum();
    double sumXx = map.points().stream().mapToDouble(p -> (double) p.x() * p.x()).sum();
    assertEquals(0, sumX / Math.sqrt(sumXx), 1e-4);
    assertEquals(0, sumXy / sumXx, 1e-4);
    assertTrue(map.first() >= map.second() && map.second() > 0 && map.first() < 1);
  }

  @Test
  void isNotThereOfWeightsThatAnOlderVersionKept() throws Exception {
    WeightsFile kept = trained();
    Map<String, String> before = new LinkedHashMap<>(kept.metadata());
    before.keySet().removeIf(key -> key.startsWith("validation."));
    new WeightsFile(kept.weights(), new LinkedHashMap<>(before))
        .write(KeptWeights.file(models, "0123456789abcdef"));
    assertEquals(Optional.empty(), LatentMap.read(models, "0123456789abcdef"));
  }

  @ParameterizedTest
  @CsvSource({
    "samples.validation, one, 1 samples but",
    "validation.label, one, 1 label values but",
    "validation.latent.shares, 0.5, Index 1",
    "validation.latent.shares, x y, \"x\""
  })
  void saysWhichFileIsDamaged(String key, String text, String reason) {
    WeightsFile kept = trained();
    LinkedHashMap<String, String> damaged = new LinkedHashMap<>(kept.metadata());
    damaged.put(key, text);
    Path file = KeptWeights.file(models, "0123456789abcdef");
    new WeightsFile(kept.weights(), damaged).write(file);
    UserError told =
        assertThrows(UserError.class, () -> LatentMap.read(models, "0123456789abcdef"));
    String said = String.valueOf(told.getMessage());
    assertTrue(said.startsWith(file + ": ") && said.contains(reason), said);
  }

  private static WeightsFile trained() {
    Study study = StudyFile.parse(STUDY, "s.yaml", DATA);
    Matrix matrix = MatrixFile.read(study.data().matrix(), study.data().settings().orientation());
    try (LocalTrainer trainer =
        new LocalTrainer(
            study,
            study.unfolded().cells(),
            DataCache.off(),
            matrix,
            SampleFacts.read(study.data(), matrix),
            Numerics.of("fp32", "plain", "cpu", 1),
            new Execution("fp32", "plain", "cpu", 1))) {
      Trial trial = new Trial("0123456789abcdef", study.unfolded().cells().getFirst(), 0);
      Optional<TrainedTrial> trained = trainer.train(trial, TrainingMonitor.NONE);
      return trained.orElseThrow().weights().orElseThrow();
    }
  }
}
