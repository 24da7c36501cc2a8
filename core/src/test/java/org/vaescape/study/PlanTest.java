package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.train.Seeds;

class PlanTest {
  private static final String STUDY =
      """
      data: {matrix: m.tsv}
      space: {model: [vae, iwae], latent: [10, 50], optimizer: [adam, sgd]}
      train: {clip: {vae: 0.5}}
      """;
  private static final Execution HERE = new Execution("fp32", "plain", "cpu", 1);

  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  private Study study(String... sets) {
    return StudyFile.parse(STUDY, "s.yaml", folder, List.of(sets));
  }

  private List<String> ids(String... sets) {
    return ids(Plan.of(study(sets), "hash", "", HERE));
  }

  private static List<String> ids(Plan plan) {
    return plan.trials().stream().map(Trial::id).toList();
  }

  @Test
  void idsAreFixedForGood() {
    // If this fails, old studies would be trained again: raise Identity.NUMERICS only if results
    // changed.
    assertEquals(PINNED, ids());
  }

  private static final List<String> PINNED =
      List.of(
          "fe99b7f73674474b",
          "3ee3dbeaff161a76",
          "1767d75d9eb9b7f6",
          "5845c62bc491be3d",
          "d4f0519f67ab2620",
          "4ed9cf6575896e4e",
          "7de591d3c8552484",
          "9829d8b6f675c0e1");

  @Test
  void repeatsAndValuesAddedLaterKeepTheIdsOfEarlierTrials() {
    List<String> before = ids();
    assertEquals(8, before.size());
    for (String more :
        List.of(
            "repeats=3",
            "space.latent=100,50,10",
            "space.optimizer=rmsprop,sgd,adam",
            "space.model=ae,iwae,vae",
            "space.batch=1000,500",
            "models.iwae.samples=5,50",
            "train.stop.tolerance=0.01,0.001",
            "readings.output-norm=batch,none")) {
      List<String> after = ids(more);
      assertTrue(after.size() > before.size(), more);
      assertTrue(after.containsAll(before), more);
    }
  }

  @Test
  void furtherOutcomesAreTrialsOfTheirOwnAndTheOthersStay() {
    assertEquals(ids(), ids("outcomes.compat=none"));
    Study study = study("outcomes.compat=eltager");
    List<String> with = ids(Plan.of(study, "hash", "", HERE));
    assertTrue(with.stream().noneMatch(ids()::contains));
    Study resolved = StudyFile.parse(study.yaml(), "study.yaml", folder);
    assertEquals(with, ids(Plan.of(resolved, "hash", "", HERE)));
  }

  @Test
  void theOrderOfAFileIsNoPartOfATrial() {
    Study other =
        StudyFile.parse(
            """
            train: {clip: {vae: 0.5}}
            space: {optimizer: [sgd, adam], model: [iwae, vae], latent: [50, 10]}
            data: {matrix: m.tsv}
            """,
            "other.yaml",
            folder);
    assertEquals(
        ids().stream().sorted().toList(),
        ids(Plan.of(other, "hash", "", HERE)).stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "space.latent=11",
        "space.learning-rate=0.01",
        "space.hidden=[128]",
        "space.kl-weight=batch/n",
        "train.batch=500",
        "train.drop-last=true",
        "train.weight-decay=0.1",
        "train.scheduler=step",
        "train.max-epochs=99",
        "train.output-norm=none",
        "train.scheduler=constant",
        "train.scheduler.gamma=0.9",
        "train.restore=best",
        "train.horizon=5",
        "train.stop.rule=none",
        "train.stop.rule=loss-and-change",
        "train.stop.rule=patience",
        "train.stop.tolerance=0.02",
        "train.stop.min-epochs=1",
        "train.clip=0.25",
        "seed=1",
        "seeds.split=1",
        "seeds.initialization=1",
        "seeds.order=1",
        "seeds.noise=1",
        "validation.latent=mean",
        "data.missing=mean",
        "data.missing=drop-samples",
        "data.normalize=cpm",
        "data.log=log2",
        "data.fit=all",
        "data.select.by=variance",
        "data.select.keep=100",
        "data.scale=none",
        "data.split.validation=0.2",
        "data.split.test=0.1",
        "data.split.group=none",
        "data.split.stratify=label"
      })
  void everyKeyInUseChangesTheId(String set) {
    assertTrue(ids(set).stream().noneMatch(ids()::contains), set);
  }

  @Test
  void everySettingOfAModelOrOptimizerChangesItsTrialsAlone() {
    for (String set :
        List.of(
            "models.iwae.samples=6",
            "models.iwae.compat=pytorch-vae",
            "optimizers.sgd.momentum=0.9",
            "optimizers.adam.beta1=0.8",
            "optimizers.adam.weight-decay=0.1",
            "optimizers.adam.amsgrad=true")) {
      List<String> same = new ArrayList<>(ids());
      same.retainAll(ids(set));
      assertEquals(4, same.size(), set);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=other",
        "store=other.db",
        "keep.weights=none",
        "train.time-limit=1h",
        "models.infovae.alpha=-1",
        "optimizers.rmsprop.alpha=0.5",
        "train.clip.infovae=0.8",
        "train.stop.patience=5",
        "seeds.order=2021",
        "data.orientation=genes-in-rows",
        "repeats.split=fixed"
      })
  void noKeyOutOfUseChangesTheId(String set) {
    assertEquals(ids(), ids(set));
  }

  @Test
  void dataAndMachineChangeTheId() {
    List<String> before = ids();
    Study study = study();
    for (Plan plan :
        List.of(
            Plan.of(study, "other", "", HERE),
            Plan.of(study, "hash", "labels", HERE),
            Plan.of(study, "hash", "", new Execution("bf16", "plain", "cpu", 1)),
            Plan.of(study, "hash", "", new Execution("fp32", "fast", "cpu", 1)),
            Plan.of(study, "hash", "", new Execution("fp32", "plain", "cuda", 1)),
            Plan.of(study, "hash", "", new Execution("fp32", "plain", "cpu", 2)))) {
      assertTrue(ids(plan).stream().noneMatch(before::contains), plan.toString());
    }
  }

  @Test
  void aFixedSplitChangesLaterRepeatsOnly() {
    List<String> crossed = ids("repeats=2");
    List<String> fixed = ids("repeats.count=2", "repeats.split=fixed");
    assertEquals(crossed.subList(0, 8), fixed.subList(0, 8));
    assertTrue(fixed.subList(8, 16).stream().noneMatch(crossed::contains));
    Study study = study("repeats.count=2", "repeats.split=fixed");
    assertEquals(TrialSeeds.split(study, 0), TrialSeeds.split(study, 1));
    assertNotEquals(
        TrialSeeds.split(study("repeats=2"), 0), TrialSeeds.split(study("repeats=2"), 1));
  }

  @Test
  void cellsOfARepeatShareAllSeedsButTheNoise() {
    Study study = study("repeats=2");
    List<Trial> trials = Plan.of(study, "hash", "", HERE).trials();
    Seeds first = TrialSeeds.of(study, trials.get(0));
    Seeds second = TrialSeeds.of(study, trials.get(1));
    Seeds repeated = TrialSeeds.of(study, trials.get(8));
    assertEquals(first.initialization(), second.initialization());
    assertEquals(first.order(), second.order());
    assertEquals(first.validationNoise(), second.validationNoise());
    assertNotEquals(first.noise(), second.noise());
    assertNotEquals(first.initialization(), repeated.initialization());
    assertNotEquals(first.order(), repeated.order());
    assertNotEquals(first.validationNoise(), repeated.validationNoise());
    assertNotEquals(first.noise(), repeated.noise());
    assertEquals(
        4,
        List.of(first.initialization(), first.order(), first.noise(), first.validationNoise())
            .stream()
            .distinct()
            .count());
  }

  /// Of the second repeat: split, first weights, order, noise of steps, noise of validation.
  private static List<Long> seeds(Study study) {
    Trial trial = Plan.of(study, "hash", "", HERE).trials().getLast();
    Seeds seeds = TrialSeeds.of(study, trial);
    return List.of(
        TrialSeeds.split(study, trial.repeat()),
        seeds.initialization(),
        seeds.order(),
        seeds.noise(),
        seeds.validationNoise());
  }

  @ParameterizedTest
  @CsvSource({
    "seeds.split=7,          10000",
    "seeds.initialization=7, 01000",
    "seeds.order=7,          00100",
    "seeds.noise=7,          00011",
    "seeds.noise=2021,       00000",
    "seed=7,                 11111"
  })
  void aSeedOfItsOwnMovesItsPurposeAlone(String set, String moved) {
    List<Long> before = seeds(study("repeats=2"));
    List<Long> after = seeds(study("repeats=2", set));
    StringBuilder differences = new StringBuilder();
    for (int i = 0; i < before.size(); i++) {
      differences.append(before.get(i).equals(after.get(i)) ? '0' : '1');
    }
    assertEquals(moved, differences.toString());
  }

  @Test
  void everyPurposeWithASeedOfItsOwnIsDeafToTheSeed() {
    String[] sets = {
      "seeds.split=7", "seeds.initialization=8", "seeds.order=9", "seeds.noise=10", "seed=1"
    };
    List<Long> before = seeds(study(Arrays.copyOf(sets, 4)));
    assertEquals(before, seeds(study(sets)));
  }

  /// Trials that differ in nothing else take the same steps, which is what replay rests on.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.stop.rule=none",
        "train.stop.tolerance=0.5",
        "train.max-epochs=7",
        "train.horizon=9",
        "train.restore=best-loss"
      })
  void whenToStopMovesNoSeed(String set) {
    assertEquals(seeds(study()), seeds(study(set)));
  }

  @Test
  void theResolvedStudyHasTheSameTrials() {
    Study study =
        study("repeats=2", "readings.output-norm=batch,none", "seeds.split=7", "seeds.noise=8")
            .withDataHash("hash");
    Study again = StudyFile.parse(study.yaml(), "study.yaml", Path.of("/elsewhere"));
    assertEquals(Plan.of(study, "hash", "", HERE), Plan.of(again, "hash", "", HERE));
    assertEquals("hash", again.data().hash());
  }
}
