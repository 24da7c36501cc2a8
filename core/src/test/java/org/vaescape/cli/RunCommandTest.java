package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.study.FinishedTrial;
import picocli.CommandLine;

final class RunCommandTest {
  private static final Path DATA = Path.of(System.getProperty("basedir", "."), "..", "data");

  @TempDir private Path temporary;

  @BeforeEach
  void writeTheStudy() throws IOException {
    Files.writeString(
        study(),
        """
        name: tiny
        data:
          matrix: %s
          select: {keep: 200}
        space:
          model: [vae, infovae]
          latent: [2, 5]
          learning-rate: [1e-3]
          optimizer: [adam]
          hidden: [[16]]
          kl-weight: 0.00025
        train: {batch: 32, drop-last: false, max-epochs: 3}
        """
            .formatted(DATA.resolve("smoke_cc0.tsv.gz").toRealPath()));
  }

  @Test
  void endsTheSameWithOneWorkerOrTwoAndAfterAStopInBetween() throws IOException {
    assertEquals(0, run("one", "--workers", "1").code());
    assertEquals(0, run("two", "--workers", "2").code());
    assertEquals(0, run("parts", "--max-trials", "2").code());
    assertEquals(2, results("parts").size());
    Console rest = run("parts");
    assertEquals(0, rest.code());
    assertTrue(rest.err().startsWith("2 of 4 trials are there already\n"), rest.err());

    List<String> expected = results("one");
    assertEquals(4, expected.size());
    assertEquals(expected, results("two"));
    assertEquals(expected, results("parts"));
    for (String name : List.of("study.yaml", "epochs.csv", "report.html", "figures")) {
      assertTrue(Files.exists(temporary.resolve("one").resolve(name)), name);
    }
  }

  @Test
  void tellsWhatItDoesInALogThatEachRunBeginsAnew() throws IOException {
    assertEquals(0, run("out", "--max-trials", "3", "--workers", "1").code());
    String first = Files.readString(temporary.resolve("out/live.jsonl"));
    assertEquals(1, count(first, "begun"));
    assertEquals(3, count(first, "started"));
    assertEquals(9, count(first, "epoch"));
    assertEquals(3, count(first, "finished"));
    assertEquals(0, run("out").code());
    String second = Files.readString(temporary.resolve("out/live.jsonl"));
    assertEquals(1, count(second, "finished"));
    assertEquals(3, count(second, "epoch"));
  }

  private static long count(String log, String event) {
    return log.lines().filter(line -> line.startsWith("{\"event\":\"" + event + "\"")).count();
  }

  /// Hours of training are not lost to a defect of what comes after them.
  @Test
  void writesItsResultsWhateverTheStatisticsDo() throws IOException {
    assertEquals(0, run("out", "--max-trials", "1").code());
    assertTrue(Files.exists(temporary.resolve("out/sensitivity.json")));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ResultFiles results =
        new ResultFiles(
            new PrintWriter(out),
            new PrintWriter(err),
            _ -> {
              throw new IllegalStateException("planted");
            });
    Path folder = temporary.resolve("out");
    int code =
        new CommandLine(new RunCommand(results))
            .execute(
                study().toString(), "--out", folder.toString(), "--max-trials", "1", "--quiet");
    assertEquals(Main.DEFECT, code);
    assertEquals(
        "vaescape: the statistics failed (java.lang.IllegalStateException: planted), so that there is no sensitivity.json and the report lacks what they say; that is a defect of vaescape, please report it with what './vaescape analyze %s' prints\n"
            .formatted(folder),
        err.toString());
    assertEquals(2, results("out").size(), "the table has the second trial");
    assertTrue(Files.readString(folder.resolve("report.html")).contains("2 of 4 planned trials"));
    assertFalse(Files.exists(folder.resolve("sensitivity.json")), "that of one trial is gone");
    assertFalse(out.toString().contains("Numbers:"), out.toString());
    assertTrue(out.toString().contains("Report:"), out.toString());
    assertTrue(out.toString().contains("2 trials are left."), out.toString());
  }

  @Test
  void trainsNothingAgainAndWritesTheSameBytes() throws IOException {
    Console first = run("out");
    List<byte[]> before = files("out");
    Console second = run("out", "--quiet");
    assertEquals(new Console(0, first.out(), ""), second);
    List<byte[]> after = files("out");
    for (int i = 0; i < before.size(); i++) {
      assertTrue(Arrays.equals(before.get(i), after.get(i)), "file " + i);
    }
  }

  /// A reading adds trials to those that are there, and its key is a column.
  @Test
  void aReadingThatIsAddedLaterKeepsTheTrials() throws IOException {
    assertEquals(0, run("out").code());
    Console more =
        run(
            "out",
            "--set",
            "readings.validation.latent=sampled,mean",
            "--set",
            "readings.infovae.reg-weight=10,110");
    assertEquals(0, more.code(), more.err());
    assertTrue(more.err().startsWith("4 of 12 trials are there already\n"), more.err());
    List<String> header =
        List.of(
            Files.readAllLines(temporary.resolve("out").resolve("trials.csv"))
                .getFirst()
                .split(",", -1));
    assertTrue(
        header.containsAll(List.of("validation.latent", "infovae.reg-weight")), header.toString());
  }

  @Test
  void stopsWhenAskedToAndGoesOnWithTheSameCommand() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                study().toString(),
                "--out",
                temporary.resolve("out").toString(),
                "--workers",
                "1",
                "--set",
                "train.stop.rule=none",
                "--set",
                "train.max-epochs=2000")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!Files.exists(temporary.resolve("out").resolve("study.yaml"))) {
      assertTrue(child.isAlive());
      Thread.sleep(50);
    }
    Thread.sleep(500);
    // Ends the run as ctrl-C does, which children of a shell in the background are deaf to.
    new ProcessBuilder("kill", "-TERM", Long.toString(child.pid())).start().waitFor();
    try (BufferedReader lines = child.inputReader()) {
      List<String> printed = lines.lines().toList();
      assertEquals(130, child.waitFor());
      assertTrue(printed.getLast().startsWith("Interrupted; "), printed.toString());
    }
    assertTrue(Files.exists(temporary.resolve("out").resolve("report.html")));
    // No trial has ended, so nothing there binds the next run.
    assertEquals(0, run("out", "--set", "train.max-epochs=3").code());
    List<String> ended = results("out");
    assertEquals(4, ended.size());
    Console refused = run("out", "--set", "train.max-epochs=4");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("max-epochs is 3 there and 4 here"), refused.err());
    assertEquals(ended, results("out"));
  }

  @Test
  void saysWhatItWouldRunAndWritesNothing() {
    Console answer = run("out", "--dry-run", "--workers", "2");
    assertEquals(0, answer.code());
    List<String> lines = answer.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches("Data: \\d+ training, \\d+ validation and 0 test samples x \\d+ genes"),
        answer.out());
    assertEquals(
        "Trials: 4, of which 0 are in %s already; up to 2 at once"
            .formatted(temporary.resolve("out")),
        lines.get(1));
    assertTrue(
        lines.get(3).matches("Disk: about \\d+ MiB in .* when all trials have ended"),
        answer.out());
    String time = "Time: about .* for an epoch of all these trials together: [^,]* s";
    assertTrue(lines.get(4).matches(time + " if none stops before its last"), answer.out());
    assertTrue(lines.get(2).startsWith("Memory: the largest trial needs about "), answer.out());
    String longer = run("out", "--dry-run", "--set", "train.max-epochs=21").out();
    assertTrue(
        longer.matches("(?s).*ended, \\d+ MiB if none stops before its last epoch\n.*"), longer);
    assertTrue(
        longer.matches(
            "(?s).*" + time + " if their rules stop them after 20 epochs, .* before its last\n"),
        longer);
    assertFalse(Files.exists(temporary.resolve("out")));
    assertEquals(0, run("out", "--max-trials", "3").code());
    assertTrue(run("out", "--dry-run").out().contains("Trials: 4, of which 3 are in "));
    Console failed = run("out", "--dry-run", "--only", "failed");
    assertTrue(failed.out().contains("Trials: 4, of which 0 failed, "), failed.out());
    assertTrue(failed.out().endsWith("Time: nothing is left to train\n"), failed.out());
    Console other = run("out", "--dry-run", "--set", "train.batch=16");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("batch is 32 there and 16 here"), other.err());
  }

  @Test
  void keepsAwayFromAFolderOfOtherThings() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("out"));
    Files.writeString(folder.resolve("thesis.tex"), "");
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: "
                + folder
                + " is not empty and holds no study (no study.db); name a new folder by --out\n"),
        run("out"));
  }

  @Test
  void saysThatAFolderIsWhereAFileOfItsIsToBe() throws IOException {
    Path folder = temporary.resolve("out");
    Path store = Files.createDirectories(folder.resolve("study.db"));
    String said =
        "vaescape: %s is a folder, but a study keeps its trials in a file of this name; move it away, or name another folder\n"
            .formatted(store);
    assertEquals(new Console(2, "", said), run("out"));
    assertEquals(new Console(2, "", said), run("out", "--dry-run"));
    for (String command : List.of("report", "analyze", "verify")) {
      assertEquals(new Console(2, "", said), Console.run(command, folder.toString()));
    }
    Files.delete(store);
    Path study = Files.createDirectory(folder.resolve("study.yaml"));
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: %s is a folder, but the resolved study is written to a file of this name; move it away, or name another folder by --out\n"
                .formatted(study)),
        run("out"));
  }

  @Test
  void leavesNoFolderOfAStudyWhoseServerIsAway() {
    Console answer = run("out", "--set", "store=postgresql://nobody@127.0.0.1:1/none");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(": the server does not answer ("), answer.err());
    assertFalse(Files.exists(temporary.resolve("out")));
  }

  @Test
  void saysWhatAnOptionMustBe() {
    assertEquals(
        "vaescape: --memory must be an amount such as 8g or 512m but was lots\n",
        run("out", "--memory", "lots").err());
    assertEquals(
        "vaescape: --workers must be at least 1 but was 0\n", run("out", "--workers", "0").err());
    assertEquals(
        "vaescape: --only must be failed but was diverged\n",
        run("out", "--only", "diverged").err());
    assertEquals(
        "vaescape: --only failed: %s holds no study yet; run it without --only first\n"
            .formatted(temporary.resolve("out")),
        run("out", "--only", "failed").err());
    assertEquals(
        "vaescape: --out must name a folder but was empty\n",
        Console.run("run", study().toString(), "--out", "").err());
    assertFalse(Files.exists(temporary.resolve("out")));
  }

  private Console run(String folder, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("run", study().toString(), "--out", temporary.resolve(folder).toString()));
    words.addAll(List.of(more));
    return Console.run(words.toArray(String[]::new));
  }

  private Path study() {
    return temporary.resolve("tiny.yaml");
  }

  /// Everything that a folder's trials came to, but for times.
  private List<String> results(String folder) {
    try (org.vaescape.study.TrialStore store =
        org.vaescape.store.SqliteStore.open(temporary.resolve(folder).resolve("study.db"))) {
      return store.trials().stream().map(RunCommandTest::result).toList();
    }
  }

  private static String result(FinishedTrial trial) {
    List<Object> facts =
        new ArrayList<>(
            List.of(
                trial.id(), trial.status(), trial.verdict(), trial.metrics(), trial.settings()));
    for (FinishedTrial.Epoch epoch : trial.curve()) {
      epoch
          .terms()
          .forEach((term, value) -> {
            if (!term.equals("seconds")) {
              facts.add(term + " " + Double.doubleToRawLongBits(Objects.requireNonNull(value)));
            }
          });
    }
    return facts.toString();
  }

  private List<byte[]> files(String folder) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (String name : List.of("trials.csv", "epochs.csv", "study.yaml", "report.html")) {
      bytes.add(Files.readAllBytes(temporary.resolve(folder).resolve(name)));
    }
    return bytes;
  }
}
