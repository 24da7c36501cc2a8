package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.store.PostgresServer;

/// Two processes work through one study, and are killed, or the server under them is. The long form
/// of this, with real studies, is `bench/kills.py`.
final class KilledRunsTest {
  private static final int TRIALS = 400;

  @TempDir private Path folder;

  /// How often a process said that it had stored a trial.
  private final Map<String, Integer> stored = new ConcurrentHashMap<>();

  /// Who trains a trial now.
  private final Map<String, Worker> training = new ConcurrentHashMap<>();

  private final Set<String> twiceAtOnce = ConcurrentHashMap.newKeySet();

  private final class Worker {
    private final Process process;
    private final Thread reader;
    private final AtomicInteger lines = new AtomicInteger();
    private volatile boolean ended;
    private volatile boolean killed;

    Worker(String store) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StudyWorker.class.getName(),
                  folder.toString(),
                  store,
                  Integer.toString(TRIALS))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      reader = Thread.ofPlatform().start(this::read);
    }

    private void read() {
      try (BufferedReader said = process.inputReader()) {
        Optional<String> line = Optional.ofNullable(said.readLine());
        while (line.isPresent()) {
          take(line.get().split(" ", -1));
          line = Optional.ofNullable(said.readLine());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void take(String[] words) {
      if (words[0].equals("end")) {
        ended = true;
      } else if (words.length == 2 && words[1].length() == 16) { // else cut by the kill
        if (words[0].equals("started")) {
          Worker other = training.put(words[1], this);
          if (other != null && !other.killed) {
            twiceAtOnce.add(words[1]);
          }
        } else {
          training.remove(words[1], this);
          stored.merge(words[1], 1, Integer::sum);
        }
      }
      lines.incrementAndGet();
    }

    /// Until it has said so much, or ended.
    void waitForLines(int count) throws InterruptedException {
      while (lines.get() < count && process.isAlive()) {
        Thread.sleep(5);
      }
    }

    void kill() throws InterruptedException {
      killed = true; // before others can take what it had
      // By its handle: Process#destroyForcibly would also drop what it has printed.
      process.toHandle().destroyForcibly();
      join();
    }

    void join() throws InterruptedException {
      process.onExit().join();
      reader.join();
    }
  }

  @Test
  void nothingIsLostOrTrainedTwiceWhenProcessesAreKilled() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    List<Worker> workers = new ArrayList<>(List.of(new Worker("study.db"), new Worker("study.db")));
    for (int kill = 0; kill < 8; kill++) {
      int victim = random.nextInt(2);
      workers.get(victim).waitForLines(1 + random.nextInt(40));
      workers.get(victim).kill();
      workers.set(victim, new Worker("study.db"));
    }
    finish(workers, "study.db");
  }

  @Test
  void nothingIsLostOrTrainedTwiceWhenTheServerIsKilled() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String store = server.url("vaescape");
      List<Worker> workers = List.of(new Worker(store), new Worker(store));
      for (int kill = 1; kill <= 2; kill++) {
        workers.get(kill % 2).waitForLines(kill * 60);
        server.kill();
        server.startAgain();
      }
      finish(workers, store);
    }
  }

  private void finish(List<Worker> workers, String store)
      throws InterruptedException, IOException, SQLException {
    for (Worker worker : workers) {
      worker.join();
      assertTrue(worker.ended, "went on to the end");
    }
    assertEquals(Set.of(), twiceAtOnce);
    assertEquals(
        Set.of(),
        stored.entrySet().stream().filter(of -> of.getValue() > 1).collect(Collectors.toSet()));
    Set<String> planned =
        new TreeSet<>(StudyWorker.trials(TRIALS).stream().map(Trial::id).toList());
    try (TrialStore kept = StudyWorker.open(folder, store)) {
      assertEquals(planned, new TreeSet<>(kept.digests().keySet()));
      assertTrue(kept.contents().stream().allMatch(StoredTrial::isAsSaved));
    }
    assertTrue(planned.containsAll(stored.keySet()));
    // All but those that were stored in the instant before a kill.
    assertTrue(stored.size() > TRIALS - 40, stored.size() + " were told of");
    assertEquals(best(planned), weights());
  }

  private static Set<String> best(Set<String> ids) {
    Set<String> best = new HashSet<>();
    for (int model = 0; model < 2; model++) {
      int parity = model;
      ids.stream()
          .filter(id -> Long.parseLong(id, 16) % 2 == parity)
          .min((a, b) -> {
            int order = Double.compare(FakeTrainer.mse(a), FakeTrainer.mse(b));
            return order != 0 ? order : a.compareTo(b);
          })
          .ifPresent(id -> best.add(id + ".safetensors"));
    }
    return best;
  }

  private Set<String> weights() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("models"))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
