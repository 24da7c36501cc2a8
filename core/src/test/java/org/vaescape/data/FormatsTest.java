package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.UserError;

/// One matrix as other programs write it (`formats/make.py`, `formats/make.R`); what damage makes
/// of it, `FuzzTest` tries.
class FormatsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/formats");
  private static final Matrix EXPECTED =
      MatrixFile.read(FOLDER.resolve("expected.csv"), Orientation.GENES_IN_COLUMNS);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense.h5ad",
        "dense_gzip.h5ad",
        "dense_lzf.h5ad",
        "csr_lzf.h5ad",
        "csr.h5ad",
        "csc.h5ad",
        "tenx3.h5",
        "tenx2.h5",
        "tenx",
        "tenx/matrix.mtx.gz",
        "named.npz",
        "named_otherwise.npz",
        "text.tsv.bz2",
        "text.tsv.zst",
        "semicolons.csv",
        "pandas.parquet",
        "long.parquet",
        "named.parquet",
        "polars.parquet",
        "arrow.parquet",
        "r_write_table.txt",
        "r_write_table.tsv",
        "r_write_table_na.tsv",
        "r_write_csv.csv.gz",
        "r_write_csv2.csv",
        "r_fwrite.csv",
        "r_tenx"
      })
  void readsWhatOthersWrote(String name) {
    Matrix matrix = MatrixFile.read(FOLDER.resolve(name), Orientation.AUTO);
    assertEquals(EXPECTED.samples(), matrix.samples());
    assertEquals(EXPECTED.genes(), matrix.genes());
    assertArrayEquals(Written.byGene(EXPECTED), Written.byGene(matrix));
    assertEquals(EXPECTED.hash(), matrix.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.npz", "fortran.npz", "csr.npz", "csc.npz", "csr_old.npz"})
  void numbersWhatHasNoNames(String name) {
    Matrix matrix = MatrixFile.read(FOLDER.resolve(name), Orientation.AUTO);
    assertEquals(IntStream.rangeClosed(1, 7).mapToObj(i -> "s" + i).toList(), matrix.samples());
    assertEquals(IntStream.rangeClosed(1, 5).mapToObj(i -> "g" + i).toList(), matrix.genes());
    assertArrayEquals(Written.byGene(EXPECTED), Written.byGene(matrix));
  }

  /// An array of each type, named as NumPy does.
  @Test
  void readsEveryTypeOfNumber() throws IOException {
    Map<String, float[]> others =
        Map.of(
            "|b1", new float[] {0, 1, 1, 1, 1, 1},
            "least", new float[] {-128, 127},
            "most", new float[] {0x1p64f, 0},
            "half", new float[] {-65504, 0x1p-24f});
    try (ZipFile zip = new ZipFile(FOLDER.resolve("types.npz").toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String type = entry.getName().replace(".npy", "");
        Path array = folder.resolve("array.npy");
        Files.write(array, zip.getInputStream(entry).readAllBytes());
        float[][] read = Written.byGene(MatrixFile.read(array, Orientation.GENES_IN_ROWS));
        float[] flat = Arrays.copyOf(read[0], 2 * read[0].length);
        if (read.length == 2) {
          System.arraycopy(read[1], 0, flat, read[0].length, read[0].length);
        }
        float[] expected = others.getOrDefault(type, new float[] {0, 1, 2, 3, 100, 127});
        assertArrayEquals(expected, Arrays.copyOf(flat, expected.length), type);
      }
      assertEquals(24, zip.size());
    }
  }

  @Test
  void leavesOutWhatWasCountedBesideGenes() {
    Path path = FOLDER.resolve("tenx");
    assertEquals(
        List.of(
            path.resolve("features.tsv.gz").toAbsolutePath()
                + ": 1 of 6 features are no genes (Antibody Capture) and are left out"),
        MatrixFile.read(path, Orientation.AUTO).notes());
  }

  @Test
  void leavesOutTextsBesideNamesOfAParquetFile() {
    Path path = FOLDER.resolve("arrow.parquet");
    assertEquals(
        List.of(path + ": columns of texts beside the names are left out: tissue"),
        MatrixFile.read(path, Orientation.AUTO).notes());
  }

  /// Whole numbers of pandas with gaps, and an index that only counts.
  @Test
  void numbersRowsOfAParquetFileThatNamesNone() {
    Path path = FOLDER.resolve("numbered.parquet");
    Matrix matrix = MatrixFile.read(path, Orientation.AUTO);
    assertEquals(IntStream.rangeClosed(1, 7).mapToObj(i -> "s" + i).toList(), matrix.samples());
    assertEquals(EXPECTED.genes(), matrix.genes());
    for (int gene = 0; gene < EXPECTED.genes().size(); gene++) {
      for (int sample = 0; sample < EXPECTED.samples().size(); sample++) {
        float there = EXPECTED.values().of(gene)[sample];
        assertEquals(there > 1 ? (float) (int) there : Float.NaN, matrix.values().of(gene)[sample]);
      }
    }
    assertEquals(
        List.of(path + ": names no rows, so they have numbers; write it with a column of names"),
        matrix.notes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"counts", "dense"})
  void readsTheLayerThatIsAskedFor(String layer) {
    Matrix matrix = Hdf5File.read(FOLDER.resolve("layer.h5ad"), layer, new RowsInMemory());
    assertEquals(EXPECTED.hash(), matrix.hash());
  }

  @Test
  void saysWhichLayersThereAre() {
    Path path = FOLDER.resolve("layer.h5ad");
    UserError error =
        assertThrows(UserError.class, () -> Hdf5File.read(path, "spliced", new RowsInMemory()));
    assertEquals(path + ": has no layer spliced; it has counts, dense", error.getMessage());
  }

  /// AnnData's table of samples, against the same table as pandas writes it.
  @ParameterizedTest
  @ValueSource(strings = {"obs.h5ad", "obs_old.h5ad"})
  void readsWhatAnnDataSaysOfSamples(String name) {
    SampleTable expected = SampleTable.read(FOLDER.resolve("obs.csv"));
    SampleTable table = SampleTable.read(FOLDER.resolve(name));
    List<String> columns =
        name.equals("obs.h5ad")
            ? expected.header()
            : List.of("sample", "cell_type", "plate", "malignant");
    for (String column : columns) {
      assertEquals(texts(expected, column), texts(table, column), column);
    }
    assertEquals(columns.size(), name.equals("obs.h5ad") ? table.header().size() : 4);
  }

  /// Numbers as numbers, since programs write them differently.
  private static List<Object> texts(SampleTable table, String column) {
    return table.column(0, table.header().indexOf(column)).entrySet().stream()
        .map(cell -> List.of(cell.getKey(), value(cell.getValue().text())))
        .collect(Collectors.toUnmodifiableList());
  }

  private static Object value(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException _) {
      return text;
    }
  }

  @Test
  void labelsMayComeFromAnnData() {
    Path path = FOLDER.resolve("obs.h5ad");
    assertEquals(
        Map.of(
            "TCGA-01-A10B-01",
            "B",
            "TCGA-03-A30B-01",
            "T",
            "TCGA-04-A40B-01",
            "T",
            "TCGA-05-A50B-01",
            "NK",
            "TCGA-06-A60B-01",
            "B",
            "TCGA-07-A70B-01",
            "T"),
        LabelsFile.read(path, "cell_type").bySample());
    UserError error = assertThrows(UserError.class, () -> LabelsFile.read(path, "celltype"));
    assertEquals(
        path
            + ", obs: has no column celltype, which data.label-column names; it has sample, cell_type, plate, malignant, donor, age, smoker, purity, ...",
        error.getMessage());
  }

  /// Names of samples are no labels, whatever a column is called.
  @Test
  void aColumnOfAnnDataMayBeCalledSample() {
    Path path = FOLDER.resolve("obs_sample.h5ad");
    assertEquals(Map.of("obs/sample", 3), LabelsFile.columns(path));
    assertEquals("well1", LabelsFile.read(path, "obs/sample").bySample().get("TCGA-02-A20B-01"));
  }

  /// In a cache, as a study reads it, and again from there.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense.h5ad",
        "csr.h5ad",
        "tenx",
        "named.npz",
        "text.tsv.zst",
        "pandas.parquet",
        "long.parquet"
      })
  void goesThroughTheCache(String name) {
    for (int start = 0; start < 2; start++) {
      try (DataCache cache = DataCache.in(folder.resolve("cache"), 1 << 20)) {
        Matrix matrix = cache.read(FOLDER.resolve(name), Orientation.AUTO);
        assertEquals(EXPECTED.hash(), matrix.hash());
        assertArrayEquals(Written.byGene(EXPECTED), Written.byGene(matrix));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text.tsv.zst | is cut short",
        "text.tsv.bz2 | is cut short",
        "dense.h5ad | is HDF5 that cannot be read",
        "named.npz | is damaged"
      })
  void saysThatAFileIsCutShort(String name, String message) throws IOException {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
    Path cut = folder.resolve(name);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    String said = Written.message(folder, () -> MatrixFile.read(cut, Orientation.AUTO));
    assertTrue(
        said.startsWith(name + " " + message) || said.startsWith(name + ": " + message), said);
  }

  @Test
  void saysThatANameIsWrong() throws IOException {
    Path named = Files.writeString(folder.resolve("x.zst"), "sample\tS1\nTP53\t1\n");
    assertEquals(
        "x.zst is named .zst but is not a Zstandard file: it begins with the bytes 73 61 6d 70, not 28 b5 2f fd",
        Written.message(folder, () -> MatrixFile.read(named, Orientation.AUTO)));
  }
}
