package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class BalancedRunsTest {
  /// Repeats of each of some settings.
  private static List<Run> runs(List<List<Integer>> repeats) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < repeats.size(); i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      settings.put("latent", "" + i);
      repeats.get(i).forEach(repeat -> runs.add(Runs.run(settings, repeat, 1 + repeat)));
    }
    return runs;
  }

  private static List<List<Integer>> times(int count, Integer... repeats) {
    List<List<Integer>> settings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      settings.add(List.of(repeats));
    }
    return settings;
  }

  @SafeVarargs
  private static List<List<Integer>> all(List<List<Integer>>... parts) {
    List<List<Integer>> all = new ArrayList<>();
    for (List<List<Integer>> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  private static BalancedRuns crossed(List<List<Integer>> repeats) {
    return BalancedRuns.of(runs(repeats), true);
  }

  private static BalancedRuns apart(List<List<Integer>> repeats) {
    return BalancedRuns.of(runs(repeats), false);
  }

  @Test
  void equalRepeatsAllCountInTheirOrder() {
    List<List<Integer>> equal = times(5, 2, 0, 1);
    assertEquals(new BalancedRuns(List.of(0, 1, 2), runs(equal)), crossed(equal));
    assertEquals(new BalancedRuns(List.of(0, 1, 2), runs(equal)), apart(equal));
  }

  @Test
  void oneRunMoreDoesNotCount() {
    List<List<Integer>> more = all(times(9, 0, 1, 2), times(1, 0, 1, 2, 3));
    BalancedRuns counting = new BalancedRuns(List.of(0, 1, 2), runs(times(10, 0, 1, 2)));
    assertEquals(counting, crossed(more));
    assertEquals(counting, apart(more));
  }

  @Test
  void repeatsOfAllSettingsCountRatherThanMoreOfFewer() {
    List<List<Integer>> less = all(times(9, 0, 1, 2), times(1, 0, 1));
    BalancedRuns counting = new BalancedRuns(List.of(0, 1), runs(times(10, 0, 1)));
    assertEquals(counting, crossed(less));
    assertEquals(counting, apart(less));
    List<List<Integer>> five = all(times(3, 0, 1, 2, 3, 4), times(3, 1, 4));
    assertEquals(List.of(1, 4), crossed(five).repeats());
    assertEquals(List.of(0, 1), apart(five).repeats());
  }

  @Test
  void whereAllShareOneRepeatOnlyMostRunsCountAndOfEquallyManyThoseOfMoreRepeats() {
    for (boolean crossed : new boolean[] {true, false}) {
      List<Run> few = runs(all(times(2, 0, 1), times(4, 0)));
      assertEquals(List.of(0), BalancedRuns.of(few, crossed).repeats());
      assertEquals(6, BalancedRuns.of(few, crossed).runs().size());
      List<Run> equal = runs(all(times(3, 0, 1), times(3, 0)));
      assertEquals(List.of(0, 1), BalancedRuns.of(equal, crossed).repeats());
      List<Run> most = runs(all(times(8, 0, 1), times(2, 0)));
      assertEquals(List.of(0, 1), BalancedRuns.of(most, crossed).repeats());
      assertEquals(16, BalancedRuns.of(most, crossed).runs().size());
    }
  }

  /// It would have most runs, and leave nothing to compare.
  @Test
  void aSettingThatWasRunManyTimesDoesNotOustTheOthers() {
    List<List<Integer>> one =
        all(
            times(7, 0, 1),
            times(1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
    assertEquals(List.of(0, 1), crossed(one).repeats());
    assertEquals(16, apart(one).runs().size());
    List<List<Integer>> two = all(times(1, 0, 1, 2), times(1, 0));
    assertEquals(List.of(0), crossed(two).repeats());
    assertEquals(2, apart(two).runs().size());
  }

  @Test
  void repeatsThatShareSomethingKeepTheirLabels() {
    List<List<Integer>> holes = all(times(4, 0, 2, 3), times(3, 1, 2, 3), times(2, 0, 1));
    assertEquals(List.of(2, 3), crossed(holes).repeats());
    assertEquals(14, crossed(holes).runs().size());
    assertEquals(
        List.of(2, 3, 2, 3),
        crossed(holes).runs().subList(0, 4).stream().map(Run::repeat).toList());
  }

  @Test
  void repeatsThatShareNothingCountByTheirNumberAlone() {
    List<List<Integer>> holes = all(times(4, 7, 2, 9), times(3, 1, 2, 3), times(2, 0));
    BalancedRuns apart = apart(holes);
    assertEquals(List.of(0, 1, 2), apart.repeats());
    assertEquals(21, apart.runs().size());
    assertEquals(List.of(1, 0, 2), apart.runs().subList(0, 3).stream().map(Run::repeat).toList());
    assertEquals(8, apart.runs().getFirst().outcome(Runs.LOSS, StopPoint.STOP));
  }

  @Test
  void nothingIsChosenOfNoRuns() {
    assertEquals(new BalancedRuns(List.of(), List.of()), crossed(List.of()));
    assertEquals(new BalancedRuns(List.of(), List.of()), apart(List.of()));
  }

  /// Each label is that of one run, as names of runs are.
  @Test
  void tenThousandLabelsAreNoSearch() {
    List<List<Integer>> names = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      names.add(new ArrayList<>());
      for (int j = 0; j < 10; j++) {
        names.getLast().add(10 * i + j);
      }
    }
    assertEquals(10, crossed(names).runs().size());
    assertEquals(10_000, apart(names).runs().size());
  }
}
