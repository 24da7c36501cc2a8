package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixFileTest {
  private static final String XENA =
      """
      sample\tTCGA-19-2620-01\tTCGA-21-5787-11
      A1BG\t6.5\t-5.25
      TP53\tNA\t1e-3
      MT-CO1\t0\t16.4
      """;

  @TempDir private Path folder;

  private Matrix read(String name, String content) throws IOException {
    return MatrixFile.read(Written.text(folder, name, content), Orientation.AUTO);
  }

  private static void assertIsXena(Matrix matrix) {
    assertEquals(List.of("TCGA-19-2620-01", "TCGA-21-5787-11"), matrix.samples());
    assertEquals(List.of("A1BG", "TP53", "MT-CO1"), matrix.genes());
    float[][] expected = {{6.5f, -5.25f}, {Float.NaN, 0.001f}, {0, 16.4f}};
    assertArrayEquals(expected, Written.byGene(matrix));
    assertEquals(List.of(), matrix.notes());
  }

  /// As R's `write.table` has it by default, and with tabs and without quotes; as Excel has it in
  /// half of Europe; as GenePattern and GTEx have it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        "TCGA-19-2620-01" "TCGA-21-5787-11"
        "A1BG" 6.5 -5.25
        "TP53" NA 0.001
        "MT-CO1" 0 16.4
        """,
        """
        TCGA-19-2620-01\tTCGA-21-5787-11
        A1BG\t6.5\t-5.25
        TP53\tNA\t0.001
        MT-CO1\t0\t16.4
        """,
        """
        "TCGA-19-2620-01","TCGA-21-5787-11"
        "A1BG",6.5,-5.25
        "TP53",NA,0.001
        "MT-CO1",0,16.4
        """,
        """
        #1.2
        3\t2
        Name\tDescription\tTCGA-19-2620-01\tTCGA-21-5787-11
        A1BG\talpha-1-B, a "glyco"protein\t6.5\t-5.25
        TP53\tna\t\t1E-3
        MT-CO1\t\t0\t16.4
        """,
        """
        #1.3
        3\t2\t2\t1
        id\tsymbol\tlength\tTCGA-19-2620-01\tTCGA-21-5787-11
        tissue\tna\tna\tbrain\tlung
        A1BG\tA\t100\t6.5\t-5.25
        TP53\tB\t200\tNaN\t0.001
        MT-CO1\tC\t300\t0\t16.4
        """
      })
  void readsWhatOtherProgramsWrite(String text) throws IOException {
    assertIsXena(read("others.txt", text));
    assertIsXena(read("excel.txt", '\ufeff' + text.replace("\n", "\r\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sep=;\r\n"})
  void readsDecimalCommasWhereSemicolonsPartCells(String before) throws IOException {
    Matrix matrix =
        read(
            "excel.csv",
            before
                + "sample;TCGA-19-2620-01;TCGA-21-5787-11\r\nA1BG;1.234;-5,25\r\nTP53;;1,0E-3\r\n"
                + "MT-CO1;1.234.567,5;\"1.234\"\r\n");
    float[][] expected = {{1234, -5.25f}, {Float.NaN, 0.001f}, {1234567.5f, 1234}};
    assertArrayEquals(expected, Written.byGene(matrix));
    assertEquals(
        List.of(matrix.source() + ": has decimal commas, so 0,5 was read as 0.5 and 1.234 as 1234"),
        matrix.notes());
  }

  @Test
  void readsDecimalPointsWhereSemicolonsPartCells() throws IOException {
    Matrix matrix =
        read(
            "points.csv",
            "sample;TCGA-19-2620-01;TCGA-21-5787-11\nA1BG;1.234;0.5\nTP53;1,234;12,345.5\n");
    float[][] expected = {{1.234f, 0.5f}, {1234, 12345.5f}};
    assertArrayEquals(expected, Written.byGene(matrix));
    assertEquals(List.of(), matrix.notes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "NA", "NaN", "nan", "null", "NULL", "N/A", "#N/A", "<NA>", "None", "\"\""
      })
  void knowsTheWordsForAMissingValue(String word) throws IOException {
    assertIsXena(read("missing.tsv", XENA.replace("NA", word)));
  }

  @Test
  void readsTheSameMatrixFromEveryTextFormat() throws IOException {
    Matrix plain = read("xena.tsv", XENA);
    assertIsXena(plain);
    String csv = XENA.replace('\t', ',');
    String quoted = csv.replaceAll("[^,\n]+", "\"$0\"");
    String transposed =
        """
        ,A1BG,TP53,MT-CO1
        TCGA-19-2620-01,6.5,,0
        TCGA-21-5787-11,-5.25,0.001,16.4
        """;
    List<Matrix> others =
        List.of(
            MatrixFile.read(
                Written.bytes(folder, "xena.tsv.gz", Written.gzip(XENA)), Orientation.AUTO),
            MatrixFile.read(Written.bytes(folder, "HiSeqV2", Written.gzip(XENA)), Orientation.AUTO),
            MatrixFile.read(
                Written.bytes(folder, "xena.csv.gz", Written.gzip(csv)), Orientation.AUTO),
            read("xena.csv", csv),
            read("quoted.csv", quoted),
            read("dos.tsv", XENA.replace("\n", "\r\n")),
            read("mark.tsv", "\ufeff" + XENA),
            read("unfinished.tsv", XENA.strip()),
            read("gaps.tsv", XENA.replace("\n", "\n\n")),
            read("transposed.csv", transposed));
    for (Matrix other : others) {
      assertIsXena(other);
      assertEquals(plain.hash(), other.hash(), other.source());
    }
  }

  /// As `cat` and bgzip write them; zeros behind the end say nothing.
  @Test
  void readsAllMembersOfAGzipFile() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(Written.gzip(XENA.substring(0, 60)));
    members.write(Written.gzip(XENA.substring(60)));
    members.write(Written.gzip(""));
    members.write(new byte[700]);
    assertIsXena(
        MatrixFile.read(
            Written.bytes(folder, "members.gz", members.toByteArray()), Orientation.AUTO));
  }

  @Test
  void hashesValuesAndNames() throws IOException {
    String hash = read("a.tsv", XENA).hash();
    assertNotEquals(hash, read("b.tsv", XENA.replace("16.4", "16.5")).hash());
    assertNotEquals(hash, read("c.tsv", XENA.replace("TP53", "TP63")).hash());
    assertNotEquals(hash, read("d.tsv", XENA.replace("-11\n", "-01\n")).hash());
    assertNotEquals(hash, read("e.tsv", XENA.replace("NA", "0")).hash());
  }

  @Test
  void readsLinesLongerThanItsBuffer() throws IOException {
    int width = 300_000;
    StringBuilder text = new StringBuilder("gene");
    IntStream.range(0, width).forEach(i -> text.append("\ts").append(i));
    text.append("\nTP53");
    IntStream.range(0, width).forEach(i -> text.append('\t').append(i).append(".5"));
    Matrix matrix =
        read("wide.tsv", text.append("\nA1BG\t7".replace("\t7", "\t7".repeat(width))).toString());
    for (int i = 0; i < width; i++) {
      assertEquals(i + 0.5f, matrix.values().of(0)[i]);
      assertEquals(7, matrix.values().of(1)[i]);
    }
  }

  @Test
  void transposesMatricesOfManyStrips() throws IOException {
    int samples = 300;
    StringBuilder text = new StringBuilder("sample_id,TP53,KRAS,MYC\n");
    for (int s = 0; s < samples; s++) {
      text.append("x%d,%d,%d,%d\n".formatted(s, s, 1000 + s, 2000 + s));
    }
    Matrix matrix = read("long.csv", text.toString());
    for (int g = 0; g < 3; g++) {
      for (int s = 0; s < samples; s++) {
        assertEquals(1000 * g + s, matrix.values().of(g)[s]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // corner, columns, rows, genes in rows
    "sample,      TCGA-19-2620-01 TCGA-21-5787-11, a b c, true",
    "sample,      a b c d, TCGA-19-2620-01 TCGA-21-5787-11 TCGA-21-5787-01, false",
    "gene,        a b c d, GSM101 GSM102 GSM103, false",
    "sample_id,   a b c d, TP53 x y, true",
    "sample,      Trp53 Gapdh x, a b, false",
    "sample,      ENSG00000141510 ENSG00000141511.3, a b c, false",
    "id,          A1BG|1 ?|100130426 x, a b, false",
    "sample,      g1 g2 g3, a b c, false",
    "id,          s1 s2 s3 s4, a b c, true",
    "sample,      a b c d, patient_1 patient_2, false"
  })
  void findsGenesByNames(String corner, String columns, String rows, boolean inRows) {
    Layout layout =
        Layout.of(Orientation.AUTO, corner, List.of(columns.split(" ")), List.of(rows.split(" ")));
    assertEquals(inRows, layout.genesInRows(), layout.because());
    assertEquals(true, layout.certain(), layout.because());
  }

  @Test
  void saysWhatItGuessedFromTheFirstCell() throws IOException {
    Matrix matrix = read("x.tsv", "sample\ta\tb\tc\nd\t1\t2\t3\n");
    assertEquals(List.of("d"), matrix.genes());
    assertEquals(
        List.of(
            folder.resolve("x.tsv")
                + ": read with genes in rows because the first cell is 'sample'; set"
                + " data.orientation to genes-in-columns if that is wrong"),
        matrix.notes());
  }

  @Test
  void saysWhatItGuessedFromTheShape() throws IOException {
    Matrix matrix = read("x.tsv", "id\ta\tb\tc\nd\t1\t2\t3\n");
    assertEquals(List.of("a", "b", "c"), matrix.genes());
    assertEquals(
        List.of(
            folder.resolve("x.tsv")
                + ": read with genes in columns because there are 1 rows and 3 columns, and genes"
                + " are mostly more than samples; set data.orientation to genes-in-rows if that is"
                + " wrong"),
        matrix.notes());
  }

  @Test
  void readsAsToldAgainstAllNames() throws IOException {
    Path path = Written.text(folder, "x.tsv", XENA);
    Matrix matrix = MatrixFile.read(path, Orientation.GENES_IN_COLUMNS);
    assertEquals(List.of("TCGA-19-2620-01", "TCGA-21-5787-11"), matrix.genes());
    assertEquals(List.of("A1BG", "TP53", "MT-CO1"), matrix.samples());
    assertEquals(
        List.of(
            path
                + ": read with genes in columns because data.orientation says so, although column"
                + " names are barcodes of samples; set data.orientation to genes-in-rows if that is"
                + " wrong"),
        matrix.notes());
    assertIsXena(MatrixFile.read(path, Orientation.GENES_IN_ROWS));
  }

  @ParameterizedTest
  @MethodSource("npyCases")
  void readsNumPyArrays(NpyCase npy) throws IOException {
    Path path = Written.bytes(folder, "x.npy", npy.file());
    Matrix matrix = MatrixFile.read(path, Orientation.AUTO);
    assertEquals(List.of("s1", "s2"), matrix.samples());
    assertEquals(List.of("g1", "g2", "g3"), matrix.genes());
    assertArrayEquals(new float[][] {{1, 4}, {-2, 5}, {3, 6}}, Written.byGene(matrix));
    Matrix turned = MatrixFile.read(path, Orientation.GENES_IN_ROWS);
    assertEquals(List.of("g1", "g2"), turned.genes());
    assertArrayEquals(new float[][] {{1, -2, 3}, {4, 5, 6}}, Written.byGene(turned));
  }

  static Stream<NpyCase> npyCases() {
    return Stream.of(
        new NpyCase("<f4", false, (file, value) -> file.putFloat(value)),
        new NpyCase("<f4", true, (file, value) -> file.putFloat(value)),
        new NpyCase("<f8", false, (file, value) -> file.putDouble(value)),
        new NpyCase("<f8", true, (file, value) -> file.putDouble(value)),
        new NpyCase("<i4", false, (file, value) -> file.putInt(value)),
        new NpyCase("<i4", true, (file, value) -> file.putInt(value)),
        new NpyCase("<i8", false, (file, value) -> file.putLong(value)),
        new NpyCase("<i8", true, (file, value) -> file.putLong(value)));
  }

  /// @param put adds one value to the file
  record NpyCase(String type, boolean fortran, BiConsumer<ByteBuffer, Integer> put) {
    byte[] file() {
      List<Integer> values = fortran ? List.of(1, 4, -2, 5, 3, 6) : List.of(1, -2, 3, 4, 5, 6);
      return Written.npy(
          type, fortran, "2, 3", file -> values.forEach(value -> put.accept(file, value)));
    }
  }

  @Test
  void readsNumPyAndTextAlike() throws IOException {
    byte[] file =
        Written.npy(
            "<f4", false, "2, 2", b -> b.putFloat(1).putFloat(2).putFloat(3).putFloat(Float.NaN));
    assertEquals(
        read("x.csv", "sample,g1,g2\ns1,1,2\ns2,3,\n").hash(),
        MatrixFile.read(Written.bytes(folder, "x.npy", file), Orientation.AUTO).hash());
  }
}
