package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user sees of the whole program, from the outside: words in, sentences and files out.
final class AcceptanceTest {
  private static final int SAMPLES = 40;
  private static final int GENES = 30;

  @TempDir private Path temporary;

  @BeforeEach
  void writeAStudyOfASmallMatrix() throws IOException {
    Files.writeString(temporary.resolve("m.tsv"), String.join("\n", matrix()));
    Files.writeString(
        temporary.resolve("s.yaml"),
        """
        name: tiny
        data:
          matrix: %s
          select: {keep: 20}
          split: {validation: 0.2, group: none}
        space:
          model: [vae, infovae]
          latent: 2
          learning-rate: [1e-3]
          optimizer: adam
          hidden: [[8]]
        train: {batch: 8, drop-last: false, max-epochs: 2}
        """
            .formatted(temporary.resolve("m.tsv")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.select.keep=500 | data.select.keep is 500 but there are only 30 genes",
        "data.split.validation=0.999 | leave 0 for training",
        "data.split.validation=0 | must be a number in (0, 1) but was 0",
        "train.batch=1 | batch must be at least 2 under batch normalisation but was 1",
        "train.batch=016 | 016 looks like an octal",
        "train.bacth=8 | did you mean train.batch?",
        "trian.batch=8 | did you mean train?",
        "train.batch | must be KEY=VALUE",
        "space.latent=0 | must be a whole number of at least 1 but was 0",
        "space.latent=5,5 | has 5 twice",
        "space.latent=[] | has no value",
        "space.learning-rate=.nan | .nan is not a finite number",
        "space.learning-rate=1e400 | 1e400 is too large",
        "space.model=vea | did you mean vae?",
        "space.optimizer=adma | did you mean adam?",
        "models.infovae.alfa=1 | did you mean models.infovae.alpha?",
        "train.scheduler.gama=1 | did you mean train.scheduler.gamma?"
      })
  void refusesAValueInOneSentenceAndWritesNothing(String set, String reason) {
    refuses(reason, "--set", set);
  }

  @Test
  void refusesABatchThatDropLastWouldLeaveNothingOf() {
    refuses("set batch to at most 32", "--set", "train.batch=100", "--set", "train.drop-last=true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "  learning-rate: |   lerning-rate: | line 9: unknown key space.lerning-rate; did you mean",
        "  latent: 2 |   latent: 2\\n  latent: 3 | line 9: latent stands twice, first in line 8",
        "  latent: 2 |   latent: [2 | s.yaml, line",
      })
  void namesTheLineOfTheStudyFile(String part, String instead, String reason) throws IOException {
    Path study = temporary.resolve("s.yaml");
    String text = Files.readString(study);
    assertTrue(text.contains(part.strip()));
    Files.writeString(study, text.replaceFirst(part.strip(), instead.strip().replace("\\n", "\n")));
    refuses(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | 2 | high | line 6, column 3 (row G4, column S1)",
        "5 | 2 | inf | line 6, column 3 (row G4, column S1)",
        "0 | 7 | S1 | columns 3 and 8 have the same name 'S1'",
        "9 | 0 | G3 | lines 5 and 10 have the same name 'G3'",
        "5 | 2 | 1\t1 | line 6 (row G4): has 42 columns where line 1 has 41"
      })
  void namesThePlaceOfABadCell(int line, int column, String cell, String reason)
      throws IOException {
    List<String> lines = new ArrayList<>(matrix());
    String[] cells = lines.get(line).split("\t", -1);
    cells[column] = cell;
    lines.set(line, String.join("\t", cells));
    Files.writeString(temporary.resolve("m.tsv"), String.join("\n", lines));
    refuses(reason);
  }

  @Test
  void refusesAGzipThatIsCutShort() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(String.join("\n", matrix()).getBytes(StandardCharsets.UTF_8));
    }
    Path cut = temporary.resolve("cut.tsv.gz");
    Files.write(cut, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    refuses("cut.tsv.gz is cut short after", "--data", cut.toString());
  }

  @Test
  void refusesLabelsOfOtherSamplesAndFilesThatAreNotThere() throws IOException {
    Path labels = temporary.resolve("l.tsv");
    Files.writeString(labels, "sample\tlabel\nX1\tA\nX2\tB\n");
    refuses("labels none of the 40 samples", "--labels", labels.toString());
    refuses("does not exist", "--data", temporary.resolve("nowhere.tsv").toString());
  }

  @Test
  void saysWhereTheMatrixOfAStudyIsDownloaded() {
    Console answer = Console.run("run", "korkic2021", "--out", temporary.resolve("out").toString());
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("xenabrowser.net"), answer.err());
    assertTrue(answer.err().contains("--data FILE"), answer.err());
  }

  @Test
  void refusesAKeyWithAnEmptyPart() {
    Console answer = run("--set", "train.=3");
    assertEquals(2, answer.code());
    assertEquals(
        "vaescape: --set train.=3: the key train. has an empty part; write it as space.latent",
        answer.err().strip());
  }

  @Test
  void addsMoreValuesAndRepeatsAndRefusesAnotherRule() throws IOException {
    assertEquals(0, run("--quiet").code());
    List<String> first = withoutTimes();
    assertEquals(3, first.size());

    refuseInPlace("batch is 8 there and 16 here", "--set", "train.batch=16");
    refuseInPlace("keep is 20 there and 19 here", "--set", "data.select.keep=19");
    refuseInPlace("seed is 2021 there and 1 here", "--set", "seed=1");

    assertEquals(0, run("--quiet", "--set", "space.latent=2,3", "--set", "repeats=2").code());
    List<String> more = withoutTimes();
    assertEquals(1 + 2 * 2 * 2, more.size());
    assertTrue(more.containsAll(first), "what was there is as it was");

    String resolved = out().resolve("study.yaml").toString();
    String again = temporary.resolve("again").toString();
    assertEquals(0, Console.run("run", resolved, "--out", again, "--quiet").code());
    assertEquals(more, withoutTimes(temporary.resolve("again")));
  }

  @Test
  void trainsOnToAHorizonAndRecordsTheStop() throws IOException {
    assertEquals(0, run("--quiet").code());
    assertFalse(Files.exists(out().resolve("checkpoints.csv")));
    Path longer = temporary.resolve("longer");
    String study = temporary.resolve("s.yaml").toString();
    String[] words = {
      "run", study, "--out", longer.toString(), "--quiet", "--set", "train.horizon=5"
    };
    Console answer = Console.run(words);
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("checkpoints.csv"), answer.out());
    assertEquals(
        withoutIds(withoutTimes(out())), withoutIds(withoutTimes(longer)), "what is recorded");
    List<String> rows = Files.readAllLines(longer.resolve("checkpoints.csv"));
    assertEquals(1 + 2 * 3, rows.size());
    assertEquals(2, rows.stream().filter(row -> row.contains(",stop,2,")).count());
    assertEquals(2, rows.stream().filter(row -> row.contains(",horizon,5,")).count());
    assertEquals(1 + 2 * 5, Files.readAllLines(longer.resolve("epochs.csv")).size());

    byte[] table = Files.readAllBytes(longer.resolve("checkpoints.csv"));
    assertEquals(0, Console.run(words).code());
    assertArrayEquals(table, Files.readAllBytes(longer.resolve("checkpoints.csv")));
  }

  private static List<String> withoutIds(List<String> rows) {
    return rows.stream().map(row -> row.substring(row.indexOf(','))).toList();
  }

  @Test
  void keepsTrialsThatDivergeOrDoNotFitAsResults() throws IOException {
    Console answer = run("--quiet", "--set", "space.learning-rate=1e-3,1e30");
    assertEquals(0, answer.code());
    assertEquals("", answer.err());
    List<String> lines = Files.readAllLines(out().resolve("trials.csv"));
    assertTrue(lines.getFirst().startsWith("trial,model,latent,learning-rate,optimizer,"));
    assertEquals(2, lines.stream().filter(line -> line.contains(",max-epochs,2,")).count());
    assertEquals(
        2,
        lines.stream()
            .filter(line -> line.contains(",diverged,"))
            .filter(line -> line.contains("in epoch 1, batch 2; last finite loss "))
            .count());

    Console small =
        Console.run(
            "run",
            temporary.resolve("s.yaml").toString(),
            "--out",
            temporary.resolve("small").toString(),
            "--memory",
            "1k");
    assertEquals(0, small.code(), small.err());
    assertEquals(
        2,
        Files.readAllLines(temporary.resolve("small").resolve("trials.csv")).stream()
            .filter(line -> line.contains(",out-of-memory,"))
            .count());
  }

  private void refuses(String reason, String... more) {
    Console answer = run(more);
    assertEquals(2, answer.code(), answer.err());
    assertEquals("", answer.out());
    assertTrue(answer.err().contains(reason), answer.err());
    assertEquals(1, answer.err().lines().count(), answer.err());
    assertFalse(Files.exists(out()), "nothing is written");
  }

  private void refuseInPlace(String reason, String... more) throws IOException {
    List<byte[]> before = contents();
    Console answer = run(more);
    assertEquals(2, answer.code(), answer.err());
    assertTrue(answer.err().contains(reason), answer.err());
    List<byte[]> after = contents();
    assertEquals(before.size(), after.size());
    for (int file = 0; file < before.size(); file++) {
      assertTrue(Arrays.equals(before.get(file), after.get(file)), "file " + file);
    }
  }

  private Console run(String... more) {
    List<String> words = new ArrayList<>(List.of("run", temporary.resolve("s.yaml").toString()));
    words.addAll(List.of("--out", out().toString()));
    words.addAll(List.of(more));
    return Console.run(words.toArray(String[]::new));
  }

  private Path out() {
    return temporary.resolve("out");
  }

  private List<byte[]> contents() throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(out())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        bytes.add(Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  private List<String> withoutTimes() throws IOException {
    return withoutTimes(out());
  }

  /// The rows of `trials.csv`, its head first, but for the two columns that hold seconds.
  private static List<String> withoutTimes(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("trials.csv"));
    List<String> head = List.of(lines.getFirst().split(",", -1));
    int seconds = head.indexOf("seconds");
    int epochSeconds = head.indexOf("epoch_seconds");
    assertTrue(seconds > 0 && epochSeconds > 0);
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      assertEquals(head.size(), cells.length);
      cells[seconds] = "";
      cells[epochSeconds] = "";
      rows.add(String.join(",", cells));
    }
    return rows;
  }

  /// Genes in rows; two hidden directions and noise, so that something can be learned.
  private static List<String> matrix() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] hidden = new double[SAMPLES][2];
    StringBuilder head = new StringBuilder("sample");
    for (int sample = 0; sample < SAMPLES; sample++) {
      hidden[sample][0] = random.nextGaussian();
      hidden[sample][1] = random.nextGaussian();
      head.append("\tS").append(sample);
    }
    List<String> lines = new ArrayList<>(List.of(head.toString()));
    for (int gene = 0; gene < GENES; gene++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      StringBuilder line = new StringBuilder("G").append(gene);
      for (double[] sample : hidden) {
        double value = 8 + first * sample[0] + second * sample[1] + 0.3 * random.nextGaussian();
        line.append('\t').append(String.format(Locale.ROOT, "%.4f", value));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
