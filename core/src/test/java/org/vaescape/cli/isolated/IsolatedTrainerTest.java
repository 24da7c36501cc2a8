package org.vaescape.cli.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.model.WeightsFile;
import org.vaescape.search.Cell;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Overrides;
import org.vaescape.study.Status;
import org.vaescape.study.StudyFile;
import org.vaescape.study.StudySession;
import org.vaescape.study.TrainedTrial;
import org.vaescape.study.Trial;
import org.vaescape.train.TrainingMonitor;

/// With real processes, which are killed as a crash or the system would.
final class IsolatedTrainerTest {
  @TempDir private Path temporary;

  /// A learning rate that diverges, so that numbers that are not finite cross too; and trials that
  /// are still at work when they are killed.
  private StudySession open() throws IOException {
    Path study = temporary.resolve("study.yaml");
    Files.writeString(
        study,
        """
        name: tiny
        data: {matrix: %s, select: {keep: 50}}
        space: {model: vae, latent: 2, learning-rate: [1e-3, 1e30], optimizer: adam, hidden: [[8]], max-epochs: [3, 30000]}
        train: {batch: 32, stop: none}
        """
            .formatted(
                Path.of(System.getProperty("basedir", "."), "../data/smoke_cc0.tsv.gz")
                    .toRealPath()));
    return StudySession.open(StudyFile.read(study.toString(), Overrides.none()));
  }

  @Test
  void resultsAreThoseOfThisProcessAndACrashCostsOneTrial() throws Exception {
    try (StudySession session = open();
        IsolatedTrainer isolated = new IsolatedTrainer(session)) {
      List<Trial> all = session.plan().trials();
      List<Trial> trials =
          all.stream().filter(t -> t.cell().text("max-epochs").equals("3")).toList();
      Trial longOne = all.stream().filter(t -> !trials.contains(t)).findFirst().orElseThrow();
      assertEquals(2, trials.size());
      assertIsTheSame(session, isolated, trials.getFirst());
      long first = worker().pid();

      FinishedTrial crashed = killedAtItsFirstEpoch(isolated, longOne, "SEGV");
      assertEquals(Status.FAILED, crashed.status());
      Matcher message =
          Pattern.compile(
                  "the process that trained it crashed: SIGSEGV \\(0xb\\) in .*; more is in (.*)")
              .matcher(crashed.message());
      assertTrue(message.matches(), crashed.message());
      assertTrue(Files.deleteIfExists(Path.of(message.group(1))));

      for (Trial trial : trials) {
        assertIsTheSame(session, isolated, trial);
      }
      assertTrue(worker().pid() != first, "was replaced");

      FinishedTrial killed = killedAtItsFirstEpoch(isolated, longOne, "KILL");
      assertEquals(Status.FAILED, killed.status());
      assertEquals("the process that trained it was ended by signal 9 (SIGKILL)", killed.message());
    }
    assertEquals(List.of(), workers());
  }

  /// Neither what the run is not to wait for, nor what died while nothing was trained, is a result.
  @Test
  void cancellingEndsTheProcessAndOneThatDiedBetweenTrialsIsReplaced() throws Exception {
    try (StudySession session = open();
        IsolatedTrainer isolated = new IsolatedTrainer(session)) {
      Trial trial = session.plan().trials().getFirst();
      Optional<TrainedTrial> cancelled =
          isolated.train(
              trial,
              new TrainingMonitor() {
                @Override
                public void epoch(int number, SequencedMap<String, Double> terms) {}

                @Override
                public boolean cancelled() {
                  return true;
                }
              });
      assertEquals(Optional.empty(), cancelled);
      assertEquals(List.of(), workers());

      assertIsTheSame(session, isolated, trial);
      ProcessHandle idle = worker();
      assertTrue(idle.destroyForcibly());
      assertTrue(idle.onExit().get(10, TimeUnit.SECONDS) != null);
      assertIsTheSame(session, isolated, trial);
    }
  }

  @Test
  void memoryOfATrialCountsItsProcess() throws IOException {
    try (StudySession session = open();
        IsolatedTrainer isolated = new IsolatedTrainer(session)) {
      Trial trial = session.plan().trials().getFirst();
      long beside = isolated.memoryBytes(trial) - session.trainer().memoryBytes(trial);
      assertTrue(beside > 30L << 20 && beside < 4L << 30, Long.toString(beside));
      assertEquals(0, isolated.bytesOnce(trial));
    }
  }

  /// As when a study is killed: nobody is there to end its processes.
  @Test
  void aWorkerEndsWithWhoStartedItAndLeavesNothing() throws Exception {
    WorkerFolder folder = WorkerFolder.make("name: no study");
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrialWorker.class.getName(),
                folder.path().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    worker.outputWriter().close();
    assertTrue(worker.waitFor(60, TimeUnit.SECONDS));
    assertFalse(Files.exists(folder.path()));
  }

  @Test
  void whatThePersonCanMendIsSaidInOneSentence() {
    try (WorkerProcess process = WorkerProcess.start("name: [tiny\n")) {
      UserError refused =
          assertThrows(UserError.class, () -> process.train(trial(), TrainingMonitor.NONE));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("study.yaml, line"), refused.getMessage());
    }
  }

  private static Trial trial() {
    return new Trial("0000000000000001", new Cell(new LinkedHashMap<>()), 0);
  }

  private static FinishedTrial killedAtItsFirstEpoch(
      IsolatedTrainer isolated, Trial trial, String signal) {
    return isolated
        .train(
            trial,
            new TrainingMonitor() {
              @Override
              public void epoch(int number, SequencedMap<String, Double> terms) {
                if (number == 1) {
                  kill(signal, worker().pid());
                }
              }

              @Override
              public boolean cancelled() {
                return false;
              }
            })
        .orElseThrow()
        .trial();
  }

  private static void kill(String signal, long process) {
    try {
      assertEquals(
          0, new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start().waitFor());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessHandle worker() {
    List<ProcessHandle> workers = workers();
    assertEquals(1, workers.size());
    return workers.getFirst();
  }

  private static List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  /// Everything but what time it took.
  private static void assertIsTheSame(StudySession session, IsolatedTrainer isolated, Trial trial) {
    List<Map<String, Double>> told = new ArrayList<>();
    TrainedTrial here = session.trainer().train(trial, TrainingMonitor.NONE).orElseThrow();
    TrainedTrial there =
        isolated
            .train(
                trial,
                new TrainingMonitor() {
                  @Override
                  public void epoch(int number, SequencedMap<String, Double> terms) {
                    told.add(withoutTime(terms));
                  }

                  @Override
                  public boolean cancelled() {
                    return false;
                  }
                })
            .orElseThrow();
    assertEquals(withoutTimes(here.trial()), withoutTimes(there.trial()));
    assertEquals(
        here.trial().curve().stream().map(epoch -> withoutTime(epoch.terms())).toList(),
        there.trial().curve().stream().map(epoch -> withoutTime(epoch.terms())).toList());
    assertEquals(
        here.trial().curve().stream().map(epoch -> withoutTime(epoch.terms())).toList(), told);
    assertEquals(
        here.weights().map(WeightsFile::metadata), there.weights().map(WeightsFile::metadata));
    assertEquals(
        here.weights().map(IsolatedTrainerTest::values),
        there.weights().map(IsolatedTrainerTest::values));
  }

  private static Map<String, List<Float>> values(WeightsFile file) {
    Map<String, List<Float>> values = new HashMap<>();
    file.weights()
        .arrays()
        .forEach((name, array) -> {
          List<Float> numbers = new ArrayList<>();
          for (float value : array.values()) {
            numbers.add(value);
          }
          values.put(name, numbers);
        });
    return values;
  }

  private static Map<String, Double> withoutTime(Map<String, Double> terms) {
    Map<String, Double> rest = new LinkedHashMap<>(terms);
    Objects.requireNonNull(rest.remove("seconds"));
    return rest;
  }

  private static FinishedTrial withoutTimes(FinishedTrial trial) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>(trial.metrics());
    metrics.keySet().removeIf(name -> name.contains("seconds"));
    return new FinishedTrial(
        trial.id(),
        trial.settings(),
        trial.repeat(),
        trial.status(),
        trial.verdict(),
        trial.epochs(),
        metrics,
        trial.checkpoints().stream()
            .map(point -> {
              SequencedMap<String, Double> without = new LinkedHashMap<>(point.metrics());
              without.keySet().removeIf(name -> name.contains("seconds"));
              return new FinishedTrial.Checkpoint(
                  point.name(), point.epoch(), point.verdict(), without);
            })
            .toList(),
        List.of(),
        0,
        0,
        trial.path(),
        trial.precision(),
        trial.dataHash(),
        trial.message(),
        trial.provenance());
  }
}
