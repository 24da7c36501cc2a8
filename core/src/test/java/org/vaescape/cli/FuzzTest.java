package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short run of [Fuzz], the same on every machine: `-Dvaescape.fuzz.files` and
/// `-Dvaescape.fuzz.seed` make it another one.
class FuzzTest {
  @TempDir Path folder;

  @Test
  void whateverIsInAFileSomebodyIsToldInASentence() throws IOException {
    long seed = Long.getLong("vaescape.fuzz.seed", 8);
    Fuzz fuzz = new Fuzz(folder, seed);
    int files = Integer.getInteger("vaescape.fuzz.files", 4_000);
    fuzz.run(() -> fuzz.cases() >= files);
    assertEquals(List.of(), fuzz.findings(), "seed " + seed);
  }
}
