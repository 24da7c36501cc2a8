package org.vaescape.report.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.search.Cell;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Trial;

final class LiveLogTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(77));
  private static final Trial TRIAL = new Trial("a1", new Cell(new LinkedHashMap<>()), 0);

  @TempDir private Path folder;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @Test
  void hasAJsonObjectALineForEachThingThatHappens() throws IOException {
    tell(LiveLog.begin(folder, false, work(), CLOCK, complaints::add));
    assertEquals(
        List.of(
            "{\"event\":\"begun\",\"millis\":77,\"joins\":false,\"work\":{\"a1\":2.0}}",
            "{\"event\":\"started\",\"trial\":\"a1\"}",
            "{\"event\":\"epoch\",\"trial\":\"a1\",\"number\":1,\"terms\":{\"train_loss\":0.5,\"val_loss\":\"NaN\"}}",
            "{\"event\":\"trained\",\"trial\":\"a1\"}",
            "{\"event\":\"finished\",\"trial\":\"a1\",\"status\":\"converged\"}"),
        lines());
    assertEquals(List.of(), complaints);
  }

  @Test
  void beginsAnewWithEachRun() throws IOException {
    tell(LiveLog.begin(folder, false, work(), CLOCK, complaints::add));
    LiveLog.begin(folder, false, new LinkedHashMap<>(), CLOCK, complaints::add).close();
    assertEquals(
        List.of("{\"event\":\"begun\",\"millis\":77,\"joins\":false,\"work\":{}}"), lines());
  }

  /// As where two processes run a study.
  @Test
  void goesOnWithThatOfTheRunsThatItJoins() throws IOException {
    try (LiveLog first = LiveLog.begin(folder, false, work(), CLOCK, complaints::add)) {
      LiveLog second = LiveLog.begin(folder, true, new LinkedHashMap<>(), CLOCK, complaints::add);
      second.started(TRIAL);
      second.close();
      first.trained(TRIAL);
    }
    assertEquals(4, lines().size());
    assertTrue(lines().contains("{\"event\":\"begun\",\"millis\":77,\"joins\":true,\"work\":{}}"));
    RunLog log = new RunLog(folder.resolve(LiveLog.FILE));
    assertTrue(log.read(1));
    assertEquals(77, log.begunMillis());
    assertEquals(work().get("a1"), log.work("a1"));
  }

  /// Else this run would take away the file that others had begun to append to.
  @Test
  void isOpenBeforeOthersAreLetIn() {
    AtomicBoolean open = new AtomicBoolean();
    LiveLog log =
        LiveLog.begin(
            folder.resolve(LiveLog.FILE),
            () -> {
              LockSupport.parkNanos(100_000_000);
              open.set(true);
              return OutputStream.nullOutputStream();
            },
            false,
            work(),
            CLOCK,
            complaints::add);
    assertTrue(open.get());
    log.close();
  }

  @Test
  void tellsWhichTrialsAreStored() throws IOException {
    assertEquals(Set.of(), LiveLog.stored(folder));
    tell(LiveLog.begin(folder, false, work(), CLOCK, complaints::add));
    assertEquals(Set.of("a1"), LiveLog.stored(folder));
  }

  @Test
  void saysOnceThatItCannotBeMadeAndTheRunGoesOn() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve(LiveLog.FILE).resolve("deeper"));
    tell(LiveLog.begin(folder, false, work(), CLOCK, complaints::add));
    assertEquals(1, complaints.size(), complaints.toString());
    assertTrue(
        complaints.getFirst().startsWith(folder.resolve(LiveLog.FILE) + " cannot be written ("),
        complaints.getFirst());
    assertTrue(Files.exists(inTheWay));
  }

  @Test
  void saysOnceThatTheDiskIsFullAndTheRunGoesOn() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    tell(
        LiveLog.begin(
            folder.resolve(LiveLog.FILE), () -> full, false, work(), CLOCK, complaints::add));
    assertEquals(
        List.of(
            folder.resolve(LiveLog.FILE)
                + " cannot be written (No space left on device), so that './vaescape serve' does not show what is running now; the results are complete without it"),
        complaints);
  }

  private static void tell(LiveLog log) {
    try (log) {
      log.started(TRIAL);
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      terms.put("train_loss", 0.5);
      terms.put("val_loss", Double.NaN);
      log.epoch(TRIAL, new FinishedTrial.Epoch(1, terms));
      log.trained(TRIAL);
      log.finished(TRIAL, FinishedTrials.learned("a1", 1, 0.3));
    }
  }

  private static SequencedMap<String, Double> work() {
    SequencedMap<String, Double> work = new LinkedHashMap<>();
    work.put("a1", 2.0);
    return work;
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve(LiveLog.FILE));
  }
}
