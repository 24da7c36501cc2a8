package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;

/// Open points that stand in a section of their own: settings of models and optimizers,
/// `validation.latent` and `data.fit`.
class ReadingsTest {
  private static final Execution HERE = new Execution("fp32", "libtorch", "cpu", 1);
  private static final String STUDY =
      """
      data: {matrix: m.tsv}
      space: {model: [vae, iwae], optimizer: [adam, sgd]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void putAMatrixThere() throws IOException {
    Files.writeString(folder.resolve("m.tsv"), "");
  }

  private Study study(String text, String... sets) {
    return StudyFile.parse(STUDY + text, "s.yaml", folder, List.of(sets));
  }

  private String refusal(String text, String... sets) {
    return String.valueOf(
        assertThrows(UserError.class, () -> study(text, sets), text).getMessage());
  }

  private static List<String> ids(Study study) {
    return Plan.of(study, "hash", "", HERE).trials().stream().map(Trial::id).toList();
  }

  private static List<String> sortedIds(Study study) {
    return ids(study).stream().sorted().toList();
  }

  /// Running the resolved file gives the same trials in the same order.
  private void assertResolvesToItself(Study study) {
    Study again = StudyFile.parse(study.yaml(), "study.yaml", Path.of("/elsewhere"));
    assertEquals(study.yaml(), again.yaml());
    assertEquals(study, again);
    assertEquals(ids(study), ids(again));
  }

  @Test
  void aSettingOfAModelIsAReadingOfItsCells() {
    Study study = study("readings: {iwae: {compat: [none, pytorch-vae]}}");
    assertEquals(2 + 4, study.cells().size());
    for (Cell cell : study.cells()) {
      assertEquals(cell.text("model").equals("iwae"), cell.values().containsKey("iwae.compat"));
    }
    assertEquals(List.of("iwae.compat"), varying(study.readings()));
    assertEquals(List.of(), varying(study.rules()));
    assertResolvesToItself(study);
  }

  private static List<String> varying(List<Dimension> dimensions) {
    return dimensions.stream().filter(Dimension::varies).map(Dimension::key).toList();
  }

  @Test
  void aSettingOfAnOptimizerIsAReadingOfItsCells() {
    Study study =
        study(
            """
            readings:
              sgd: {momentum: [0, 0.9]}
              adam: {weight-decay: [0, 0.1]}
            """);
    assertEquals(2 * (2 + 2), study.cells().size());
    assertEquals(List.of("sgd.momentum", "adam.weight-decay"), varying(study.readings()));
    for (Cell cell : study.cells()) {
      boolean sgd = cell.text("optimizer").equals("sgd");
      assertEquals(sgd, cell.values().containsKey("sgd.momentum"));
      assertEquals(sgd, cell.values().containsKey("weight-decay"));
    }
    assertResolvesToItself(study);
  }

  /// Where a value stands is no part of what a trial is.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iwae.compat|none,pytorch-vae|models
          iwae.samples|5,50|models
          sgd.momentum|0,0.9|optimizers
          adam.weight-decay|0,0.1|optimizers
          """)
  void trialsAreThoseOfTheSettingsOwnSection(String key, String values, String section) {
    Study read = study("", "readings." + key + "=" + values);
    assertEquals(sortedIds(study("", section + "." + key + "=" + values)), sortedIds(read));
    assertEquals(6, new HashSet<>(ids(read)).size());
    List<String> each = new ArrayList<>();
    for (String value : values.split(",", -1)) {
      each.addAll(ids(study("", section + "." + key + "=" + value)));
    }
    assertEquals(new HashSet<>(each), new HashSet<>(ids(read)));
    assertResolvesToItself(read);
  }

  /// A study that tries both adds trials to those of a study that has one.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          validation.latent|sampled|mean
          data.fit|all|train
          """)
  void keysOfSectionsAreReadings(String key, String first, String second) {
    Study both = study("", "readings.%s=%s,%s".formatted(key, first, second));
    assertEquals(List.of(key), varying(both.readings()));
    assertEquals(8, both.cells().size());
    assertResolvesToItself(both);
    List<String> apart = new ArrayList<>(ids(study("", key + "=" + first)));
    assertEquals(4, apart.size());
    assertResolvesToItself(study("", key + "=" + second));
    apart.addAll(ids(study("", key + "=" + second)));
    assertEquals(new HashSet<>(apart), new HashSet<>(ids(both)));
    assertEquals(8, new HashSet<>(apart).size());
    String option = "readings.%s=%s,%s".formatted(key, first, second);
    assertEquals(sortedIds(both), sortedIds(study("", key + "=" + second, option)));
    assertEquals(4, study("", option, key + "=" + second).cells().size());
  }

  private List<FinishedTrial> trained(String... sets) {
    Path data = Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();
    Study study =
        StudyFile.parse(
            """
            data: {matrix: smoke_cc0.tsv.gz, select: {keep: 40}}
            space: {model: vae, latent: 2, learning-rate: 0.01, hidden: [8]}
            train: {batch: 40, max-epochs: 3, stop: none}
            repeats: 2
            """,
            "s.yaml",
            data,
            List.of(sets));
    InMemoryTrialStore store = new InMemoryTrialStore();
    try (StudySession session = StudySession.open(study)) {
      new LocalTrialRunner(
              session.trainer(),
              folder.resolve("models"),
              Study.KeepWeights.NONE,
              new RunOptions(2, 1L << 30, Integer.MAX_VALUE, null),
              System::nanoTime)
          .run(Remaining.of(session.plan(), store), store, StudyListener.NONE, () -> false);
    }
    return store.trials().stream().sorted(Comparator.comparing(FinishedTrial::id)).toList();
  }

  /// Everything but times.
  private static List<String> results(List<FinishedTrial> trials) {
    return trials.stream()
        .map(trial -> trial.id() + trial.dataHash() + trial.metrics() + trial.curve())
        .map(text -> text.replaceAll(", seconds=[^}]*", ""))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"validation.latent,sampled,mean", "data.fit,all,train"})
  void aReadingTrainsWhatAStudyOfItsOwnTrains(String key, String first, String second) {
    List<FinishedTrial> both = trained("readings.%s=%s,%s".formatted(key, first, second));
    List<String> apart = new ArrayList<>(results(trained(key + "=" + first)));
    apart.addAll(results(trained(key + "=" + second)));
    assertEquals(apart.stream().sorted().toList(), results(both));
    assertEquals(
        Set.of(first, second),
        both.stream().map(trial -> trial.settings().get(key)).collect(Collectors.toSet()));
    boolean sameData = key.equals("validation.latent");
    assertEquals(sameData ? 2 : 4, both.stream().map(FinishedTrial::dataHash).distinct().count());
    // The same steps; what validates differs.
    assertEquals(sameData ? 2 : 4, distinct(both, "train_loss"));
    assertEquals(4, distinct(both, "val_loss"));
  }

  private static long distinct(List<FinishedTrial> trials, String term) {
    return trials.stream()
        .map(trial -> trial.curve().stream().map(epoch -> epoch.terms().get(term)).toList())
        .distinct()
        .count();
  }

  @Test
  void keysMayBeWrittenAsTheColumnsOfTrialsAre() {
    Study study =
        study(
            """
            readings:
              # The code base's form, or the paper's.
              iwae.compat: [none, pytorch-vae]
              iwae: {samples: [5, 50]}
              stop.rule: [relative-change, none]
            """);
    assertEquals(List.of("iwae.samples", "iwae.compat", "stop.rule"), varying(study.readings()));
    assertTrue(study.yaml().contains("# The code base's form, or the paper's."), study.yaml());
    assertResolvesToItself(study);
    assertEquals(
        "s.yaml, line 5: readings.iwae.compat stands here and above (s.yaml, line 4); keep one",
        refusal("readings:\n  iwae: {compat: none}\n  iwae.compat: [none, pytorch-vae]"));
    assertEquals(
        "s.yaml, line 5: readings.stop stands here and above (s.yaml, line 4); keep one",
        refusal("readings:\n  stop: none\n  stop.tolerance: [0.1, 0.2]"));
  }

  @Test
  void aSettingThatIsAReadingStandsNowhereElse() {
    assertEquals(
        "s.yaml, line 4: models.iwae.compat stands here and as a reading (s.yaml, line 3); keep one",
        refusal("readings: {iwae: {compat: [none, pytorch-vae]}}\nmodels: {iwae: {compat: none}}"));
    Study option = study("models: {iwae: {samples: 7}}", "readings.iwae.samples=5,50", "repeats=1");
    assertEquals(List.of("iwae.samples"), varying(option.readings()));
    assertEquals(6, option.cells().size());
    Study back = study("readings: {iwae: {samples: [5, 50]}}", "models.iwae.samples=7");
    assertEquals(ids(study("models: {iwae: {samples: 7}}")), ids(back));
  }

  @Test
  void readingsOfAModelThatIsNotInUseAreLeftOut() {
    Study study = study("readings: {infovae: {reg-weight: [10, 110]}}");
    assertEquals(ids(study("")), ids(study));
    assertFalse(study.cells().getFirst().values().containsKey("infovae.reg-weight"));
    assertResolvesToItself(study);
  }

  @Test
  void thePresetsOpenPointsBecomeReadings() throws IOException {
    Files.writeString(folder.resolve("HiSeqV2.gz"), "");
    Study study =
        StudyFile.read(
            "korkic2021",
            new Overrides(
                List.of("readings.iwae.compat=none,pytorch-vae"), null, null, null, folder));
    assertEquals(360 + 90, study.cells().size());
    assertResolvesToItself(study);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          readings: {iwae: {compta: none}}|unknown key readings.iwae.compta; did you mean \
          readings.iwae.compat?
          readings: {iwae: 5}|readings.iwae must be keys with values but was 5
          readings: {sgd: {momentum: [0, 1]}}|readings.sgd.momentum must be a number in [0, 1) but was 1
          readings: {iwaee: {compat: none}}|unknown key readings.iwaee; did you mean readings.iwae?
          train: {infovae: {reg-weight: 10}}|unknown key train.infovae.reg-weight; did you mean \
          models.infovae.reg-weight, where a list is a dimension too?
          validation: {latent: [sampled, mean]}|validation.latent must be one value but was \
          [sampled, mean]; a list stands under readings.validation.latent
          train: {validation: {latent: mean}}|unknown key train.validation.latent; did you mean \
          readings.validation.latent, where a list is a dimension too?
          readings: {data.scale: [none, z-score]}|unknown key readings.data.scale; did you mean data.scale?
          sgd: {momentum: 0.9}|unknown key sgd.momentum; did you mean optimizers.sgd.momentum, \
          where a list is a dimension too?
          train: {iwae: 5}|unknown key train.iwae; did you mean models.iwae, where a list is a \
          dimension too?
          """)
  void pointsToThePlace(String line, String message) {
    assertEquals("s.yaml, line 3: " + message, refusal(line));
  }

  @Test
  void pointsFromSpaceToModels() {
    assertEquals(
        "--set space.infovae.reg-weight=10,110: unknown key space.infovae.reg-weight; did you mean"
            + " models.infovae.reg-weight, where a list is a dimension too?",
        refusal("", "space.infovae.reg-weight=10,110"));
    for (String key : List.of("infovae.reg-weigth: [10, 110]", "infovae: {reg-weigth: 10}")) {
      UserError error =
          assertThrows(
              UserError.class,
              () ->
                  StudyFile.parse(
                      "data: {matrix: m.tsv}\nspace: {%s}".formatted(key), "s.yaml", folder));
      assertEquals(
          "s.yaml, line 2: unknown key space.infovae.reg-weigth; did you mean"
              + " models.infovae.reg-weight, where a list is a dimension too?",
          error.getMessage());
    }
  }
}
