package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeMapTest {
  /// As Xena's `gencode.v22.annotation.gene.probeMap` begins.
  private static final String XENA =
      """
      id\tgene\tchrom\tchromStart\tchromEnd\tstrand
      ENSG00000223972.5\tDDX11L1\tchr1\t11869\t14409\t+
      ENSG00000227232.5\tWASH7P\tchr1\t14404\t29570\t-
      ENSG00000141510.16\tTP53\tchr17\t7661779\t7687550\t-
      ENSG00000141510\tTP53\tchr17\t7661779\t7687550\t-
      ENSG00000002586.18\tCD99\tchrX\t2691179\t2741309\t+
      ENSG00000002586.18_PAR_Y\tCD99\tchrY\t2691179\t2741309\t+
      ENSG00000099999.1\t\tchrY\t1\t2\t+
      """;

  @TempDir private Path folder;

  private Matrix named(String map, String... genes) throws IOException {
    Matrix matrix =
        Matrix.of("m.tsv", List.of("s"), List.of(genes), new float[genes.length][1], List.of());
    return ProbeMap.read(Written.text(folder, "p.tsv", map)).apply(matrix);
  }

  @Test
  void genesAreCalledByTheirSymbols() throws IOException {
    Matrix named = named(XENA, "ENSG00000223972.5", "ENSG00000227232.5");
    assertEquals(List.of("DDX11L1", "WASH7P"), named.genes());
    assertEquals(List.of(), named.notes());
  }

  @Test
  void versionsNeedNotAgree() throws IOException {
    assertEquals(
        List.of("DDX11L1", "WASH7P", "TP53"),
        named(XENA, "ENSG00000223972", "ENSG00000227232.9", "ENSG00000141510.16").genes());
  }

  @Test
  void genesThatShareASymbolOrHaveNoneKeepTheirIdentifiers() throws IOException {
    Matrix named =
        named(
            XENA,
            "ENSG00000002586.18",
            "ENSG00000002586.18_PAR_Y",
            "ENSG00000141510",
            "ENSG00000099999.1",
            "ERCC-1");
    assertEquals(
        List.of(
            "CD99 (ENSG00000002586.18)",
            "CD99 (ENSG00000002586.18_PAR_Y)",
            "TP53",
            "ENSG00000099999.1",
            "ERCC-1"),
        named.genes());
    assertEquals(
        List.of(
            "m.tsv: of 5 genes 3 have the symbol that data.probe-map says, 2 of them with the identifier behind it since others have it too, and 2 are not in the map and keep their names"),
        named.notes());
  }

  /// As genes that share a symbol: one of the two has it from the map, the other by itself.
  @Test
  void aSymbolMayBeTheNameOfAGeneThatIsNotInTheMap() throws IOException {
    assertEquals(
        List.of("KRAS (g1)", "KRAS", "TP53"),
        named("id\tgene\ng1\tKRAS\ng2\tTP53\n", "g1", "KRAS", "g2").genes());
  }

  @Test
  void otherNamesAreOtherData() throws IOException {
    Matrix named = named(XENA, "ENSG00000141510");
    assertEquals(
        named.hash(), named("id\tgene\nENSG00000141510\tTP53\n", "ENSG00000141510").hash());
    assertNotEquals(
        named.hash(), named("id\tgene\nENSG00000141510\tP53\n", "ENSG00000141510").hash());
  }

  @Test
  void versionsOfTwoSymbolsTellNothingOfAThird() throws IOException {
    String map = "#id\tgene\nENSG00000141510.1\tA\nENSG00000141510.2\tB\nENSG00000141511.1\tC\n";
    assertEquals(
        List.of("ENSG00000141510.3", "C"),
        named(map, "ENSG00000141510.3", "ENSG00000141511.3").genes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id;symbol;x/a;B;1  | p.tsv, line 1: must have the columns id and gene but has id, symbol, x; name them so
          id;gene/a;B/a;C    | p.tsv, line 3: calls a 'C', and a line above 'B'; leave one of them out
          id;gene;x/a;B/b    | p.tsv, line 3: has 1 columns where line 1 has 3
          id;gene/a;B        | p.tsv: names none of the 1 genes of m.tsv, whose first is 'g'; bring the map of its identifiers, or leave data.probe-map out
          s;1;2;3;4;5;6;7;8/g;0.5;0;1;1;1;1;1;1 | p.tsv, line 1: must have the columns id and gene but has s, 1, 2, 3, 4, 5, 6, 7, ...; name them so
          sep=,/id,x,gene/a,B | p.tsv, line 3: has 2 columns where line 2 has 3
          """)
  void saysWhatIsWrong(String map, String message) {
    String text = map.replace(';', '\t').replace('/', '\n') + "\n";
    assertEquals(message, Written.message(folder, () -> named(text, "g")));
  }
}
