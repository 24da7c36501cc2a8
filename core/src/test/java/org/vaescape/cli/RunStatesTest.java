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
    assertTrue(answer.out().contains("2 of 6 runs failed" + counted + ", "), answer.out());
    assertTrue(answer.out().contains("Start from: rate 0.1 ("), answer.out());
  }

  @Test
  void runsInAStateOfFailureAreNotChosenWhateverTheirOutcome() throws IOException {
    assertFailed(
        table("state", "COMPLETE", "PRUNED", "FAIL"),
        "state: 1 pruned and 1 failed runs count as failed",
        " (1 failed, 1 pruned)");
    assertFailed(
        table("State", "finished", "crashed", "killed", "running"),
        "State: 1 crashed and 1 killed runs count as failed; 1 that has not ended is left out",
        " (1 crashed, 1 killed)");
    assertFailed(
        table("status", "TERMINATED", "ERROR", "ERROR"),
        "status: 2 failed runs count as failed",
        "");
  }

  @Test
  void aColumnOfOtherWordsIsSaidNotToBeRead() throws IOException {
    Path table = table("status", "draft", "final", "final");
    Console answer = analyze(table);
    assertEquals(
        table
            + ", column status: is not read, as no word of it is a known state of a run (line 2: 'draft')\n",
        answer.err());
    assertTrue(answer.out().contains("Start from: rate 1 ("), answer.out());
    assertEquals(new Console(0, answer.out(), ""), analyze(table, "--state", "none"));
  }

  /// Were it passed over, runs that failed would be the best.
  @Test
  void aColumnWithOneUnknownWordIsRefusedAndCanBeLeftOut() throws IOException {
    for (String failed : List.of("FAIL", "ERROR", "crashed")) {
      Path table = table("state", "COMPLETE", failed, "lost");
      Console answer = analyze(table);
      assertEquals(2, answer.code());
      assertEquals("", answer.out());
      assertTrue(
          answer
              .err()
              .startsWith(
                  "vaescape: %s, line 7: state is 'lost', which is no known state of a run; correct it, or give --state none if no column says how runs ended (known: canceled,"
                      .formatted(table)),
          answer.err());
      Console without = analyze(table, "--state", "none");
      assertEquals("", without.err());
      assertTrue(without.out().contains("Start from: rate 1 ("), without.out());
    }
  }

  @Test
  void twoColumnsOfStatesAreRefusedUntilOneIsNamed() throws IOException {
    Path table = table("state,status", "COMPLETE,TERMINATED", "FAIL,TERMINATED", "FAIL,TERMINATED");
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: %s: columns state and status both say how runs ended; name one by --state COL\n"
                .formatted(table)),
        analyze(table));
    Console named = analyze(table, "--state", "state");
    assertEquals(table + ", column state: 2 failed runs count as failed\n", named.err());
    assertTrue(named.out().contains("Start from: rate 0.1 ("), named.out());
  }

  @Test
  void aTableInWhichNoRunFinishedSaysSo() throws IOException {
    Path failed =
        Files.writeString(folder.resolve("f.csv"), "rate,loss,state\n1,3,FAIL\n2,4,PRUNED\n");
    Console answer = analyze(failed);
    assertEquals(
        failed + ", column state: 1 failed and 1 pruned runs count as failed\n", answer.err());
    assertTrue(answer.out().contains("2 of 2 runs failed"), answer.out());
    Path running =
        Files.writeString(folder.resolve("r.csv"), "rate,loss,state\n1,3,running\n2,,pending\n");
    assertEquals(
        new Console(2, "", "vaescape: " + running + ": no run has ended, says column state\n"),
        analyze(running));
  }

  @Test
  void comparedTablesAreReadByTheirStatesToo() throws IOException {
    Path one = Files.move(table("state", "COMPLETE", "PRUNED"), folder.resolve("optuna.csv"));
    Path other = Files.move(table("status", "TERMINATED", "ERROR"), folder.resolve("ray.csv"));
    Console answer =
        Console.run(
            "compare", one.toString(), other.toString(), "--outcome", "loss", "--factors", "rate");
    assertEquals(
        """
        %s, column state: 1 pruned run counts as failed
        %s, column status: 1 failed run counts as failed
        """
            .formatted(one, other),
        answer.err());
    assertEquals(0, answer.code());
    assertTrue(answer.out().contains("failures (all runs)"), answer.out());
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
                "vaescape: %s, line 6: how is 'lost', which is no known state of a run; correct it,"
                    .formatted(table)),
        answer.err());
  }
}
