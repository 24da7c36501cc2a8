package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCommandTest {
  private static final Path FORMATS =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/formats");
  private static final int SAMPLES = 60;

  @TempDir private Path folder;

  private static String sample(int number) {
    return "TCGA-AA-%04d-0%d".formatted(number / 2, 1 + number % 2);
  }

  /// A matrix of genes in rows.
  private Path matrix(String name, String prefix, int genes, IntFunction<IntFunction<String>> value)
      throws IOException {
    StringBuilder text = new StringBuilder("gene");
    for (int s = 0; s < SAMPLES; s++) {
      text.append('\t').append(sample(s));
    }
    for (int g = 0; g < genes; g++) {
      text.append('\n').append(prefix.formatted(g));
      for (int s = 0; s < SAMPLES; s++) {
        text.append('\t').append(value.apply(g).apply(s));
      }
    }
    return Files.writeString(folder.resolve(name), text.append('\n'));
  }

  private Path logarithms(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    return matrix(
        name,
        "GENE%d",
        120,
        _ -> _ -> String.format(Locale.ROOT, "%.3f", 2 + 8 * random.nextDouble()));
  }

  private Path counts() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    return matrix(
        "counts.tsv",
        "ENSG%011d.3",
        120,
        gene ->
            sample ->
                gene == 7
                    ? "0"
                    : Integer.toString(1 + random.nextInt(40 * (gene + 1) * (1 + sample % 4))));
  }

  /// Counts of cells, few as of single ones.
  ///
  /// @param hole in place of the count of a gene, another one in each cell; empty to have that too
  private Path cells(String name, int cells, String hole) throws IOException {
    SplittableRandom random = new SplittableRandom(9);
    StringBuilder text = new StringBuilder("gene");
    for (int cell = 0; cell < cells; cell++) {
      text.append("\tC").append(cell);
    }
    for (int gene = 0; gene < 120; gene++) {
      text.append("\nGENE").append(gene);
      for (int cell = 0; cell < cells; cell++) {
        int count = Math.max(0, random.nextInt(12) - 8);
        boolean lacks = !hole.isEmpty() && gene == cell;
        text.append('\t').append(lacks ? hole : Integer.toString(count));
      }
    }
    return Files.writeString(folder.resolve(name), text.append('\n'));
  }

  private static Console run(Path matrix, String... more) {
    List<String> words = new ArrayList<>(List.of("data", matrix.toString()));
    words.addAll(List.of(more));
    return Console.run(words.toArray(String[]::new));
  }

  /// What a line of the table says, with its continuation.
  private static String line(Console console, String label) {
    String wrapped = console.out().replaceAll("\n {15}", " ");
    return wrapped
        .lines()
        .filter(line -> line.startsWith("  " + label + " "))
        .map(line -> line.substring(2 + label.length()).strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> asked(Console console) {
    List<String> sets = new ArrayList<>();
    String command = console.out().lines().toList().getLast();
    for (String part : command.split(" --set ", -1)) {
      sets.add(part);
    }
    return sets.subList(1, sets.size());
  }

  @Test
  void saysWhatIsInAFileAndWhatWouldBeDone() throws IOException {
    Files.writeString(
        folder.resolve("l.tsv"),
        "sample\tlabel\n%s\tA\n%s\tB\n%s\tB\n".formatted(sample(0), sample(1), sample(2)));
    Console console =
        run(
            logarithms("m.tsv"),
            "--labels",
            folder.resolve("l.tsv").toString(),
            "--set",
            "data.select.keep=50",
            "--set",
            "train.batch=16");
    assertEquals("", console.err());
    assertEquals(Main.DONE, console.code());
    assertEquals(
        "60 of 30 patients: TCGA-AA-0000-01, TCGA-AA-0000-02, TCGA-AA-0001-01, ...",
        line(console, "samples"));
    assertEquals("120: GENE0, GENE1, GENE2, ...", line(console, "genes"));
    assertEquals(
        "genes in rows, since column names are barcodes of samples", line(console, "orientation"));
    assertTrue(line(console, "format").startsWith("tab-separated text, "));
    assertTrue(
        line(console, "values").endsWith("0 % are 0; as logarithms are, such as log2(x + 1)"));
    assertEquals("none", line(console, "missing"));
    assertEquals("2 classes of 3 of 60 samples; smallest: A 1, B 2", line(console, "labels"));
    assertEquals(
        "48 samples train, 12 validate, 0 are put aside; those of a patient stay together",
        line(console, "splits"));
    assertTrue(
        console.text().contains("  - l.tsv: 57 of the 60 samples of the matrix have no label"),
        console.text());
    assertTrue(console.out().contains("It can be trained on as it is: ./vaescape run"));
    assertTrue(console.out().lines().count() <= 60, console.out());
  }

  /// Large enough for a variance, and without a last batch of one sample.
  @Test
  void proposesABatchForFewSamples() throws IOException {
    Console console = run(counts(), "--set", "data.split.validation=0.7");
    assertEquals("18 samples train", line(console, "splits").split(",", 2)[0]);
    assertTrue(asked(console).contains("train.batch=8"), console.out());
    Console odd =
        run(counts(), "--set", "data.split.group=none", "--set", "data.split.validation=0.72");
    assertEquals("17 samples train", line(odd, "splits").split(",", 2)[0]);
    assertTrue(asked(odd).contains("train.batch=9"), odd.out());
    assertFalse(odd.text().contains("the last batch"), odd.text());
    Console none = run(cells("cells.tsv", 91, ""), "--set", "train.batch=100");
    assertEquals("73 samples train", line(none, "splits").split(",", 2)[0]);
    assertTrue(asked(none).contains("train.batch=10"), "8 and 9 leave one: " + none.out());
  }

  /// What it says to use is what a run takes.
  @Test
  void theSettingsToUseAreTakenAsTheyStand() throws IOException {
    Path counts = counts();
    Console console = run(counts);
    assertEquals(Main.DONE, console.code(), console.err());
    Console refused = run(counts, "--set", "data.select.keep=200");
    assertEquals(Main.USER_ERROR, refused.code());
    assertEquals(
        "vaescape: %s: data.select.keep is 200 but there are only 119 genes that can be used, of 120: 0 are incomplete and 1 constant; set data.select.keep to at most 119\n"
            .formatted(counts),
        refused.err());
    Console other = run(counts, "--set", "data.missing=drop-samples");
    assertEquals(Main.DONE, other.code(), "what is refused is nothing that was asked for");
    assertTrue(line(console, "values").endsWith("whole numbers: counts"), console.out());
    assertEquals("1 gene in all samples", line(console, "constant"));
    assertEquals(
        "data.normalize is size-factors, data.log is log2",
        line(console, "counts"),
        "what is said is what the command that is printed would do");
    assertTrue(
        console
            .text()
            .contains("without the settings below a run is refused: data.select.keep is 5000"),
        console.text());
    assertTrue(console.text().contains("--set data.probe-map=FILE"), console.out());
    List<String> asked = asked(console);
    assertEquals(
        List.of("data.normalize=size-factors", "data.log=log2", "data.select.keep=110"), asked);
    List<String> again = new ArrayList<>();
    asked.forEach(set -> again.addAll(List.of("--set", set)));
    Console better = run(counts, again.toArray(String[]::new));
    assertEquals("", better.err());
    assertEquals(Main.DONE, better.code(), better.out());
    assertTrue(better.out().contains("It can be trained on as it is"), better.out());
    assertEquals("data.normalize is size-factors, data.log is log2", line(better, "counts"));
    List<String> run = new ArrayList<>(List.of("run", "quickstart", "--data", counts.toString()));
    run.addAll(again);
    run.addAll(List.of("--dry-run", "--out", folder.resolve("o").toString()));
    assertEquals(Main.DONE, Console.run(run.toArray(String[]::new)).code());
  }

  @Test
  void saysWhatIsMissingAndWhatLosesLeast() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    Path holes =
        matrix(
            "holes.tsv",
            "GENE%d",
            120,
            gene ->
                sample ->
                    gene == 5 || (sample < 2 && gene % 2 == 0)
                        ? "NA"
                        : String.format(Locale.ROOT, "%.3f", 9 * random.nextDouble()));
    Console console = run(holes, "--set", "data.select.keep=100", "--set", "train.batch=16");
    assertEquals(
        "180 values (2.5 %), in 61 genes (1 of them without any) and 2 samples",
        line(console, "missing"));
    assertEquals(List.of("data.missing=drop-samples"), asked(console).subList(2, 3));
    Console dropped =
        run(
            holes,
            "--set",
            "data.select.keep=100",
            "--set",
            "train.batch=16",
            "--set",
            "data.missing=drop-samples");
    assertEquals(Main.DONE, dropped.code(), dropped.err());
    assertEquals("1 empty gene, 2 incomplete samples", line(dropped, "drops"));
    assertTrue(line(dropped, "splits").startsWith("46 samples train, 12 validate"), dropped.out());
  }

  @Test
  void findsSamplesThatAreThere() throws IOException {
    Path path = logarithms("twins.tsv");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      String[] cells = line.split("\t", -1);
      lines.add(line + "\t" + (lines.isEmpty() ? "copy" : cells[3]));
    }
    Files.write(path, lines);
    Console console = run(path, "--set", "data.select.keep=50");
    assertTrue(line(console, "duplicates").startsWith("1 sample is nearly the same as another: "));
    assertTrue(line(console, "duplicates").contains(sample(2)), console.out());
    assertTrue(line(console, "duplicates").contains("copy"), console.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "obs.h5ad | AnnData, X dense,",
        "csr.h5ad | AnnData, X csr_matrix,",
        "tenx3.h5 | 10x Genomics",
        "tenx | Matrix Market, sparse",
        "named.npz | NumPy",
        "pandas.parquet | Parquet,",
        "csr.npz | SciPy",
        "text.tsv.zst | tab-separated text, Zstandard,",
        "semicolons.csv | semicolon-separated text with decimal commas,"
      })
  void saysWhatAFileIs(String name, String format) {
    Console console = run(FORMATS.resolve(name), "--set", "data.select.keep=3");
    assertTrue(line(console, "format").startsWith(format), console.out());
    assertTrue(line(console, "samples").startsWith("7: "), console.out());
    assertTrue(line(console, "genes").startsWith("5: "), console.out());
  }

  @Test
  void saysWhatAnnDataHasBeside() {
    Console obs = run(FORMATS.resolve("obs.h5ad"), "--set", "data.select.keep=3");
    assertTrue(obs.text().contains("cell_type (3), plate (3), malignant (2)"), obs.text());
    assertTrue(asked(obs).contains("data.label-column=cell_type"), obs.text());
    Console labelled =
        run(
            FORMATS.resolve("obs.h5ad"),
            "--set",
            "data.select.keep=3",
            "--set",
            "data.label-column=cell_type");
    assertEquals("3 classes of 6 of 7 samples; smallest: NK 1, B 2, T 3", line(labelled, "labels"));
    Console layers = run(FORMATS.resolve("layer.h5ad"), "--set", "data.layer=counts");
    assertTrue(line(layers, "layers").startsWith("counts, dense; "), layers.out());
    assertTrue(line(layers, "format").startsWith("AnnData, layers/counts csr_matrix"));
  }

  /// As in single cells: what cannot be done is answered with what can.
  @Test
  void settingsToUseReplaceSizeFactorsThatCannotBe() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    Path sparse =
        matrix("sparse.tsv", "GENE%d", 120, _ -> _ -> Integer.toString(random.nextInt(3) % 2));
    Console console = run(sparse, "--set", "data.normalize=size-factors");
    assertEquals(Main.USER_ERROR, console.code());
    assertEquals(List.of("data.normalize=cpm", "data.select.keep=120"), asked(console));
  }

  @ParameterizedTest
  @CsvSource({
    "my cells (2).tsv, my-cells-2",
    "a.b.csv, a.b",
    "-x.TSV, x",
    "src.tsv, src-2",
    "ж.tsv, quickstart"
  })
  void theCommandNamesAFolderThatIsNotThere(String file, String out) throws IOException {
    Console console = run(logarithms(file), "--set", "data.select.keep=50");
    assertTrue(console.out().contains(" --out %s --set ".formatted(out)), console.out());
  }

  /// Of so few counts a logarithm tells little but which are 0.
  @Test
  void countsOfSingleCellsStayCounts() throws IOException {
    Path cells = cells("cells.tsv", 60, "");
    Console console = run(cells, "--set", "data.select.keep=100");
    assertEquals("", console.err());
    assertEquals(
        List.of(
            "data.select.keep=100",
            "train.reconstruction=nb",
            "data.scale=none",
            "space.model=vae,iwae,infovae"),
        asked(console));
    assertTrue(console.text().contains("by data.normalize=cpm and data.log=log2"), console.text());
    assertEquals("taken as they are", line(console, "counts"));
    assertEquals("nothing", line(console, "scales"));
    Console logarithms = run(cells, "--set", "data.normalize=cpm", "--set", "data.log=log2");
    assertEquals(
        List.of("data.normalize=cpm", "data.log=log2", "data.select.keep=120"), asked(logarithms));
  }

  /// Means of counts are none, and no other term is that of a model that has its own.
  @Test
  void countsStayCountsOnlyWhereTheyMay() throws IOException {
    List<String> logarithms = List.of("data.normalize=cpm", "data.log=log2");
    Console means = run(cells("holes.tsv", 60, "NA"), "--set", "data.select.keep=100");
    assertEquals(Main.DONE, means.code(), means.err());
    assertEquals("data.missing=mean", asked(means).get(1));
    assertEquals(logarithms, asked(means).subList(2, 4));
    assertFalse(means.text().contains("nb"), means.text());
    Path cells = cells("cells.tsv", 60, "");
    Console own = run(cells, "--set", "data.select.keep=100", "--set", "space.model=logcosh-vae");
    assertEquals(Main.DONE, own.code(), own.err());
    assertEquals(logarithms, asked(own).subList(2, 4));
  }

  /// Of one patient alone no samples are left to validate on.
  @Test
  void proposesNothingThatWouldBeRefusedInPlaceOfWhatWouldNot() throws IOException {
    SplittableRandom random = new SplittableRandom(10);
    StringBuilder text = new StringBuilder("gene\tTCGA-AA-0001-01\tTCGA-AA-0002-01");
    for (int s = 10; s < 40; s++) {
      text.append("\tTCGA-AA-0003-").append(s);
    }
    for (int g = 0; g < 60; g++) {
      text.append("\nGENE").append(g);
      for (int s = 0; s < 32; s++) {
        text.append('\t').append(s < 2 && g % 3 == 0 ? "NA" : 9 * random.nextDouble());
      }
    }
    Path patients = Files.writeString(folder.resolve("patients.tsv"), text.append('\n'));
    Console console = run(patients, "--set", "data.select.keep=30");
    assertEquals(Main.DONE, console.code(), console.err());
    assertTrue(console.out().contains("It can be trained on as it is"), console.out());
  }

  @Test
  void namesGenesThatASpreadsheetMadeDates() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    Path dates =
        matrix(
            "dates.tsv",
            "%d-Sep",
            12,
            _ -> _ -> String.format(Locale.ROOT, "%.3f", 9 * random.nextDouble()));
    assertTrue(
        run(dates, "--set", "data.select.keep=12")
            .text()
            .contains(
                "12 of 12 genes have dates for names (0-Sep, 1-Sep, 2-Sep, 3-Sep, 4-Sep, ...), which spreadsheets make of MARCH1, SEPT2 and their like"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-file", "", "empty"})
  void oneSentenceSaysWhatCannotBeRead(String name) throws IOException {
    Files.createFile(folder.resolve("empty"));
    Console console = run(folder.resolve(name));
    assertEquals(Main.USER_ERROR, console.code());
    assertEquals("", console.out());
    String expected =
        switch (name) {
          case "" -> "is a folder without a matrix.mtx, as 10x Genomics has it; name a file in it";
          case "empty" -> "is empty";
          default -> "does not exist";
        };
    String path = folder.resolve(name).toString();
    assertEquals("vaescape: %s %s\n".formatted(path, expected), console.err());
  }
}
