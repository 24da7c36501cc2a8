package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.TrialStore;

/// A study on a small disk that is really full. `bench/disk_full.py` tries more moments.
final class FullDiskTest {
  @RegisterExtension final MountedDisk disk = new MountedDisk(32 << 20);

  @TempDir private Path temporary;

  @Test
  void keepsWhatWasStoredAndEndsAsAWholeRunOnceThereIsSpace() throws IOException {
    Path study = temporary.resolve("study.yaml");
    Files.writeString(
        study,
        """
        name: tiny
        data: {matrix: %s, select: {keep: 50}}
        space: {model: [vae, infovae], latent: [2, 3, 4, 5], learning-rate: 1e-3, optimizer: adam, hidden: [[32]]}
        train: {batch: 32, max-epochs: 3}
        keep: {weights: all}
        """
            .formatted(
                Path.of(System.getProperty("basedir", "."), "../data/smoke_cc0.tsv.gz")
                    .toRealPath()));
    Path out = disk.path().resolve("out");

    assertIsFull(run(study, out, 0));
    // Enough for some trials and not for all; how much that is depends on the file system.
    int free = 150;
    do {
      assertIsFull(run(study, out, free));
      free += 50;
    } while (stored(out) == 0);
    int before = stored(out);
    assertTrue(before < 8, "trials stored: " + before);
    assertIsFull(run(study, out, 800)); // not enough for the figures
    assertTrue(stored(out) >= before);

    Files.delete(filler());
    Console done = run(study, out);
    assertEquals(0, done.code(), done.err());
    Path whole = temporary.resolve("whole");
    assertEquals(0, run(study, whole).code());
    for (String table : List.of("trials.csv", "epochs.csv", "units.csv")) {
      assertEquals(withoutTimes(whole.resolve(table)), withoutTimes(out.resolve(table)));
    }
  }

  private static void assertIsFull(Console answer) {
    assertEquals(2, answer.code(), answer.err());
    List<String> said = answer.err().lines().filter(line -> !line.startsWith("Warning: ")).toList();
    assertEquals(1, said.size(), answer.err());
    assertTrue(said.getFirst().startsWith("vaescape: /"), answer.err());
    assertTrue(said.getFirst().contains("free some space"), answer.err());
  }

  private static int stored(Path out) {
    try (TrialStore store = SqliteStore.open(out.resolve("study.db"))) {
      return store.trials().stream().map(FinishedTrial::id).distinct().toList().size();
    }
  }

  /// @param free KiB that the disk has left
  private Console run(Path study, Path out, int free) throws IOException {
    Files.deleteIfExists(filler());
    FileStore store = Files.getFileStore(disk.path());
    byte[] block = new byte[4096];
    try (OutputStream file =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.SYNC)) {
      while (store.getUsableSpace() > free * 1024L) {
        long surplus = store.getUsableSpace() - free * 1024L;
        file.write(surplus > 1 << 20 ? new byte[1 << 20] : block);
      }
    } catch (IOException _) {
      // is full
    }
    return run(study, out);
  }

  private static Console run(Path study, Path out) {
    return Console.run(
        "run", study.toString(), "--out", out.toString(), "--workers", "1", "--quiet");
  }

  private static List<String> withoutTimes(Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> head = List.of(lines.getFirst().split(",", -1));
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      for (int i = 0; i < cells.length; i++) {
        rows.add(head.get(i).contains("seconds") ? "" : cells[i]);
      }
    }
    return rows;
  }

  private Path filler() {
    return disk.path().resolve("filler");
  }
}
