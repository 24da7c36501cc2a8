package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LevelSetsTest {
  private static Set<List<Integer>> distinct(List<int[]> sets) {
    Set<List<Integer>> distinct = new HashSet<>();
    sets.forEach(set -> distinct.add(Arrays.stream(set).boxed().toList()));
    return distinct;
  }

  @Test
  void listsAsManySetsAsItCounts() {
    for (int levels = 1; levels <= 6; levels++) {
      for (boolean contiguous : new boolean[] {true, false}) {
        LevelSets sets = new LevelSets(levels, contiguous);
        Set<List<Integer>> all = distinct(sets.all());
        assertEquals(sets.count(), all.size(), sets.toString());
        assertEquals(all.size(), sets.all().size(), "none twice");
        for (List<Integer> set : all) {
          int span = set.getLast() - set.getFirst() + 1;
          assertTrue(!contiguous || span == set.size(), "no gap in " + set);
        }
      }
    }
  }

  @Test
  void givesTheLargestSetsOfGoodLevels() {
    boolean[] good = {true, true, false, true, false, true, true, true};
    assertEquals(
        Set.of(List.of(0, 1), List.of(3), List.of(5, 6, 7)),
        distinct(new LevelSets(8, true).largest(good)));
    assertEquals(
        Set.of(List.of(0, 1, 3, 5, 6, 7)), distinct(new LevelSets(8, false).largest(good)));
    assertEquals(Set.of(), distinct(new LevelSets(2, false).largest(new boolean[2])));
  }
}
