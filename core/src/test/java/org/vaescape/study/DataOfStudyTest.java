package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.train.TrainingMonitor;

/// What a study does to its data before genes are selected, from the study file to the weights.
class DataOfStudyTest {
  private static final Path OBS =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/formats/obs.h5ad");

  @TempDir private Path folder;

  @BeforeEach
  void writeCounts() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("gene");
    for (int sample = 0; sample < 20; sample++) {
      text.append("\tS").append(sample);
    }
    for (int gene = 0; gene < 6; gene++) {
      text.append("\nENSG0000000000").append(gene).append(".4");
      for (int sample = 0; sample < 20; sample++) {
        boolean missing = gene == 2 && sample == 11;
        text.append('\t').append(missing ? "NA" : Integer.toString(1 + random.nextInt(900)));
      }
    }
    Files.writeString(folder.resolve("m.tsv"), text.append('\n'));
    Files.writeString(
        folder.resolve("p.tsv"), "id\tgene\nENSG00000000000.2\tTP53\nENSG00000000001\tMYC\n");
  }

  private StudySession session(String... sets) {
    return StudySession.open(study(sets), DataCache.in(folder.resolve("cache"), 1 << 24));
  }

  private Study study(String... sets) {
    return StudyFile.parse(
        """
        data: {matrix: m.tsv, select: {keep: 5}}
        space: {latent: 2, hidden: [4]}
        train: {batch: 6, max-epochs: 1}
        """,
        "s.yaml",
        folder,
        List.of(sets));
  }

  private Map<String, String> header(String... sets) {
    try (StudySession session = session(sets)) {
      return session
          .trainer()
          .train(session.plan().trials().getFirst(), TrainingMonitor.NONE)
          .orElseThrow()
          .weights()
          .orElseThrow()
          .metadata();
    }
  }

  /// So that whoever encodes other samples can do to them what was done to these.
  @Test
  void weightsSayWhatWasDoneToCounts() {
    Map<String, String> plain = header();
    assertTrue(plain.keySet().stream().noneMatch(key -> key.contains("counts")), plain.toString());
    Map<String, String> header = header("data.normalize=size-factors", "data.log=log2");
    assertEquals("size-factors", header.get("counts.normalize"));
    assertEquals("log2", header.get("counts.log"));
    assertEquals("size-factors", header.get("provenance.data.normalize"));
    assertEquals("log2", header.get("provenance.data.log"));
    assertEquals(
        String.valueOf(header.get("counts.genes")).lines().count(),
        String.valueOf(header.get("counts.means")).lines().count());
    assertEquals("cpm", header("data.normalize=cpm").get("counts.normalize"));
  }

  @Test
  void samplesThatLackAValueGo() {
    try (StudySession session = session("data.missing=drop-samples")) {
      assertEquals("17 training, 2 validation and 0 test samples x 5 genes", session.dataText());
      assertTrue(
          session.notes().getFirst().contains("in 1 of 20 samples, which are dropped (S11)"),
          session.notes().toString());
    }
  }

  @Test
  void genesAreCalledAsTheProbeMapSays() {
    String[] map = {"data.probe-map=p.tsv", "data.missing=mean", "data.select.keep=6"};
    List<String> genes = String.valueOf(header(map).get("genes")).lines().toList();
    assertEquals(List.of("TP53", "MYC", "ENSG00000000002.4"), genes.subList(0, 3));
    try (StudySession plain = session("data.missing=mean", "data.select.keep=6");
        StudySession named = session(map)) {
      assertNotEquals(plain.study().data().hash(), named.study().data().hash());
      Study again = StudyFile.parse(named.study().yaml(), "study.yaml", folder);
      try (StudySession session =
          StudySession.open(again, DataCache.in(folder.resolve("cache"), 1 << 24))) {
        assertEquals(named.plan(), session.plan());
      }
    }
  }

  /// What a resolved study says of its content holds of the names that it had.
  @Test
  void anotherMapIsOtherDataThanAResolvedStudyHad() {
    Study resolved = study("data.probe-map=p.tsv").withDataHash("0");
    assertEquals("0", resolved.data().hash());
    for (String set : List.of("data.probe-map=p.tsv", "data.layer=counts", "data.matrix=m.tsv")) {
      Study changed = StudyFile.parse(resolved.yaml(), "study.yaml", folder, List.of(set));
      assertEquals("", changed.data().hash(), set);
    }
  }

  /// The column of AnnData's table, against the same labels in a file.
  @Test
  void labelsMayBeAColumnOfTheMatrix() throws IOException {
    Path labels =
        Files.writeString(
            folder.resolve("l.tsv"),
            """
            sample\tkind
            TCGA-01-A10B-01\tB
            TCGA-02-A20B-01\tNA
            TCGA-03-A30B-01\tT
            TCGA-04-A40B-01\tT
            TCGA-05-A50B-01\tNK
            TCGA-06-A60B-01\tB
            TCGA-07-A70B-01\tT
            """);
    String matrix = "data.matrix=" + OBS.toAbsolutePath();
    try (StudySession file = session(matrix, "data.select.keep=2", "data.labels=" + labels);
        StudySession column = session(matrix, "data.select.keep=2", "data.label-column=cell_type");
        StudySession none = session(matrix, "data.select.keep=2")) {
      assertEquals(file.plan(), column.plan());
      assertNotEquals(none.plan(), column.plan());
      assertTrue(column.study().yaml().contains("label-column: cell_type"));
    }
    UserError error = assertThrows(UserError.class, () -> session("data.label-column=cell_type"));
    assertEquals(
        "data.label-column is cell_type but there is no labels file to have that column, and the matrix is no .h5ad file; name one by data.labels",
        error.getMessage());
  }

  @Test
  void batchesMayBeAColumnOfTheMatrix() {
    String matrix = "data.matrix=" + OBS.toAbsolutePath();
    try (StudySession batches = session(matrix, "data.select.keep=2", "data.batch-column=plate");
        StudySession none = session(matrix, "data.select.keep=2", "data.batch-column=none");
        StudySession auto = session(matrix, "data.select.keep=2")) {
      assertNotEquals(none.plan(), batches.plan());
      assertEquals(none.plan(), auto.plan());
    }
    UserError error = assertThrows(UserError.class, () -> session("data.batch-column=plate"));
    assertEquals(
        "data.batch-column is plate but there is no labels file to have that column, and the matrix is no .h5ad file; name one by data.labels",
        error.getMessage());
  }
}
