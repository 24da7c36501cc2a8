package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vaescape.UserError;

class BuiltInDataTest {
  @Test
  void holdsTheTumoursOfTheQuickstart() {
    Matrix matrix = MatrixFile.read(BuiltInData.path("pancan148_cc0.tsv.gz"), Orientation.AUTO);
    assertEquals(148, matrix.samples().size());
    assertEquals(16_253, matrix.genes().size());
    assertEquals(List.of("A1BG", "A2LD1"), matrix.genes().subList(0, 2));
    assertEquals(6.5f, matrix.values().of(0)[0]);
    assertEquals(List.of(), matrix.notes());
    Labels labels = LabelsFile.read(BuiltInData.path("pancan148_cc0.labels.tsv"));
    PreparedData prepared =
        Preparation.prepare(matrix, Optional.of(labels), DataSettings.defaults(), 2021);
    assertEquals(List.of(), prepared.notes());
    assertEquals(
        List.of(133, 15), List.of(prepared.training().size(), prepared.validation().size()));
    assertEquals(5000, prepared.genes().size());
    assertEquals(30, new HashSet<>(labels.bySample().values()).size());
  }

  @Test
  void holdsASmallerSetOfTheSameSamples() {
    Matrix matrix = MatrixFile.read(BuiltInData.path("smoke_cc0.tsv.gz"), Orientation.AUTO);
    assertEquals(1000, matrix.genes().size());
    assertEquals(
        LabelsFile.read(BuiltInData.path("smoke_cc0.labels.tsv")).bySample().keySet().size(),
        matrix.samples().size());
  }

  @Test
  void saysWhatIsMissing() {
    String message =
        String.valueOf(assertThrows(UserError.class, () -> BuiltInData.path("x.tsv")).getMessage());
    assertTrue(
        message.matches(
            "the built-in data .*data/x\\.tsv is missing; restore it with git checkout data"),
        message);
  }
}
