package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DegenerateTableTest {
  @TempDir private Path folder;

  private String analyze(String... lines) throws IOException {
    Path table = Files.write(folder.resolve("runs.csv"), List.of(lines));
    Console answer = Console.run("analyze", table.toString(), "--outcome", "y", "--factors", "a");
    assertEquals("", answer.err());
    return answer.text();
  }

  @Test
  void ofATableInWhichNothingVariedItSaysSoAndNoMore() throws IOException {
    assertEquals(
        """
        What was tried
          all runs: 1 run; nothing varied, one seed.

        In short
          Next: vary at least one of the factors, or name a column that did vary (nothing varied, so that nothing can be said of hyper-parameters).
        """,
        analyze("a,y", "1,2"));
  }

  @Test
  void theShareOfAnOnlyFactorIsPrinted() throws IOException {
    String out = analyze("a,y", "1,1.02", "1,1.01", "2,2.05", "2,2.01", "3,3.1", "3,3.05");
    assertTrue(out.contains("variation: a (") && out.contains(", the only one that varied)"), out);
  }

  @Test
  void aTableHasNoFileThatSaysWhyRunsFailed() throws IOException {
    String out = analyze("a,y", "1,", "2,");
    assertTrue(
        out.contains("find out why they failed, and run again (of 2 runs none learned)"), out);
    assertFalse(out.contains("trials.csv"), out);
  }
}
