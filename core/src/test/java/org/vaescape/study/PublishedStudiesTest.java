package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.data.DataSettings;
import org.vaescape.search.Cell;

/// The presets of published studies have what those studies say that they tried.
class PublishedStudiesTest {
  @TempDir Path folder;

  @BeforeEach
  void putMatricesThere() throws IOException {
    Files.writeString(folder.resolve("HiSeqV2.gz"), "");
    Files.writeString(
        folder.resolve("EB++AdjustPANCAN_IlluminaHiSeq_RNASeqV2.geneExp.xena.gz"), "");
  }

  private Study preset(String name, String... sets) {
    return StudyFile.read(name, new Overrides(List.of(sets), null, null, null, folder));
  }

  /// Values of a key, those of all cells that have it.
  private static List<String> values(List<Cell> cells, String key) {
    return cells.stream()
        .filter(cell -> cell.values().containsKey(key))
        .map(cell -> cell.text(key))
        .distinct()
        .toList();
  }

  private static void assertValues(List<Cell> cells, Map<String, List<String>> expected) {
    expected.forEach((key, values) -> assertEquals(values, values(cells, key), key));
  }

  @Test
  void eltager2023() {
    Study study = preset("eltager2023");
    List<Cell> cells = study.cells();
    assertEquals(6 * 6 * 6 * 5 * 3 * 2, cells.size());
    assertValues(
        cells,
        Map.ofEntries(
            Map.entry(
                "model",
                List.of("vae", "capacity-vae", "beta-tcvae", "dip-vae", "iwae", "cat-vae")),
            Map.entry("latent", List.of("10", "20", "30", "50", "100", "200")),
            Map.entry("learning-rate", List.of("1e-6", "1e-5", "0.0001", "0.001", "0.01", "0.1")),
            Map.entry(
                "initializer",
                List.of("kaiming-uniform", "uniform", "normal", "xavier-uniform", "xavier-normal")),
            Map.entry("optimizer", List.of("adam", "sgd", "rmsprop")),
            Map.entry("activation", List.of("relu", "tanh")),
            Map.entry("hidden", List.of("[512]")),
            Map.entry("batch", List.of("64")),
            Map.entry("output", List.of("linear")),
            Map.entry("output-norm", List.of("none")),
            Map.entry("stop.rule", List.of("patience")),
            Map.entry("stop.patience", List.of("3")),
            Map.entry("stop.min-delta", List.of("0.0001")),
            Map.entry("cat-vae.compat", List.of("eltager")),
            Map.entry("cat-vae.categories", List.of("33")),
            Map.entry("cat-vae.temperature", List.of("0.5"))));
    // A temperature that stays has no end to fall to.
    assertEquals(List.of(), values(cells, "cat-vae.min-temperature"));
    assertEquals(DataSettings.Scale.Z_SCORE, study.data().settings().scale());
    assertEquals("eltager", study.outcomesCompat());
    assertEquals("eltager", study.validationCompat());
  }

  /// What korkic2021 names as future work.
  @Test
  void korkic2021Extended() {
    Study study = preset("korkic2021-extended");
    List<Cell> cells = study.cells();
    assertTrue(values(cells, "latent").containsAll(List.of("3", "5")));
    assertEquals(List.of("[]", "[256]", "[512, 256]", "[512, 256, 128]"), values(cells, "hidden"));
    assertTrue(
        values(cells, "model")
            .containsAll(
                List.of("vae", "iwae", "infovae", "logcosh-vae", "beta-vae", "miwae", "swae")));
    assertEquals(
        List.of("adam", "rmsprop", "sgd", "adamw", "radam", "lion"), values(cells, "optimizer"));
    assertTrue(values(cells, "initializer").size() >= 3);
    assertEquals(new Repeats(5, Repeats.SplitMode.CROSSED), study.repeats());
    assertEquals(DataSettings.Group.PATIENT, study.data().settings().group());
    assertEquals(DataSettings.Fit.TRAIN, study.data().settings().fit());
    // Textbook losses.
    for (String model : values(cells, "model")) {
      for (String compat : values(cells, model + ".compat")) {
        assertEquals("none", compat, model);
      }
    }
    assertEquals(80_640, 5 * cells.size(), "as its comment says, as of its parts:");
    assertEquals(6_720, trials("space.hidden=[256]", "space.initializer=pytorch"));
    assertEquals(
        1_680,
        trials(
            "space.optimizer=adam",
            "space.initializer=pytorch",
            "space.learning-rate=1e-3,1e-2,1e-1"));
    assertEquals(
        3_360,
        trials(
            "space.optimizer=adam,sgd",
            "space.hidden=[256]",
            "space.learning-rate=1e-3,1e-2,10,100"));
  }

  private int trials(String... sets) {
    return 5 * preset("korkic2021-extended", sets).cells().size();
  }

  @Test
  void korkic2021Readings() {
    Study study = preset("korkic2021-readings");
    List<Cell> cells = study.cells();
    assertTrue(cells.size() >= 2880);
    assertEquals(
        new TreeSet<>(List.of("output-norm", "kl-weight", "drop-last", "stop.rule", "scheduler")),
        new TreeSet<>(
            study.readings().stream().filter(d -> d.varies()).map(d -> d.key()).toList()));
  }

  @Test
  void tybalt2018() {
    List<Cell> cells = preset("tybalt2018").cells();
    assertValues(
        cells,
        Map.ofEntries(
            Map.entry("model", List.of("vae")),
            Map.entry("latent", List.of("100")),
            Map.entry("hidden", List.of("[]", "[100]")),
            Map.entry("heads", List.of("normalized")),
            Map.entry("normalization", List.of("batch")),
            Map.entry("initializer", List.of("keras")),
            Map.entry("output-norm", List.of("none")),
            Map.entry("reconstruction", List.of("bce")), // and with it a sigmoid
            Map.entry("objective", List.of("elbo")),
            Map.entry("optimizer", List.of("adam")),
            Map.entry("learning-rate", List.of("0.0005", "0.001", "0.0015", "0.002", "0.0025")),
            Map.entry("batch", List.of("50", "100", "128", "200")),
            Map.entry("max-epochs", List.of("10", "25", "50", "100")),
            Map.entry("kl-warm-up.epochs", List.of("100", "20", "10", "1")),
            Map.entry("kl-weight", List.of("1", "0"))));
    for (String architecture : List.of("[]", "[100]")) {
      assertEquals(320 + 80, preset("tybalt2018", "space.hidden=" + architecture).cells().size());
    }
  }
}
