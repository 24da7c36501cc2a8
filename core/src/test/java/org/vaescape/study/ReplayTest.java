package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.train.Stopping.Restore;

class ReplayTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "../data").toAbsolutePath().normalize();

  @TempDir Path folder;

  private static ReplayRule rule(String option) {
    List<ReplayRule> rules = ReplayRule.of(option);
    assertEquals(1, rules.size());
    return rules.getFirst();
  }

  /// A trial of 8 epochs at most with these reconstructions, whose losses fall all the time.
  private static FinishedTrial trial(Status status, double... reconstructions) {
    List<Epoch> curve = new ArrayList<>();
    for (double reconstruction : reconstructions) {
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      terms.put("val_loss", 10.0 - curve.size());
      terms.put("val_reconstruction", reconstruction);
      curve.add(new Epoch(curve.size() + 1, terms));
    }
    return FinishedTrials.ofCurve("a1", "8", status, curve);
  }

  private static final double[] VALLEY = {5, 4, 3, 3.5, 4, 4.5, 5, 6};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Lowest at epoch 3; so many epochs without a lower one.
        "{rule: patience, on: reconstruction, patience: 2, min-epochs: 1} | converged 5 5",
        "{rule: patience, on: reconstruction, patience: 2, min-epochs: 7} | converged 7 7",
        "{rule: patience, on: reconstruction, patience: 2, min-epochs: 1, restore: best} | converged 5 3",
        "{rule: patience, on: reconstruction, patience: 2, min-epochs: 1, restore: best-loss} | converged 5 5",
        "{rule: patience, patience: 2, min-epochs: 1} | max-epochs 8 8",
        "{rule: patience, patience: 2, min-epochs: 1, restore: best} | max-epochs 8 3",
        "{rule: relative-change, tolerance: 0.2, min-epochs: 1} | converged 2 2",
        "{rule: relative-change, tolerance: 0.01, min-epochs: 1} | max-epochs 8 8",
        "{rule: loss-and-change, tolerance: 0.13, min-epochs: 4} | converged 6 6",
        "{rule: none, max-epochs: 4} | max-epochs 4 4",
        "{rule: none, max-epochs: 4, restore: best} | max-epochs 4 3",
        "{rule: patience, on: reconstruction, patience: 2, min-epochs: 1, max-epochs: 4} | max-epochs 4 4",
        "none | max-epochs 8 8",
        "{rule: none, max-epochs: 9} | censored 0 -"
      })
  void tellsWhereARuleWouldHaveStopped(String option, String expected) {
    assertEquals(expected, text(Replay.of(rule(option), trial(Status.MAX_EPOCHS, VALLEY))));
  }

  private static String text(Replay replay) {
    return "%s %d %s"
        .formatted(
            replay.end(),
            replay.epochs(),
            replay.weights().map(epoch -> Integer.toString(epoch.number())).orElse("-"));
  }

  @Test
  void aLaterStopIsCensoredAndADivergenceIsOne() {
    ReplayRule later = rule("{rule: patience, on: reconstruction, patience: 3, min-epochs: 1}");
    double[] until = {5, 4, 3, 3.5, 4};
    assertEquals("censored 0 -", text(Replay.of(later, trial(Status.CONVERGED, until))));
    assertEquals("censored 0 -", text(Replay.of(later, trial(Status.TIMED_OUT, until))));
    assertEquals("diverged 5 -", text(Replay.of(later, trial(Status.DIVERGED, until))));
    ReplayRule earlier = rule("{rule: patience, on: reconstruction, patience: 2, min-epochs: 1}");
    assertEquals("converged 5 5", text(Replay.of(earlier, trial(Status.DIVERGED, until))));
    assertEquals(
        new Replay("out-of-memory", 0, Optional.empty()),
        Replay.of(earlier, trial(Status.OUT_OF_MEMORY)));
    assertEquals("diverged 0 -", text(Replay.of(earlier, trial(Status.DIVERGED))));
  }

  @Test
  void looksBeyondTheStopOfATrialThatHadAHorizon() {
    assertEquals(
        "max-epochs 4 4",
        text(Replay.of(rule("{rule: none, max-epochs: 4}"), trial(Status.CONVERGED, VALLEY))));
  }

  @ParameterizedTest
  @CsvSource({
    "scheduler, constant, max-epochs 4 4",
    "scheduler, exponential, max-epochs 4 4",
    "scheduler, step, max-epochs 4 4",
    "scheduler, plateau, max-epochs 4 4",
    "scheduler, cosine, censored 0 -",
    "scheduler, warmup-cosine, censored 0 -",
    "scheduler, one-cycle, censored 0 -",
    "kl-warm-up, linear, max-epochs 4 4",
    "kl-warm-up, cyclical, censored 0 -"
  })
  void aScheduleThatGoesByMaxEpochsWouldHaveBeenAnother(String key, String name, String expected) {
    FinishedTrial plain = trial(Status.MAX_EPOCHS, VALLEY);
    SequencedMap<String, String> settings = new LinkedHashMap<>(plain.settings());
    settings.put(key, name);
    FinishedTrial trial = FinishedTrials.ofCurve("a1", settings, plain.status(), plain.curve());
    assertEquals(expected, text(Replay.of(rule("{rule: none, max-epochs: 4}"), trial)));
    assertEquals("max-epochs 8 8", text(Replay.of(rule("{rule: none, max-epochs: 8}"), trial)));
    assertEquals("max-epochs 8 8", text(Replay.of(rule("none"), trial)));
  }

  @Test
  void aListStandsForARuleEach() {
    assertEquals(
        List.of(
            "{rule: patience, min-epochs: 5, patience: 3, min-delta: 0.0001, on: loss, restore: last}",
            "{rule: patience, min-epochs: 5, patience: 3, min-delta: 0.0001, on: loss, restore: best}",
            "{rule: patience, min-epochs: 5, patience: 5, min-delta: 0.0001, on: loss, restore: last}",
            "{rule: patience, min-epochs: 5, patience: 5, min-delta: 0.0001, on: loss, restore: best}"),
        ReplayRule.of("{rule: patience, patience: [3, 5], restore: [last, best]}").stream()
            .map(ReplayRule::text)
            .toList());
    assertEquals(
        List.of("{rule: relative-change, tolerance: 0.01, min-epochs: 12}", "{rule: none}"),
        ReplayRule.of("relative-change,none").stream().map(ReplayRule::text).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patient | must be one of relative-change, loss-and-change, patience, none but was patient; did you mean patience?",
        "{rule: patience, patince: 3} | unknown key stop.patince; did you mean stop.patience?",
        "{rule: patience, patience: 0} | stop.patience must be a whole number of at least 1 but was 0",
        "{rule: none, max-epochs: 0} | max-epochs must be a whole number of at least 1 but was 0",
        "{rule: none | not YAML"
      })
  void refusesARuleWithTheReason(String option, String reason) {
    String message =
        String.valueOf(assertThrows(UserError.class, () -> ReplayRule.of(option)).getMessage());
    assertTrue(message.startsWith("--replay " + option + ": "), message);
    assertTrue(message.contains(reason), message);
  }

  /// Every rule, replayed on a study that trained all epochs, and trained.
  @Test
  void isWhatTrainingWithTheRuleGivesToTheLastBit() {
    List<FinishedTrial> whole = run("train.stop=none");
    for (String option :
        List.of(
            "{rule: relative-change, tolerance: 0.05, min-epochs: 3}",
            "{rule: loss-and-change, tolerance: 0.03, min-epochs: 3}",
            "{rule: patience, patience: 2, min-delta: 0.01, min-epochs: 3}",
            "{rule: patience, patience: 2, on: reconstruction, min-delta: 0.002, min-epochs: 1}",
            "{rule: none, max-epochs: 5}")) {
      ReplayRule rule = rule(option);
      int converged = 0;
      for (String restore : List.of("last", "best")) {
        List<FinishedTrial> trained =
            option.contains("max-epochs")
                ? run("train.stop=none", "train.max-epochs=5", "train.restore=" + restore)
                : run("train.stop=" + option, "train.restore=" + restore);
        for (int i = 0; i < trained.size(); i++) {
          FinishedTrial expected = trained.get(i);
          Replay replay =
              Replay.of(
                  new ReplayRule(rule.text(), rule.rule(), Restore.of(restore), rule.maxEpochs()),
                  whole.get(i));
          assertEquals(expected.status().text(), replay.end(), option);
          assertEquals(expected.epochs(), replay.epochs(), option);
          converged += expected.status() == Status.CONVERGED ? 1 : 0;
          Epoch epoch = replay.weights().orElseThrow();
          assertEquals(
              restore.equals("last")
                  ? expected.epochs()
                  : expected.metric(FinishedTrial.RESTORED_EPOCH),
              epoch.number());
          epoch
              .terms()
              .forEach((name, value) -> {
                if (name.startsWith("val_")) {
                  assertEquals(value, expected.metric(name), name);
                }
              });
        }
      }
      assertTrue(converged > 0 || option.contains("none"), option + " never stopped");
    }
  }

  private List<FinishedTrial> run(String... sets) {
    List<String> all =
        new ArrayList<>(
            List.of("models.infovae.reg-weight=10", "train.max-epochs=25", "repeats=2"));
    all.addAll(List.of(sets));
    Study study =
        StudyFile.parse(
            """
            data: {matrix: smoke_cc0.tsv.gz, labels: smoke_cc0.labels.tsv, select: {keep: 40}}
            space: {model: [vae, infovae], latent: 3, learning-rate: 0.01, hidden: [8]}
            train: {batch: 40, output-norm: none}
            """,
            "s.yaml",
            DATA,
            all);
    InMemoryTrialStore store = new InMemoryTrialStore();
    try (StudySession session = StudySession.open(study)) {
      new LocalTrialRunner(
              session.trainer(),
              folder.resolve("models"),
              Study.KeepWeights.NONE,
              new RunOptions(1, 1L << 30, Integer.MAX_VALUE, null),
              System::nanoTime)
          .run(Remaining.of(session.plan(), store), store, StudyListener.NONE, () -> false);
      List<FinishedTrial> trials = store.trials();
      return session.plan().trials().stream()
          .map(planned ->
              trials.stream().filter(t -> t.id().equals(planned.id())).findFirst().orElseThrow())
          .toList();
    }
  }
}
