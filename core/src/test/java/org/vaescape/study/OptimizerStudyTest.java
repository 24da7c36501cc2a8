package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Schedulers;

/// Optimizers, their decay and schedulers as a study file has them.
class OptimizerStudyTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();

  @TempDir Path folder;

  private static Study study(String rest) {
    return StudyFile.parse(
        """
        data: {matrix: smoke_cc0.tsv.gz, labels: smoke_cc0.labels.tsv, select: {keep: 30}}
        """
            + rest,
        "s.yaml",
        DATA);
  }

  private static List<String> column(Study study, String key) {
    return study.cells().stream()
        .map(cell -> cell.values().containsKey(key) ? cell.text(key) : "")
        .distinct()
        .toList();
  }

  private List<FinishedTrial> run(StudySession session, int workers, int maxTrials) {
    InMemoryTrialStore store = new InMemoryTrialStore();
    while (!Remaining.of(session.plan(), store).isEmpty()) {
      new LocalTrialRunner(
              session.trainer(),
              folder.resolve("models"),
              Study.KeepWeights.NONE,
              new RunOptions(workers, 1L << 30, maxTrials, null),
              System::nanoTime)
          .run(Remaining.of(session.plan(), store), store, StudyListener.NONE, () -> false);
    }
    return store.trials();
  }

  /// Identity and results of trials to the last bit, in the order of their ids.
  private static List<String> results(List<FinishedTrial> trials) {
    List<String> results = new ArrayList<>();
    for (FinishedTrial trial : trials) {
      results.add(trial.id() + " " + trial.status() + " " + trial.metrics());
    }
    return results.stream().sorted().toList();
  }

  @Test
  void aStudyOfAllOptimizersResumesAndRepeats() {
    String rest =
        """
        space: {optimizer: [%s], latent: 2, learning-rate: 0.01, hidden: [8]}
        train: {batch: 40, max-epochs: 2, output-norm: none, stop: none}
        repeats: 2
        """
            .formatted(String.join(", ", Optimizers.CATALOGUE.names()));
    int trials = 2 * Optimizers.CATALOGUE.names().size();
    try (StudySession session = StudySession.open(study(rest))) {
      List<FinishedTrial> whole = run(session, 1, Integer.MAX_VALUE);
      assertEquals(trials, whole.size());
      assertTrue(whole.stream().allMatch(trial -> trial.status() == Status.MAX_EPOCHS));
      assertEquals(trials, whole.stream().map(trial -> trial.metric("val_mse")).distinct().count());
      assertEquals(results(whole), results(run(session, 2, 5)));
    }
    // More repeats add trials and redo none.
    try (StudySession more = StudySession.open(study(rest.replace("repeats: 2", "repeats: 3")));
        StudySession before = StudySession.open(study(rest))) {
      assertTrue(more.plan().trials().containsAll(before.plan().trials()));
    }
  }

  @Test
  void settingsOfOneOptimizerAreDimensionsOfItAlone() {
    Study study = study("space: {optimizer: [adam, sgd]}\noptimizers: {sgd: {momentum: [0, 0.9]}}");
    assertEquals(List.of("", "0", "0.9"), column(study, "sgd.momentum"));
    assertEquals(3, study.cells().size());
  }

  @Test
  void settingsOfASchedulerAreDimensions() {
    Study study = study("space: {scheduler: {name: [constant, step], step-size: [5, 10]}}");
    assertEquals(List.of("", "5", "10"), column(study, "scheduler.step-size"));
    assertEquals(3, study.cells().size());
    Study rule = study("train: {scheduler: {name: step, step-size: [5, 10]}}");
    assertEquals(2, rule.cells().size());
    assertEquals(List.of("0.1"), column(rule, "scheduler.gamma"));
  }

  @Test
  void schedulersKeepTheirOwnDefaultsAndMayBeToldApart() {
    String both = "train: {scheduler: {name: [exponential, step]";
    assertEquals(List.of("0.95", "0.1"), column(study(both + "}}"), "scheduler.gamma"));
    assertEquals(List.of("0.5"), column(study(both + ", gamma: 0.5}}"), "scheduler.gamma"));
    assertEquals(
        List.of("0.95", "0.2", "0.3"),
        column(study(both + ", gamma: {step: [0.2, 0.3]}}}"), "scheduler.gamma"));
    for (String text :
        List.of(
            both + "}}",
            both + ", gamma: 0.5}}",
            both + ", gamma: {step: [0.2, 0.3]}}}",
            "train: {scheduler: step}",
            "train: {scheduler: {name: constant, gamma: 0.5}}",
            "train: {scheduler: {name: constant, gamma: {step: 0.5}}}",
            "space: {scheduler: [%s]}"
                .formatted(String.join(", ", Schedulers.CATALOGUE.names())))) {
      Study study = study(text);
      Study again = StudyFile.parse(study.yaml(), "study.yaml", Path.of("/elsewhere"));
      assertEquals(study.yaml(), again.yaml());
      assertEquals(study, again);
    }
  }

  @Test
  void weightDecayIsOfAnyOptimizerWithoutItsOwn() {
    String optimizers = "space: {optimizer: [adam, adamw, sgd], weight-decay: [default, 0.1]}\n";
    Study study = study(optimizers + "optimizers: {sgd: {weight-decay: 0.3}}");
    assertEquals(List.of("default", "0.1", ""), column(study, "weight-decay"));
    assertEquals(List.of("", "0.3"), column(study, "sgd.weight-decay"));
    assertEquals(5, study.cells().size());
    Study again = StudyFile.parse(study.yaml(), "study.yaml", Path.of("/elsewhere"));
    assertEquals(study, again);
    assertEquals(List.of("default"), column(study(""), "weight-decay"));
  }

  @Test
  void weightDecayReachesEveryOptimizer() {
    for (String name : Optimizers.CATALOGUE.names()) {
      Study study = study("space: {optimizer: %s}\ntrain: {weight-decay: 0.5}".formatted(name));
      Cell cell = study.cells().getFirst();
      assertEquals(
          Optimizers.CATALOGUE.member(name).create(Map.of("weight-decay", 0.5)),
          CellTraining.settings(study, cell, 100, Numerics.of("fp32", "auto", "cpu", 1))
              .optimizer());
    }
  }

  /// Ids of trials do not depend on whether a file spells the optimizer's own decay out.
  @Test
  void anOwnDecayThatIsSpeltOutIsTheSameTrial() {
    Cell silent = study("space: {optimizer: adamw}").cells().getFirst();
    Cell spelt =
        study("space: {optimizer: adamw}\noptimizers: {adamw: {weight-decay: 0.01}}")
            .cells()
            .getFirst();
    assertEquals(Identity.cellText(silent), Identity.cellText(spelt));
    assertNotEquals(silent.values(), spelt.values());
  }

  /// Rprop's steps do not follow the rate of an epoch: under two schedulers it would be the same
  /// trial twice.
  @Test
  void schedulersMultiplyOnlyWhatFollowsThem() {
    Study study =
        study("space: {optimizer: [adam, rprop]}\ntrain: {scheduler: [constant, exponential]}\n");
    assertEquals(3, study.cells().size());
    assertEquals(List.of("constant", "exponential", ""), column(study, "scheduler"));
  }
}
