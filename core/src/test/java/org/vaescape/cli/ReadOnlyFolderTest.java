package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A study that is archived on a disk that cannot be written.
final class ReadOnlyFolderTest {
  @RegisterExtension final MountedDisk disk = new MountedDisk(64 << 20);

  @TempDir private Path temporary;

  @Test
  void isReadByWhatOnlyReadsAndRefusedByWhatWrites() throws Exception {
    Path study = temporary.resolve("study.yaml");
    Files.writeString(
        study,
        """
        data: {matrix: %s, select: {keep: 50}}
        space: {model: vae, latent: [2, 3], learning-rate: 1e-3, optimizer: adam, hidden: [[32]]}
        train: {batch: 32, max-epochs: 2}
        """
            .formatted(
                Path.of(System.getProperty("basedir", "."), "../data/smoke_cc0.tsv.gz")
                    .toRealPath()));
    String out = disk.path().resolve("out").toString();
    assertEquals(0, Console.run("run", study.toString(), "--out", out, "--quiet").code());
    disk.makeReadOnly();

    Console verified = Console.run("verify", out, "--trials", "1");
    assertEquals(0, verified.code(), verified.out() + verified.err());
    assertTrue(verified.out().contains("No difference found."), verified.out());
    Console analyzed = Console.run("analyze", out);
    assertEquals(0, analyzed.code(), analyzed.err());
    assertEquals(out + " cannot be written; the numbers in it stay as they are\n", analyzed.err());
    assertEquals(0, Console.run("run", study.toString(), "--out", out, "--dry-run").code());

    assertRefused(Console.run("report", out), out);
    assertRefused(Console.run("run", study.toString(), "--out", out), out);
  }

  private static void assertRefused(Console answer, String out) {
    assertEquals(2, answer.code(), answer.err());
    String said = answer.err().lines().toList().getLast();
    assertTrue(said.startsWith("vaescape: %s cannot be written (".formatted(out)), answer.err());
  }
}
