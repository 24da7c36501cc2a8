package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run leaves nothing open behind it. `bench/soak.py` watches one of 2,000 trials, memory too.
final class SoakTest {
  private static final Path FILES = Path.of("/proc/self/fd");

  @TempDir private Path temporary;

  @Test
  void leavesNoThreadAndNoOpenFile() throws IOException {
    assumeTrue(Files.isDirectory(FILES), "only Linux tells which files are open");
    run("first"); // which loads libraries and starts what stays
    long files = openFiles();
    int threads = Thread.activeCount();
    for (int i = 0; i < 3; i++) {
      run("run-" + i);
    }
    assertTrue(openFiles() <= files, files + " open files became " + openFiles());
    assertTrue(
        Thread.activeCount() <= threads, threads + " threads became " + Thread.activeCount());
  }

  private void run(String name) throws IOException {
    Path study = temporary.resolve("study.yaml");
    Files.writeString(
        study,
        """
        name: soak
        data: {matrix: %s, select: {keep: 50}}
        space: {model: vae, latent: [1, 2, 3, 4, 5], learning-rate: 1e-3, optimizer: adam, hidden: [[8]]}
        train: {batch: 64, max-epochs: 1}
        """
            .formatted(
                Path.of(System.getProperty("basedir", "."), "../data/smoke_cc0.tsv.gz")
                    .toRealPath()));
    Console answer =
        Console.run(
            "run", study.toString(), "--out", temporary.resolve(name).toString(), "--workers", "2");
    assertEquals(0, answer.code(), answer.err());
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.count();
    }
  }
}
