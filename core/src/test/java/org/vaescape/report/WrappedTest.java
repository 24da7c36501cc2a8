package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTest {
  @Test
  void aLineEndsBetweenWordsAndTheNextOneHangs() {
    List<String> lines = Wrapped.lines("word ".repeat(50).strip(), "  ", "    ");
    assertEquals(3, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() <= Wrapped.WIDTH), lines::toString);
    assertTrue(lines.get(0).startsWith("  word"));
    assertTrue(lines.get(1).startsWith("    word"));
    assertEquals("word ".repeat(50).strip(), String.join("", lines).strip().replaceAll(" +", " "));
  }

  @Test
  void aNumberStaysWithItsUnitAndAnIntervalWhole() {
    String start = "x".repeat(Wrapped.WIDTH - 4);
    assertEquals(List.of(start, "  61 %"), Wrapped.lines(start + " 61 %", "", "  "));
    assertEquals(List.of(start, "  [55, 66]"), Wrapped.lines(start + " [55, 66]", "", "  "));
  }

  @Test
  void aWordThatIsTooLongStandsAlone() {
    String word = "x".repeat(150);
    assertEquals(List.of("a", "  " + word, "  b"), Wrapped.lines("a " + word + " b", "", "  "));
  }
}
