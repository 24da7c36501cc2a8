package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.DataSettings;
import org.vaescape.data.Labels;
import org.vaescape.data.LabelsFile;
import org.vaescape.data.Matrix;
import org.vaescape.data.MatrixFile;
import org.vaescape.data.Orientation;
import org.vaescape.data.Preparation;
import org.vaescape.data.PreparedData;

/// What `simulate` writes, read again.
class SimulateCommandTest {
  private static final Path DATA = Path.of(System.getProperty("basedir", "."), "../data");
  private static final Path REAL = DATA.resolve("smoke_cc0.tsv.gz");
  private static final Path LABELS = DATA.resolve("smoke_cc0.labels.tsv");

  @TempDir private Path folder;

  private Console simulate(Object... words) {
    List<String> all = new ArrayList<>(List.of("simulate", "--like", REAL.toString()));
    Arrays.stream(words).map(Object::toString).forEach(all::add);
    return Console.run(all.toArray(String[]::new));
  }

  private Matrix simulated(String name, Object... words) {
    Path out = folder.resolve(name);
    List<Object> all = new ArrayList<>(List.of("--out", out));
    all.addAll(List.of(words));
    Console answer = simulate(all.toArray());
    assertEquals(0, answer.code(), answer.err());
    return MatrixFile.read(out, Orientation.AUTO);
  }

  private static double[][] rows(Matrix matrix) {
    return IntStream.range(0, matrix.genes().size())
        .mapToObj(g -> {
          float[] values = matrix.values().of(g);
          return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        })
        .toArray(double[][]::new);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /// Shares of the largest eigenvalues of the correlation matrix, by power iteration.
  private static double[] spectrum(double[][] genes, int count) {
    double[][] left =
        Arrays.stream(genes)
            .map(gene -> {
              double mean = mean(gene);
              double length = deviation(gene) * Math.sqrt(gene.length - 1);
              return Arrays.stream(gene).map(v -> (v - mean) / length).toArray();
            })
            .toArray(double[][]::new);
    double[] shares = new double[count];
    for (int k = 0; k < count; k++) {
      double[] direction =
          IntStream.range(0, left[0].length).mapToDouble(i -> Math.sin(i + 1)).toArray();
      double value = 0;
      for (int round = 0; round < 60; round++) {
        double[] next = new double[direction.length];
        for (double[] gene : left) {
          double product = 0;
          for (int i = 0; i < next.length; i++) {
            product += gene[i] * direction[i];
          }
          for (int i = 0; i < next.length; i++) {
            next[i] += product * gene[i];
          }
        }
        double length = Math.sqrt(Arrays.stream(next).map(v -> v * v).sum());
        value = length;
        direction = Arrays.stream(next).map(v -> v / length).toArray();
      }
      shares[k] = value / left.length;
      for (double[] gene : left) {
        double product = 0;
        for (int i = 0; i < gene.length; i++) {
          product += gene[i] * direction[i];
        }
        for (int i = 0; i < gene.length; i++) {
          gene[i] -= product * direction[i];
        }
      }
    }
    return shares;
  }

  @Test
  void takesClassesFromAnyColumn() throws IOException {
    List<String> wide = new ArrayList<>();
    for (String line : Files.readAllLines(LABELS)) {
      String[] cells = line.split("\t", -1);
      wide.add(wide.isEmpty() ? "sample\tage\ttissue" : cells[0] + "\t1\t" + cells[1]);
    }
    Path table = Files.write(folder.resolve("wide.tsv"), wide);
    Object[] small = {"--samples", 40, "--genes", 20, "--quiet", "--rank", 3};
    Object[] label = {"--labels", LABELS};
    Object[] column = {"--labels", table, "--label-column", "tissue"};
    assertEquals(
        simulated("a.tsv", Stream.of(small, label).flatMap(Stream::of).toArray()).hash(),
        simulated("b.tsv", Stream.of(small, column).flatMap(Stream::of).toArray()).hash());
  }

  @Test
  void looksLikeWhatItImitates() {
    Matrix drawn =
        simulated("a.tsv", "--samples", 3000, "--genes", 300, "--labels", LABELS, "--quiet");
    Matrix real = MatrixFile.read(REAL, Orientation.AUTO);
    double zeros = 0;
    double zerosThere = 0;
    double[][] there = new double[300][];
    double[][] here = rows(drawn);
    for (int g = 0; g < 300; g++) {
      there[g] = rows(real)[real.genes().indexOf(drawn.genes().get(g))];
      double deviation = deviation(there[g]);
      // Five standard errors of 3,000 samples.
      assertEquals(mean(there[g]), mean(here[g]), 5 / Math.sqrt(3000) * deviation);
      assertEquals(1, deviation(here[g]) / deviation, 0.12);
      zeros += Arrays.stream(here[g]).filter(v -> v == 0).count() / 3000.0 / 300;
      zerosThere += Arrays.stream(there[g]).filter(v -> v == 0).count() / 148.0 / 300;
    }
    assertEquals(zerosThere, zeros, 0.05);
    double[] expected = spectrum(there, 5);
    double[] found = spectrum(here, 5);
    for (int k = 0; k < 5; k++) {
      assertEquals(1, found[k] / expected[k], 0.25, "component " + k);
    }
  }

  @Test
  void whatWasPlantedIsThere() throws IOException {
    Matrix drawn =
        simulated(
            "p.npy",
            "--samples",
            600,
            "--genes",
            200,
            "--plant-factors",
            4,
            "--plant-classes",
            3,
            "--plant-separation",
            1,
            "--plant-share",
            0.6);
    double[] shares = spectrum(rows(drawn), 8);
    // Four factors and two directions that tell three classes apart; the seventh is noise.
    assertTrue(shares[5] > 5 * shares[6], Arrays.toString(shares));
    assertTrue(shares[6] < 1.5 * shares[7], Arrays.toString(shares));

    Labels labels = LabelsFile.read(folder.resolve("p.labels.tsv"));
    assertEquals(drawn.samples(), List.copyOf(labels.bySample().keySet()));
    assertEquals(3, new HashSet<>(labels.bySample().values()).size());
    List<String> truth = Files.readAllLines(folder.resolve("p.truth.tsv"));
    assertEquals("sample\tclass\tfactor1\tfactor2\tfactor3\tfactor4", truth.getFirst());
    assertEquals(601, truth.size());
    assertEquals("class", truth.get(1).split("\t", -1)[1].substring(0, 5));
    String said = Files.readString(folder.resolve("p.truth.md"));
    assertTrue(said.contains("6 dimensions hold all that genes share"), said);

    double apart = 0;
    for (double[] gene : rows(drawn)) {
      double[][] byClass =
          IntStream.rangeClosed(1, 3)
              .mapToObj(c ->
                  IntStream.range(0, 600)
                      .filter(i -> labels.of("s" + (i + 1)).equals("class" + c))
                      .mapToDouble(i -> gene[i])
                      .toArray())
              .toArray(double[][]::new);
      double within = (deviation(byClass[0]) + deviation(byClass[1])) / 2;
      apart += Math.pow((mean(byClass[0]) - mean(byClass[1])) / within, 2) / 200;
    }
    assertEquals(1, Math.sqrt(apart), 0.15);
  }

  /// Whatever the format, the number of threads and the samples and genes asked for beside it.
  @Test
  void equalSeedsGiveEqualBits() throws Exception {
    Object[] words = {"--samples", 700, "--genes", 50, "--labels", LABELS, "--quiet"};
    Matrix text = simulated("a.tsv", words);
    Matrix zipped = simulated("b.tsv.gz", words);
    Matrix numpy = new ForkJoinPool(1).submit(() -> simulated("c.npy", words)).get();
    assertEquals(text.hash(), zipped.hash());
    assertEquals(text.samples(), numpy.samples());
    assertEquals(text.genes(), Files.readAllLines(folder.resolve("c.genes.txt")));
    for (int g = 0; g < 50; g++) {
      assertArrayEquals(text.values().of(g), numpy.values().of(g));
    }
    // A change of these numbers means that nobody gets the same matrix again.
    assertEquals("d6a0ac7d6260542b", text.hash().substring(0, 16));
    Object[] other = {"--samples", 700, "--genes", 50, "--seed", 2};
    assertFalse(text.hash().equals(simulated("d.tsv", other).hash()));
    assertFalse(Files.exists(folder.resolve("d.labels.tsv")));
  }

  @Test
  void isPreparedAsAnyMatrixIs() {
    Matrix matrix =
        simulated("a.npy", "--samples", 120, "--genes", 60, "--plant-classes", 2, "--quiet");
    DataSettings defaults = DataSettings.defaults();
    PreparedData prepared =
        Preparation.prepare(
            matrix,
            Optional.of(LabelsFile.read(folder.resolve("a.labels.tsv"))),
            new DataSettings(
                defaults.orientation(),
                DataSettings.Missing.REFUSE,
                DataSettings.Counts.AS_THEY_ARE,
                DataSettings.Fit.ALL,
                defaults.by(),
                60,
                defaults.scale(),
                defaults.validation(),
                defaults.test(),
                defaults.group(),
                DataSettings.Stratify.LABEL),
            1);
    assertEquals(List.of(), prepared.notes());
  }

  @Test
  void leavesNothingWhereSomethingCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("a.genes.txt.part/mine"));
    Console answer = simulate("--samples", 10, "--genes", 10, "--out", folder.resolve("a.npy"));
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("a.npy cannot be written ("), answer.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("a.genes.txt.part")), left.toList());
    }
  }

  @Test
  void writesOverNothing() throws IOException {
    Files.writeString(folder.resolve("a.labels.tsv"), "mine");
    Console answer =
        simulate(
            "--samples", 10, "--genes", 10, "--labels", LABELS, "--out", folder.resolve("a.npy"));
    assertEquals(2, answer.code());
    assertEquals(
        "vaescape: %s exists already and is not written over; move it away or give --out another name\n"
            .formatted(folder.resolve("a.labels.tsv")),
        answer.err());
    assertEquals("mine", Files.readString(folder.resolve("a.labels.tsv")));
    assertFalse(Files.exists(folder.resolve("a.npy")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --genes=1001|smoke_cc0.tsv.gz: --genes is 1001 but there are only 1000 genes; set --genes to at most 1000
          --genes=0|--genes must be at least 1 but was 0
          --samples=0|--samples must be at least 1 but was 0
          --out=a.csv|--out must end in .npy, .tsv, .tsv.gz but was a.csv
          --rank=-1|--rank must be at least 0 but was -1
          --share=1|--share must be a number in [0, 1) but was 1.0
          --kappa=NaN|--kappa must be a number of at least 0 but was NaN
          --plant-factors=0|--plant-factors must be at least 1 but was 0
          --plant-factors=10|--plant-factors must be below the number of genes, 10, but was 10
          --plant-classes=1|--plant-classes must be at least 2 but was 1
          --label-column=tissue|--label-column is of a file of labels; give --labels too
          --plant-share=0.5|--plant-share is of planted factors; give --plant-factors too
          --plant-separation=1|--plant-separation is of planted classes; give --plant-classes too
          --orientation=up|--orientation must be one of auto, genes-in-rows, genes-in-columns but was up
          --like=absent.tsv|absent.tsv does not exist
          """)
  void refusesInOneSentence(String word, String sentence) {
    List<String> words = new ArrayList<>(List.of("simulate"));
    String option = word.substring(0, word.indexOf('=') + 1);
    Stream.of("--like=" + REAL, "--samples=10", "--genes=10", "--out=" + folder.resolve("a.npy"))
        .filter(other -> !other.startsWith(option))
        .forEach(words::add);
    words.add(word);
    Console answer = Console.run(words.toArray(String[]::new));
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().replace(DATA + "/", "").startsWith("vaescape: " + sentence), answer.err());
    assertEquals(1, answer.err().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --plant-share=0|--plant-share must be a number in (0, 1) but was 0.0
          --plant-separation=0|--plant-separation must be a number above 0 and below 1000 but was 0.0
          --rank=3|--rank is of fitted factors, which --plant-factors replaces; leave one of them out
          """)
  void refusesWhatCannotBePlanted(String word, String sentence) {
    Console answer =
        simulate(
            "--samples",
            10,
            "--genes",
            10,
            "--plant-factors",
            2,
            "--plant-classes",
            2,
            "--out",
            folder.resolve("a.npy"),
            word);
    assertEquals(2, answer.code());
    assertEquals("vaescape: " + sentence + "\n", answer.err());
  }

  @Test
  void plantsNoClassesBesideThoseOfLabels() {
    Console answer =
        simulate(
            "--samples",
            10,
            "--genes",
            10,
            "--labels",
            LABELS,
            "--plant-classes",
            3,
            "--out",
            folder.resolve("a.npy"));
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("not both"), answer.err());
  }
}
