package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
  void ofTooFewDrawnSettingsItSaysWhyThereAreNoShares() throws IOException {
    String reason =
        "19 settings with y tell no shares of its variation: they hold no grid, and a forest takes 20 at least";
    String words = drawn(19).replaceAll("\\s+", " ");
    assertTrue(words.contains("; no complete grid, one seed. " + reason + "."), words);
    assertTrue(drawn(19, "--json").contains("\"reason\" : \"" + reason + "\""), drawn(19));
    assertFalse(drawn(20).replaceAll("\\s+", " ").contains("tell no shares"), drawn(20));
  }

  private String drawn(int settings, String... more) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (int i = 0; i < settings; i++) {
      lines.add(random.nextDouble() + "," + random.nextDouble() + "," + random.nextDouble());
    }
    Path table = Files.write(folder.resolve("drawn.csv"), lines);
    return Console.run(
            Stream.concat(
                    Stream.of("analyze", table.toString(), "--outcome", "y", "--factors", "a,b"),
                    Stream.of(more))
                .toArray(String[]::new))
        .out();
  }

  @Test
  void aTableHasNoFileThatSaysWhyRunsFailed() throws IOException {
    String out = analyze("a,y", "1,", "2,");
    assertTrue(
        out.contains("find out why they failed, and run again (of 2 runs none learned)"), out);
    assertFalse(out.contains("trials.csv"), out);
  }
}
