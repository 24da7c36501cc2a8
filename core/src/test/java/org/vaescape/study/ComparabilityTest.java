package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;

class ComparabilityTest {
  private static final Execution HERE = new Execution("fp32", "plain", "cpu", 1);

  @TempDir Path folder;
  private final TrialStore store = new InMemoryTrialStore();

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  @BeforeEach
  void keepATrial() {
    store.save(FinishedTrials.learned("a1", 0, 7.25));
  }

  private void claim(String dataHash, String... sets) {
    claim(store, dataHash, sets);
  }

  private void claim(TrialStore store, String dataHash, String... sets) {
    Study study =
        StudyFile.parse(
            "data: {matrix: m.tsv}\nspace: {latent: [10, 50]}", "s.yaml", folder, List.of(sets));
    Comparability.claim(folder, Plan.of(study, dataHash, "", HERE), store);
  }

  private String refusal(String dataHash, String... sets) {
    String message =
        String.valueOf(assertThrows(UserError.class, () -> claim(dataHash, sets)).getMessage());
    String start = folder + " holds trials that cannot be compared with these: ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length(), message.indexOf("; choose"));
  }

  /// A store from before there were such keys has values as they are.
  @Test
  void refusesCountsThatAreTakenOtherwise() {
    claim("a");
    assertEquals("data.log is none there and log2 here", refusal("a", "data.log=log2"));
    String before =
        store
            .note("comparable")
            .orElseThrow()
            .lines()
            .filter(line -> !line.startsWith("data.log\t") && !line.startsWith("data.normalize\t"))
            .collect(Collectors.joining("\n"));
    store.note("comparable", before);
    assertEquals("data.log is none there and log2 here", refusal("a", "data.log=log2"));
    assertEquals("data.normalize is none there and cpm here", refusal("a", "data.normalize=cpm"));
    claim("a");
  }

  @Test
  void takesMoreRepeatsMoreValuesAndLongerLists() {
    claim("a");
    claim("a", "repeats=3");
    claim("a", "space.latent=10,100");
    claim("a", "space.model=iwae", "space.batch=1000,200");
    claim("a", "train.stop.tolerance=0.01,0.02");
    claim("a", "keep.weights=none", "train.time-limit=1h", "models.iwae.samples=5,9");
    claim("a");
  }

  @Test
  void refusesOtherDataPreparationRuleAndMachineWithBothValues() {
    claim("a", "repeats=2");
    String kept = store.note("comparable").orElseThrow();
    assertEquals("content of data.matrix is a there and b here", refusal("b"));
    assertEquals(
        "data.scale is min-max there and none here, batch is 1000 there and 200 here",
        refusal("a", "train.batch=200", "data.scale=none"));
    assertEquals("seed is 2021 there and 1 here", refusal("a", "seed=1"));
    assertEquals("seeds.order is none there and 1 here", refusal("a", "seeds.order=1"));
    assertEquals(
        "repeats.split is crossed there and fixed here",
        refusal("a", "repeats.count=2", "repeats.split=fixed"));
    assertEquals("adam.beta1 is 0.9 there and 0.8 here", refusal("a", "optimizers.adam.beta1=0.8"));
    assertEquals(kept, store.note("comparable").orElseThrow());
  }

  @Test
  void comparesNoSettingsThatAreNotInUse() {
    claim("a", "models.infovae.alpha=-9", "train.stop.patience=3");
    claim("a", "models.infovae.alpha=-1", "train.stop.patience=5");
    claim("a", "models.infovae.alpha=-1", "space.model=vae,infovae");
    assertEquals(
        "infovae.alpha is -1 there and -9 here",
        refusal("a", "space.model=infovae", "models.infovae.alpha=-9"));
  }

  @Test
  void aRunThatWasStoppedBeforeItsFirstTrialBindsNobody() {
    TrialStore empty = new InMemoryTrialStore();
    claim(empty, "a", "train.batch=100");
    claim(empty, "b", "train.batch=200");
    empty.save(FinishedTrials.learned("a1", 0, 7.25));
    assertThrows(UserError.class, () -> claim(empty, "b", "train.batch=100"));
  }

  @Test
  void remembersEveryValueThatItHasTrialsOf() {
    claim("a", "train.batch=100");
    claim("a", "train.batch=100,200");
    claim("a", "train.batch=200");
    claim("a", "train.batch=100");
    assertEquals("batch is 100 or 200 there and 300 here", refusal("a", "train.batch=300"));
  }

  /// As after an update of vaescape.
  @Test
  void saysThatTrialsOfAnotherVersionStayAndNoneAreAdded() {
    claim("a");
    store.note(
        "comparable",
        store.note("comparable").orElseThrow().replaceFirst("numerics\t\\d+", "numerics\t3"));
    assertEquals(
        folder
            + " holds trials of another version of vaescape, whose numbers are not those of this one (numerics is 3 there and "
            + Identity.NUMERICS
            + " here), so that none can be added to them; report, analyze and serve still show them, and another folder (--out) takes trials of this version",
        assertThrows(UserError.class, () -> claim("a")).getMessage());
  }
}
