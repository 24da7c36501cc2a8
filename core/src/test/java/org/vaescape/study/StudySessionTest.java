package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFile;
import org.vaescape.data.Preparation;
import org.vaescape.model.Initializers;
import org.vaescape.model.WeightsFile;

class StudySessionTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();
  private static final String STUDY =
      """
      data: {matrix: smoke_cc0.tsv.gz, labels: smoke_cc0.labels.tsv, select: {keep: 40}}
      space: {model: [vae, ae], latent: [2, 3], learning-rate: 0.01, hidden: [8]}
      train: {batch: 40, max-epochs: 2, output-norm: none, stop: none}
      repeats: 3
      """;

  @TempDir Path folder;

  private static Study study(String... sets) {
    return StudyFile.parse(STUDY, "s.yaml", DATA, List.of(sets));
  }

  @Test
  void measuresBatchesAndSurvivalWhereFilesSaySo() throws IOException {
    List<String> samples =
        Files.readAllLines(DATA.resolve("smoke_cc0.labels.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t", -1)[0])
            .toList();
    StringBuilder labels = new StringBuilder("sample\tlabel\tplate\n");
    StringBuilder survival = new StringBuilder("sample\ttime\tevent\n");
    for (int i = 0; i < samples.size(); i++) {
      labels.append("%s\tl%d\tp%d\n".formatted(samples.get(i), i % 2, i % 3));
      if (i > 0) {
        survival.append("%s\t%d\t%d\n".formatted(samples.get(i), i * 7 % 50, i % 2));
      }
    }
    Path labelsFile = Files.writeString(folder.resolve("l.tsv"), labels);
    Path survivalFile = Files.writeString(folder.resolve("s.tsv"), survival);
    String[] sets = {
      "repeats=1",
      "data.split.validation=0.4",
      "data.labels=" + labelsFile,
      "data.batch-column=plate",
      "data.survival=" + survivalFile
    };
    Set<String> ids = new HashSet<>();
    try (StudySession session = StudySession.open(study(sets))) {
      FinishedTrial trial = run(session, 2, 1).getFirst();
      for (String name : List.of("concordance", "pca_concordance", "silhouette_batch")) {
        assertTrue(trial.metrics().containsKey(name), name + " is not in " + trial.metrics());
      }
      String note = "%s: 1 of the %d samples of".formatted(survivalFile, samples.size());
      assertTrue(session.notes().stream().anyMatch(n -> n.startsWith(note)));
      session.plan().trials().forEach(t -> ids.add(t.id()));
      Study resolved = StudyFile.parse(session.study().yaml(), "s.yaml", DATA);
      assertEquals(survivalFile, resolved.data().survival());
      assertEquals("plate", resolved.data().batchColumn());
    }
    sets[3] = "data.batch-column=auto"; // there is neither batch nor source
    try (StudySession session = StudySession.open(study(sets))) {
      assertTrue(session.plan().trials().stream().noneMatch(t -> ids.contains(t.id())));
    }
    sets[3] = "data.batch-column=plat";
    UserError error = assertThrows(UserError.class, () -> StudySession.open(study(sets)));
    assertTrue(error.toString().contains("has no column plat"), error::toString);
  }

  private List<FinishedTrial> run(StudySession session, int workers, int maxTrials) {
    InMemoryTrialStore store = new InMemoryTrialStore();
    run(session, store, workers, maxTrials);
    return store.trials();
  }

  private void run(StudySession session, TrialStore store, int workers, int maxTrials) {
    while (!Remaining.of(session.plan(), store).isEmpty()) {
      new LocalTrialRunner(
              session.trainer(),
              folder.resolve("models"),
              Study.KeepWeights.ALL,
              new RunOptions(workers, 1L << 30, maxTrials, null),
              System::nanoTime)
          .run(Remaining.of(session.plan(), store), store, StudyListener.NONE, () -> false);
    }
  }

  /// Everything that must not depend on how the study was run: all but times.
  private static List<String> results(List<FinishedTrial> trials) {
    List<String> results = new ArrayList<>();
    for (FinishedTrial trial : trials) {
      results.add(
          Stream.of(trial.id(), trial.status(), trial.metrics(), curve(trial), trial.dataHash())
              .toList()
              .toString());
    }
    return results;
  }

  private static List<SequencedMap<String, Double>> curve(FinishedTrial trial) {
    return trial.curve().stream()
        .map(epoch -> {
          SequencedMap<String, Double> terms = new LinkedHashMap<>(epoch.terms());
          terms.remove("seconds");
          return terms;
        })
        .toList();
  }

  @Test
  void resultsDoNotDependOnWorkersOrOnWhereTheRunWasBroken() {
    try (StudySession session = StudySession.open(study())) {
      List<FinishedTrial> one = run(session, 1, Integer.MAX_VALUE);
      assertEquals(12, one.size());
      assertTrue(one.stream().allMatch(trial -> trial.status() == Status.MAX_EPOCHS));
      assertTrue(one.stream().allMatch(trial -> trial.curve().size() == 2));
      assertEquals(12, one.stream().map(trial -> trial.metric("val_mse")).distinct().count());
      assertEquals(results(one), results(run(session, 3, Integer.MAX_VALUE)));
      assertEquals(results(one), results(run(session, 2, 5)));
    }
  }

  @Test
  void moreRepeatsAddTrialsAndTrainNoneAgain() {
    InMemoryTrialStore store = new InMemoryTrialStore();
    List<FinishedTrial> few;
    try (StudySession session = StudySession.open(study("repeats=1"))) {
      run(session, store, 1, Integer.MAX_VALUE);
      few = store.trials();
    }
    List<FinishedTrial> all;
    try (StudySession session = StudySession.open(study("repeats=5"))) {
      Comparability.claim(folder, session.plan(), store);
      assertEquals(16, Remaining.of(session.plan(), store).size());
      run(session, store, 1, Integer.MAX_VALUE);
      all = store.trials();
    }
    assertEquals(20, all.size());
    assertTrue(all.containsAll(few), "to the second");
  }

  @Test
  void aStudyOfAllInitializersResumesAndRepeatsAsItMust() {
    List<String> names = Initializers.CATALOGUE.names();
    List<FinishedTrial> two = trialsOf(names, "repeats=2", 1, Integer.MAX_VALUE);
    assertEquals(2 * names.size(), two.size());
    assertEquals(two.size(), two.stream().map(trial -> trial.metric("val_mse")).distinct().count());
    assertEquals(results(two), results(trialsOf(names, "repeats=2", 3, 5)));
    List<FinishedTrial> three = trialsOf(names, "repeats=3", 2, Integer.MAX_VALUE);
    assertEquals(3 * names.size(), three.size());
    assertTrue(results(three).containsAll(results(two)));
  }

  private List<FinishedTrial> trialsOf(
      List<String> initializers, String repeats, int workers, int maxTrials) {
    String all = "space.initializer=" + String.join(",", initializers);
    Study study = study(all, repeats, "space.model=vae", "space.latent=2", "train.max-epochs=1");
    try (StudySession session = StudySession.open(study)) {
      return run(session, workers, maxTrials);
    }
  }

  @Test
  void aFixedSplitIsTheSameDataInEveryRepeatAndACrossedOneIsNot() {
    assertEquals(3, dataHashes("repeats=3"));
    assertEquals(1, dataHashes("repeats.count=3", "repeats.split=fixed"));
  }

  private long dataHashes(String... sets) {
    List<String> all = new ArrayList<>(List.of(sets));
    all.addAll(List.of("space.model=ae", "space.latent=2", "train.max-epochs=1"));
    try (StudySession session = StudySession.open(study(all.toArray(String[]::new)))) {
      List<FinishedTrial> trials = run(session, 2, Integer.MAX_VALUE);
      assertEquals(3, trials.stream().map(trial -> trial.metric("val_mse")).distinct().count());
      return trials.stream().map(FinishedTrial::dataHash).distinct().count();
    }
  }

  @Test
  void theResolvedStudyGivesTheSamePlan() {
    try (StudySession session = StudySession.open(study())) {
      Study resolved = StudyFile.parse(session.study().yaml(), "study.yaml", folder);
      try (StudySession again = StudySession.open(resolved)) {
        assertEquals(session.plan(), again.plan());
      }
    }
  }

  @Test
  void weightsCarryGenesScalingAndSettings() {
    try (StudySession session = StudySession.open(study("repeats=1"))) {
      FinishedTrial trial = run(session, 2, Integer.MAX_VALUE).getFirst();
      WeightsFile file = WeightsFile.read(folder.resolve("models/" + trial.id() + ".safetensors"));
      assertEquals(trial.id(), file.metadata().get("trial"));
      assertEquals(trial.settings().get("latent"), file.metadata().get("setting.latent"));
      assertEquals("min-max", file.metadata().get("scaling"));
      for (String key : List.of("genes", "scaling.offset", "scaling.scale")) {
        assertEquals(40, String.valueOf(file.metadata().get(key)).lines().count(), key);
      }
    }
  }

  @Test
  void refusesDataThatChangedAndBatchesThatDoNotFit() {
    String changed =
        String.valueOf(
            assertThrows(UserError.class, () -> StudySession.open(study("data.hash=abc")).close())
                .getMessage());
    assertTrue(
        changed.contains(
            "is not the matrix that the study was resolved with, or has changed since"),
        changed);
    String batch =
        String.valueOf(
            assertThrows(
                    UserError.class,
                    () ->
                        StudySession.open(study("train.batch=1000", "train.drop-last=true"))
                            .close())
                .getMessage());
    assertTrue(batch.startsWith("batch is 1000 but the training part has 13"), batch);
    try (StudySession session = StudySession.open(study("train.batch=1000"))) {
      assertEquals(2, session.notes().size(), session.notes().toString());
    }
  }

  @Test
  void leavesOutWhatHasNoBatchAndSaysSo() {
    String[] sets = {"space.batch=40,1000", "space.drop-last=true,false", "repeats=1"};
    try (StudySession session = StudySession.open(study(sets))) {
      assertEquals(4 * 3, session.plan().trials().size());
      assertTrue(
          session.notes().getFirst().startsWith("4 of 16 cells are left out: batch is 1000 but"),
          session.notes().toString());
    }
  }

  /// Also the first epoch of a warm-up, which has no KL, and a key that half of the models are
  /// without.
  @Test
  void trainsEveryModelBesideKeysThatOnlySomeHave() {
    String[] sets = {
      "space.model=vae,logcosh-vae,cat-vae,iwae,miwae,ciwae,piwae,beta-tcvae,vamp-vae,joint-vae",
      "space.latent=2",
      "space.free-bits=0,0.1",
      "train.kl-warm-up={name: linear, epochs: 2}",
      "train.max-epochs=3",
      "repeats=1"
    };
    try (StudySession session = StudySession.open(study(sets))) {
      List<FinishedTrial> trials = run(session, 2, Integer.MAX_VALUE);
      assertEquals(2 * 3 + 7, trials.size());
      for (FinishedTrial trial : trials) {
        assertEquals(Status.MAX_EPOCHS, trial.status(), trial.settings().toString());
        boolean has =
            Set.of("vae", "logcosh-vae", "cat-vae").contains(trial.settings().get("model"));
        assertEquals(has, trial.settings().containsKey("free-bits"), trial.settings().toString());
        assertTrue(Double.isFinite(trial.metric("val_loss")), trial.settings().toString());
      }
    }
  }

  @Test
  void warnsOfDataBeyondTheNetworksOutput() {
    try (StudySession session = StudySession.open(study("data.scale=z-score"))) {
      assertEquals(2, session.notes().size(), session.notes().toString());
      assertTrue(
          session.notes().getFirst().contains("lie outside 0 to 1, where no output of a sigmoid"));
    }
    try (StudySession session = StudySession.open(study())) {
      assertTrue(session.notes().getFirst().startsWith("29 of 30 labels have fewer than 5"));
      assertEquals(1, session.notes().size(), session.notes().toString());
    }
  }

  @Test
  void checksTheSplitOfEveryRepeat() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    int genes = 200;
    StringBuilder matrix = new StringBuilder("sample");
    for (int gene = 0; gene < genes; gene++) {
      matrix.append("\tg").append(gene);
    }
    String first = "";
    for (int sample = 0; sample < 30; sample++) {
      StringBuilder row = new StringBuilder();
      for (int gene = 0; gene < genes; gene++) {
        row.append('\t').append(random.nextInt(1000) / 100.0);
      }
      first = sample == 0 ? row.toString() : first;
      matrix.append("\ns").append(sample).append(row);
    }
    matrix.append("\ncopy").append(first).append('\n');
    Files.writeString(folder.resolve("m.tsv"), matrix);
    String text =
        """
        data: {matrix: m.tsv, orientation: genes-in-columns, select: {keep: 200}, split: {validation: 0.3}}
        space: {hidden: [8]}
        train: {batch: 10}
        """;
    Study study = StudyFile.parse(text, "s.yaml", folder, List.of("repeats=8"));
    Matrix read = MatrixFile.read(folder.resolve("m.tsv"), study.data().settings().orientation());
    int across = 0;
    for (int repeat = 0; repeat < 8; repeat++) {
      List<String> held =
          Preparation.prepare(
                  read, Optional.empty(), study.data().settings(), TrialSeeds.split(study, repeat))
              .validation()
              .samples();
      across += held.contains("s0") != held.contains("copy") ? 1 : 0;
    }
    assertTrue(across > 0 && across < 8, "but was " + across);
    String note = nearlyTheSame(study).getFirst();
    assertTrue(note.contains("(in %d of 8 repeats".formatted(across)), note);
    Study fixed =
        StudyFile.parse(text, "s.yaml", folder, List.of("repeats.count=8", "repeats.split=fixed"));
    assertTrue(nearlyTheSame(fixed).stream().noneMatch(said -> said.contains("repeats")));
  }

  /// Findings of lint among them: the second session looks at no number again.
  @Test
  void warnsTheSameWhetherDataWerePreparedBeforeOrNot() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder matrix = new StringBuilder("x");
    for (int sample = 0; sample < 40; sample++) {
      matrix.append("\tu").append(sample);
    }
    for (int gene = 0; gene < 60; gene++) {
      matrix.append("\nv").append(gene);
      for (int sample = 0; sample < 40; sample++) {
        matrix.append('\t').append(gene == 7 ? 1 : random.nextInt(-500, 500));
      }
    }
    Files.writeString(folder.resolve("n.tsv"), matrix.append('\n'));
    String text =
        """
        data: {matrix: n.tsv, select: {keep: 20}, scale: none, split: {validation: 0.3, test: 0.2}}
        space: {hidden: [8]}
        train: {batch: 10}
        repeats: 3
        """;
    Study study = StudyFile.parse(text, "s.yaml", folder, List.of());
    List<List<String>> notes = new ArrayList<>();
    for (int start = 0; start < 3; start++) {
      DataCache cache =
          start == 0 ? DataCache.off() : DataCache.in(folder.resolve("cache"), 1L << 30);
      try (StudySession session = StudySession.open(study, cache)) {
        notes.add(session.notes());
        assertEquals(Optional.empty(), session.cacheTrouble());
      }
    }
    assertTrue(notes.getFirst().size() >= 3, notes.toString());
    assertEquals(notes.get(0), notes.get(1));
    assertEquals(notes.get(0), notes.get(2));
  }

  private static List<String> nearlyTheSame(Study study) {
    try (StudySession session = StudySession.open(study)) {
      return session.notes().stream().filter(note -> note.contains("nearly the same")).toList();
    }
  }

  @Test
  void takesAsManyWorkersAsCores() {
    try (StudySession session = StudySession.open(study())) {
      assertEquals(4, session.defaultWorkers(4));
      assertEquals(1, session.defaultWorkers(0));
    }
  }
}
