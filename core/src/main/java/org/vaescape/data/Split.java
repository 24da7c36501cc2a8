package org.vaescape.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Which samples train, validate and test: indices into the matrix, ascending, each sample in one.
record Split(int[] training, int[] validation, int[] test) {

  /// Splits at random, deterministically for equal arguments.
  ///
  /// Validation gets `round(n * share)` samples, at least 1; test the same unless its share is 0.
  /// Each stratum owes its part of that number (largest remainders are rounded up). Groups are
  /// shuffled (Fisher-Yates, [SplittableRandom]) and walked through: a group is taken if none of
  /// its strata would give more than it owes. So a part falls short of its number only where no
  /// group fits, and goes beyond it only if no group fits at all.
  ///
  /// @param groups for each sample the group that must not be torn apart
  /// @param strata for each sample its stratum
  static Split of(
      List<String> groups, List<String> strata, double validation, double test, long seed) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      members.computeIfAbsent(groups.get(i), _ -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> shuffled = shuffled(List.copyOf(members.values()), seed);
    List<Integer> validating = take(shuffled, strata, validation);
    List<Integer> testing = test == 0 ? List.of() : take(shuffled, strata, test);
    return new Split(
        shuffled.stream().flatMap(List::stream).mapToInt(i -> i).sorted().toArray(),
        validating.stream().mapToInt(i -> i).sorted().toArray(),
        testing.stream().mapToInt(i -> i).sorted().toArray());
  }

  private static List<List<Integer>> shuffled(List<List<Integer>> groups, long seed) {
    List<List<Integer>> shuffled = new ArrayList<>(groups);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      List<Integer> group = shuffled.get(i);
      shuffled.set(i, shuffled.get(j));
      shuffled.set(j, group);
    }
    return shuffled;
  }

  /// Takes groups out of `from` until every stratum gave what it owes.
  private static List<Integer> take(List<List<Integer>> from, List<String> strata, double share) {
    Map<String, Integer> owed = owed(strata, share);
    List<Integer> taken = new ArrayList<>();
    Iterator<List<Integer>> groups = from.iterator();
    while (groups.hasNext()) {
      List<Integer> group = groups.next();
      Map<String, Integer> after = new LinkedHashMap<>(owed);
      group.forEach(i -> after.merge(strata.get(i), -1, Integer::sum));
      if (after.values().stream().allMatch(left -> left >= 0)) {
        taken.addAll(group);
        owed = after;
        groups.remove();
      }
    }
    return taken.isEmpty() && !from.isEmpty() ? from.removeFirst() : taken;
  }

  private static Map<String, Integer> owed(List<String> strata, double share) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    strata.forEach(stratum -> sizes.merge(stratum, 1, Integer::sum));
    int n = strata.size();
    long target = Math.max(1, Math.round(n * share));
    Map<String, Integer> owed = new LinkedHashMap<>();
    sizes.forEach((stratum, size) -> owed.put(stratum, (int) (size * target / n)));
    long left = target - owed.values().stream().mapToInt(i -> i).sum();
    sizes.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue() * target % n, a.getValue() * target % n))
        .limit(left)
        .forEach(stratum -> owed.merge(stratum.getKey(), 1, Integer::sum));
    return owed;
  }
}
