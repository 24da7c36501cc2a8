package org.vaescape.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Some trials of many, by chance, and spread: one of each model and ending before a second of any.
public final class TrialChoice {
  private TrialChoice() {}

  /// At most `count` of these trials, in the order in which they were chosen; the same for the same
  /// trials, in whatever order they come, and the same seed.
  public static List<FinishedTrial> of(List<FinishedTrial> trials, int count, long seed) {
    SortedMap<String, List<FinishedTrial>> alike = new TreeMap<>();
    trials.stream()
        .sorted(Comparator.comparing(FinishedTrial::id))
        .forEach(trial -> alike.computeIfAbsent(kind(trial), _ -> new ArrayList<>()).add(trial));
    Random random = new Random(seed);
    List<List<FinishedTrial>> groups = new ArrayList<>(alike.values());
    Collections.shuffle(groups, random);
    groups.forEach(group -> Collections.shuffle(group, random));
    List<FinishedTrial> chosen = new ArrayList<>();
    for (int round = 0; chosen.size() < Math.min(count, trials.size()); round++) {
      for (List<FinishedTrial> group : groups) {
        if (round < group.size() && chosen.size() < count) {
          chosen.add(group.get(round));
        }
      }
    }
    return chosen;
  }

  private static String kind(FinishedTrial trial) {
    return trial.settings().getOrDefault("model", "") + " " + trial.status().text();
  }
}
