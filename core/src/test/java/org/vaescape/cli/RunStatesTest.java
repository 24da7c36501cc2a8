package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStatesTest {
  @TempDir private Path folder;

  /// Rate 1 has the lowest values, and only its runs are in the states given.
  private Path table(String column, String good, String... states) throws IOException {
    List<String> lines = new ArrayList<>(List.of("rate,loss," + column));
    for (int repeat = 0; repeat < 2; repeat++) {
      lines.add("0.01,0.5%d,%s".formatted(repeat, good));
      lines.add("0.1,0.2%d,%s".formatted(repeat, good));
    }
    for (String state : states) {
      lines.add("1,0.001," + state);
    }
    return Files.write(folder.resolve("runs.csv"), lines);
  }

  private static Console analyze(Path table, String... more) {
    return Console.run(
        Stream.concat(
                Stream.of("analyze", table.toString(), "--outcome", "loss", "--factors", "rate"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertFailed(Path table, String sentence, String counted) {
    Console answer = analyze(table);
    assertEquals(table + ", column " + sentence + "\n", answer.err());
    assertTrue(answer.out().contains("2 of 6 runs failed (" + counted + ")"), answer.out());
    assertTrue(answer.out().contains("Start from: rate 0.1 ("), answer.out());
  }

  @Test
  void runsInAStateOfFailureAreNotChosenWhateverTheirOutcome() throws IOException {
    assertFailed(
        table("state", "COMPLETE", "PRUNED", "FAIL"),
        "state: 1 pruned and 1 failed runs count as failed",
        "1 failed, 1 pruned");
    assertFailed(
        table("State", "finished", "crashed", "killed", "running"),
        "State: 1 crashed and 1 killed runs count as failed; 1 that has not ended is left out",
        "1 crashed, 1 killed");
    assertFailed(
        table("status", "TERMINATED", "ERROR", "ERROR"),
        "status: 2 failed runs count as failed",
        "2 failed");
  }

  @Test
  void aColumnOfOtherWordsIsNoState() throws IOException {
    Path table = table("status", "draft", "FAIL", "FAIL");
    Console answer = analyze(table);
    assertEquals("", answer.err());
    assertTrue(answer.out().contains("Start from: rate 1 ("), answer.out());
  }

  @Test
  void aNamedColumnWithAnUnknownWordIsRefused() throws IOException {
    Path table = table("how", "done", "lost", "lost");
    Console answer = analyze(table, "--state", "how");
    assertEquals(2, answer.code());
    assertEquals("", answer.out());
    assertTrue(
        answer
            .err()
            .startsWith(
                "vaescape: %s, line 6: how is 'lost', which is no known state of a run; known: canceled,"
                    .formatted(table)),
        answer.err());
  }
}
