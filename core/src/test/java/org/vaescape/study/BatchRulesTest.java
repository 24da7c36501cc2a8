package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.UserError;
import org.vaescape.search.Cell;

class BatchRulesTest {
  private static List<Cell> cells(long batch, boolean dropLast) {
    return cells(batch, dropLast, "batch");
  }

  private static List<Cell> cells(long batch, boolean dropLast, String normalization) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    values.put("batch", batch);
    values.put("drop-last", dropLast);
    values.put("hidden", List.of(8L));
    values.put("output", "sigmoid");
    values.put("output-norm", "none");
    values.put("heads", "plain");
    values.put("normalization", normalization);
    return List.of(new Cell(values), new Cell(values));
  }

  @Test
  void refusesABatchThatLeavesNothingWithTheBatchToSet() {
    assertEquals(
        "batch is 1000 but the training part has 133 samples, and drop-last leaves no batch of"
            + " them; set batch to at most 133 (--set train.batch=133) or drop-last to false",
        assertThrows(UserError.class, () -> BatchRules.withABatch(cells(1000, true), 133))
            .getMessage());
  }

  @Test
  void leavesOutWhatHasNoBatchWhileEachValueHasACell() {
    List<Cell> all =
        List.of(cell(100, true), cell(100, false), cell(1000, true), cell(1000, false));
    List<Cell> trained = List.of(all.get(0), all.get(1), all.get(3));
    assertEquals(trained, BatchRules.withABatch(all, 133));
    assertEquals(
        List.of(
            "1 of 4 cells are left out: batch is 1000 but the training part has 133 samples, and drop-last leaves no batch of them; set batch to at most 133, or drop-last to false"),
        BatchRules.leftOut(all, 133));
    assertEquals(List.of(), BatchRules.leftOut(trained, 133));
    assertEquals(all, BatchRules.withABatch(all, 1000));
    for (List<Cell> some :
        List.of(
            List.of(cell(100, true), cell(1000, true)), // no 1000
            List.of(cell(1000, true), cell(1000, false)))) { // no true
      assertThrows(UserError.class, () -> BatchRules.withABatch(some, 133));
    }
  }

  private static Cell cell(long batch, boolean dropLast) {
    return cells(batch, dropLast).getFirst();
  }

  @Test
  void refusesATrainingPartOfOneSample() {
    UserError error = assertThrows(UserError.class, () -> BatchRules.check(cells(2, false), 1));
    assertTrue(String.valueOf(error.getMessage()).startsWith("the training part has 1 sample"));
  }

  @Test
  void warnsOfOneBatchAnEpochAndOfALastBatchOfOne() {
    assertEquals(
        List.of(
            "batch is 1000 but the training part has 133 samples: every epoch is one batch; set batch to at most 133 (--set train.batch=133)"),
        BatchRules.check(cells(1000, false), 133));
    assertEquals(
        List.of(
            "the last batch of 33 would be one sample, of which batch normalisation has no variance; it is left out: set batch to 34, or drop-last to true"),
        BatchRules.check(cells(33, false), 133));
    // 3 leave one of 133 samples too.
    assertTrue(BatchRules.check(cells(2, false), 133).getFirst().contains("set batch to 5"));
    assertEquals(List.of(), BatchRules.check(cells(33, true), 133));
    assertEquals(List.of(), BatchRules.check(cells(133, true), 133));
  }

  @Test
  void asksForTwoSamplesOnlyUnderBatchNormalisation() {
    for (String normalization : List.of("layer", "none")) {
      assertEquals(List.of(), BatchRules.check(cells(33, false, normalization), 133));
      assertEquals(List.of(), BatchRules.check(cells(1, false, normalization), 133));
      assertEquals(1, BatchRules.check(cells(2, false, normalization), 1).size());
    }
  }
}
