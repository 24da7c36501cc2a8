package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Those runs of a landscape of which every setting has the same repeats.
///
/// In a study that was stopped, or to which a run was added, some settings have more repeats than
/// others. Those that all settings have count, if they are two or more: a level that is left out
/// changes what is found, a repeat only how sure it is. Otherwise that choice of repeats counts
/// which has most runs: repeats x settings that have all of them. It must keep half of the
/// settings, and two, if any choice does; of equals it is the one of more repeats. No outcome has a
/// say in it.
///
/// @param repeats that count, ascending
/// @param runs that count, in their order; where repeats share nothing, numbered anew from 0
record BalancedRuns(List<Integer> repeats, List<Run> runs) {
  BalancedRuns {
    repeats = List.copyOf(repeats);
    runs = List.copyOf(runs);
  }

  /// @param runs at most one a setting and repeat
  /// @param crossed whether a repeat shares something in all settings, so that its label counts;
  ///   otherwise the first runs of each setting do, in the order of their labels
  static BalancedRuns of(List<Run> runs, boolean crossed) {
    List<Run> labelled = crossed ? runs : numbered(runs);
    SequencedMap<SequencedMap<String, String>, Set<Integer>> settings = new LinkedHashMap<>();
    for (Run run : labelled) {
      settings.computeIfAbsent(run.settings(), _ -> new TreeSet<>()).add(run.repeat());
    }
    NavigableSet<Integer> labels = chosen(settings.values(), crossed);
    settings.values().removeIf(own -> !own.containsAll(labels));
    return new BalancedRuns(
        List.copyOf(labels),
        labelled.stream()
            .filter(run -> labels.contains(run.repeat()) && settings.containsKey(run.settings()))
            .toList());
  }

  /// Each run by its place among those of its setting.
  private static List<Run> numbered(List<Run> runs) {
    Map<SequencedMap<String, String>, NavigableSet<Integer>> labels = new HashMap<>();
    runs.forEach(
        run -> labels.computeIfAbsent(run.settings(), _ -> new TreeSet<>()).add(run.repeat()));
    Map<SequencedMap<String, String>, Map<Integer, Integer>> places = new HashMap<>();
    labels.forEach((settings, own) -> {
      Map<Integer, Integer> place = new HashMap<>();
      own.forEach(label -> place.put(label, place.size()));
      places.put(settings, place);
    });
    return runs.stream()
        .map(run ->
            run.inRepeat(
                places.getOrDefault(run.settings(), Map.of()).getOrDefault(run.repeat(), 0)))
        .toList();
  }

  /// @param settings that have all of these repeats
  private record Choice(int repeats, int settings, NavigableSet<Integer> labels) {
    long runs() {
      return (long) repeats * settings;
    }
  }

  /// Exact of one and two repeats, of three labels, and where settings have the first of all
  /// repeats.
  ///
  /// @param settings labels of each
  private static NavigableSet<Integer> chosen(Collection<Set<Integer>> settings, boolean crossed) {
    int half = (settings.size() + 1) / 2;
    int enough = Math.min(settings.size(), Math.max(2, half));
    int most = settings.stream().mapToInt(Set::size).max().orElse(0);
    Comparator<Choice> better =
        Comparator.<Choice, Boolean>comparing(
                choice -> choice.settings() == settings.size() && choice.repeats() > 1)
            .thenComparing(choice -> choice.settings() >= enough)
            .thenComparingLong(Choice::runs)
            .thenComparingInt(Choice::repeats);
    Choice best = new Choice(0, 0, new TreeSet<>());
    for (Map.Entry<Integer, Integer> first : counts(settings, Set.of()).entrySet()) {
      Choice bound = new Choice(most, first.getValue(), new TreeSet<>());
      if (better.compare(bound, best) > 0) {
        for (Choice choice : from(first.getKey(), settings)) {
          best = better.compare(choice, best) > 0 ? choice : best;
        }
      }
      if (!crossed) {
        break; // whoever has a later one has the first
      }
    }
    return best.labels();
  }

  /// Choices that begin with a repeat and take one more at a time, that which most settings have,
  /// of equals the lowest.
  private static List<Choice> from(int first, Collection<Set<Integer>> settings) {
    List<Choice> choices = new ArrayList<>();
    NavigableSet<Integer> labels = new TreeSet<>();
    List<Set<Integer>> left = List.copyOf(settings);
    int next = first;
    while (true) {
      int added = next;
      labels.add(added);
      left = left.stream().filter(own -> own.contains(added)).toList();
      choices.add(new Choice(labels.size(), left.size(), new TreeSet<>(labels)));
      int most = 0;
      for (Map.Entry<Integer, Integer> one : counts(left, labels).entrySet()) {
        if (one.getValue() > most) {
          next = one.getKey();
          most = one.getValue();
        }
      }
      if (most == 0) {
        return choices;
      }
    }
  }

  /// How many settings have each repeat that is not taken yet, by label.
  private static NavigableMap<Integer, Integer> counts(
      Collection<Set<Integer>> settings, Set<Integer> taken) {
    NavigableMap<Integer, Integer> counts = new TreeMap<>();
    for (Set<Integer> own : settings) {
      for (int label : own) {
        if (!taken.contains(label)) {
          counts.merge(label, 1, Integer::sum);
        }
      }
    }
    return counts;
  }
}
