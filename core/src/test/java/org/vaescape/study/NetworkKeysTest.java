package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;
import org.vaescape.train.TrainingSettings;

/// The keys that say what networks consist of: `activation`, `hidden`, `initializer` and so on.
class NetworkKeysTest {
  private static final Execution HERE = new Execution("fp32", "libtorch", "cpu", 1);

  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  private Study study(String... sets) {
    return StudyFile.parse("data: {matrix: m.tsv}\n", "s.yaml", folder, List.of(sets));
  }

  private static List<String> ids(Study study) {
    return Plan.of(study, "hash", "", HERE).trials().stream().map(Trial::id).toList();
  }

  private static List<TrainingSettings> settings(Study study) {
    Numerics numerics = new Numerics(Precision.FP32, Device.CPU, 1);
    return study.cells().stream()
        .map(cell -> CellTraining.settings(study, cell, 100, numerics))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          activation|relu,leaky-relu,elu,gelu,silu,tanh
          normalization|batch,layer,none
          dropout|0,0.1,0.5
          heads|plain,normalized
          output|sigmoid,linear,softplus
          output-norm|batch,none
          norm-momentum|0.1,0.01
          norm-epsilon|1e-5,0.001
          initializer|pytorch,kaiming-uniform,kaiming-normal,xavier-uniform,xavier-normal,keras,\
          lecun-uniform,lecun-normal,orthogonal,uniform,normal
          hidden|[],[256],[512,256]
          """)
  void everyValueIsATrialAndATrainingOfItsOwn(String key, String values) {
    Study study = study("space." + key + "=" + values);
    int expected = key.equals("hidden") ? 3 : values.split(",", -1).length;
    assertEquals(expected, new HashSet<>(ids(study)).size());
    assertEquals(expected, new HashSet<>(settings(study)).size());
    assertEquals(List.of(key), study.fullSpace().varying());
    assertEquals(ids(study), ids(study("readings." + key + "=" + values)));
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
    if (!key.equals("hidden")) {
      assertEquals(ids(study), ids(study("train." + key + "=" + values)));
    }
  }

  @Test
  void nothingOfHiddenLayersTellsCellsWithoutThemApart() {
    Study study =
        study("space.hidden=[],[256],[512,256]", "space.activation=relu,tanh", "train.dropout=0.1");
    List<String> seen = new ArrayList<>();
    for (Cell cell : study.cells()) {
      boolean plain = cell.text("hidden").equals("[]");
      assertEquals(!plain, cell.values().containsKey("dropout"));
      assertEquals(!plain, cell.values().containsKey("normalization"));
      seen.add(cell.text("hidden") + (plain ? "" : " " + cell.text("activation")));
    }
    assertEquals(
        List.of("[]", "[256] relu", "[256] tanh", "[512, 256] relu", "[512, 256] tanh"), seen);
    assertEquals(5, new HashSet<>(settings(study)).size());
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
    assertEquals(
        ids(study("space.hidden=[]")),
        ids(study("space.hidden=[]", "train.activation=gelu", "train.normalization=none")));
  }

  /// Batch normalisation stands before the output, after the heads or in hidden layers, or nowhere.
  @Test
  void constantsOfBatchNormalisationCountOnlyWhereItStands() {
    Study study =
        study(
            "space.norm-momentum=0.1,0.01",
            "space.output-norm=batch,none",
            "space.heads=plain,normalized",
            "space.normalization=batch,layer",
            "space.hidden=[],[8]");
    // Of 2 x 2 x (1 + 2) networks two have none: without output-norm and heads, [] and [8] layer.
    assertEquals(2 * 12 - 2, study.cells().size());
    assertEquals(2 * 12 - 2, new HashSet<>(settings(study)).size());
    assertEquals(2 * 12 - 2, new HashSet<>(ids(study)).size());
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
  }

  @Test
  void theOutputCountsOnlyForReconstructionsThatLookThroughIt() {
    Study study = study("space.output=sigmoid,linear", "space.reconstruction=mse,bce,nb");
    List<String> seen =
        study.cells().stream()
            .map(cell -> cell.text("reconstruction") + " " + cell.values().get("output"))
            .toList();
    assertEquals(List.of("mse sigmoid", "bce null", "nb null", "mse linear"), seen);
    assertEquals(4, new HashSet<>(ids(study)).size());
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
  }

  @Test
  void layersToInitialiseCountOnlyBesideAnotherInitializer() {
    Study study = study("space.initializer=pytorch,uniform", "space.initializer-layers=all,hidden");
    assertEquals(3, study.cells().size());
    assertEquals(3, new HashSet<>(settings(study)).size());
    assertEquals(ids(study()), ids(study("train.initializer-layers=hidden")));
    assertEquals(ids(study), ids(StudyFile.parse(study.yaml(), "study.yaml", folder)));
  }

  @Test
  void aBatchOfOneNeedsNetworksWithoutBatchNormalisation() {
    UserError refused = assertThrows(UserError.class, () -> study("train.batch=1"));
    assertEquals(
        "s.yaml: vae with adam: batch must be at least 2 under batch normalisation but was 1; for a"
            + " batch of 1 set normalization to none or layer, output-norm to none and heads to"
            + " plain",
        refused.getMessage());
    Set<String> refusals = new HashSet<>();
    for (String set :
        List.of("train.normalization=batch", "train.output-norm=batch", "train.heads=normalized")) {
      refusals.add(
          assertThrows(
                  UserError.class,
                  () ->
                      study(
                          "train.batch=1",
                          "train.normalization=none",
                          "train.output-norm=none",
                          set))
              .getMessage());
    }
    assertEquals(Set.of(String.valueOf(refused.getMessage())), refusals);
    assertFalse(
        study("train.batch=1", "train.normalization=layer", "train.output-norm=none")
            .cells()
            .isEmpty());
    assertTrue(
        study("train.batch=1", "space.hidden=[]", "train.output-norm=none").cells().size() == 1);
  }
}
