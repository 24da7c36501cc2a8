package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossGridTest {
  private static final List<Factor> FACTORS = List.of(new Factor("rate", 2), new Factor("size", 3));
  private static final double NAN = Double.NaN;

  @Test
  void findsCellsByTheirLevels() {
    LossGrid grid = new LossGrid(FACTORS, new double[] {NAN, 4, 2, 3, 2, 9});
    assertEquals(2, grid.best(), "the first of equals");
    assertArrayEquals(new int[] {1, 0}, grid.levels(3));
    for (int cell = 0; cell < grid.cells(); cell++) {
      assertEquals(cell, grid.cell(grid.levels(cell)));
    }
    assertEquals(9, grid.loss(grid.cell(1, 2)));
  }

  @Test
  void liesInBoxesAsItsCellsDo() {
    LevelBox box = new LevelBox(List.of(List.of(1), List.of(0, 2)));
    assertArrayEquals(new int[] {3, 5}, box.places(FACTORS));
    assertEquals(2, box.cells());
    refused("ascending", () -> new LevelBox(List.of(List.of(1, 0))));
    refused("ascending", () -> new LevelBox(List.of(List.of())));
    refused("no level 2", () -> new LevelBox(List.of(List.of(2), List.of(0))).places(FACTORS));
  }

  @Test
  void refusesWhatIsNoGridOfLosses() {
    refused("6 losses but got 5", () -> new LossGrid(FACTORS, new double[5]));
    refused(
        "number 1 is Infinity",
        () -> new LossGrid(FACTORS, new double[] {0, Double.POSITIVE_INFINITY, 0, 0, 0, 0}));
    refused(
        "at least one of 6",
        () -> new LossGrid(FACTORS, new double[] {NAN, NAN, NAN, NAN, NAN, NAN}));
    Factor rate = FACTORS.getFirst();
    refused("distinct", () -> new LossGrid(List.of(rate, rate), new double[4]));
    refused("at least one factor", () -> new LossGrid(List.of(), new double[] {1}));
    LossGrid grid = new LossGrid(FACTORS, new double[6]);
    refused("no level 3", () -> grid.cell(0, 3));
    refused("2 levels but got 1", () -> grid.cell(0));
    refused("no factor model", () -> grid.factor("model"));
  }

  private static void refused(String part, Runnable call) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    assertTrue(message.contains(part), message);
  }
}
