package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlLintTest {
  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  private List<String> warnings(String... sets) {
    Study study = StudyFile.parse("data: {matrix: m.tsv}\n", "s.yaml", folder, List.of(sets));
    return KlLint.check(study, study.cells(), 10_000);
  }

  @Test
  void saysNothingOfTheDefaults() {
    assertEquals(List.of(), warnings());
    assertEquals(List.of(), warnings("train.objective=elbo"));
    assertEquals(List.of(), warnings("space.model=ae", "train.kl-warm-up=linear"));
  }

  @Test
  void warnsOfAWeightForMeansWhereTheLossIsInNats() {
    assertEquals(
        List.of(
            "kl-weight 0.00025 under objective elbo, where the evidence bound has 1, leaves an autoencoder in effect: take kl-weight away, set it to 1, or set objective to mean"),
        warnings("train.objective=elbo", "space.kl-weight=0.00025,0.5,0"));
    assertEquals(
        1, warnings("train.objective=elbo", "space.kl-weight=batch/n", "train.batch=64").size());
    assertEquals(List.of(), warnings("space.kl-weight=0.00025"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: linear, epochs: 30}|{min-epochs: 30}|30|31
          {name: linear, epochs: 12}|relative-change|12|13
          {name: linear, epochs: 10}|patience|5|11
          {name: linear, epochs: 10}|{rule: patience, patience: 7}|8|11
          cyclical|relative-change|12|89
          """)
  void warnsOfAStopBeforeTheWarmUpHasEnded(String warmUp, String stop, int earliest, int full) {
    String[] sets = {"train.kl-warm-up=" + warmUp, "train.stop=" + stop};
    assertEquals(
        List.of(
            "the stopping rule can act from epoch %d on, but the KL has its full weight from epoch %d on only: trials that stop before have another objective; set train.stop.min-epochs to at least %d"
                .formatted(earliest, full, full)),
        warnings(sets));
    assertEquals(List.of(), warnings(sets[0], sets[1], "train.stop.min-epochs=" + full));
    assertEquals(List.of(), warnings(sets[0], "train.stop=none"));
  }

  @Test
  void patienceThatOutlastsTheWarmUpIsSound() {
    assertEquals(
        List.of(),
        warnings("train.kl-warm-up=linear", "train.stop={rule: patience, patience: 10}"));
  }

  @Test
  void warnsOfAWarmUpThatNeverEnds() {
    assertEquals(
        List.of(
            "the stopping rule can act from epoch 12 on, but the KL warm-up does not end within max-epochs 50: such trials have a smaller kl-weight than they say; shorten train.kl-warm-up, or set train.stop to none"),
        warnings("train.kl-warm-up={name: linear, epochs: 50}", "train.max-epochs=50"));
  }

  @Test
  void warnsOfABestEpochWithinTheWarmUp() {
    assertEquals(
        List.of(
            "restore: best can take an epoch before the KL has its full weight, which is from epoch 11 on: such weights come of another objective; set train.restore to last, or train.kl-warm-up to none"),
        warnings("train.kl-warm-up=linear", "train.restore=best", "train.stop=none"));
    assertEquals(List.of(), warnings("train.restore=best"));
  }
}
