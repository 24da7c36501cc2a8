package org.vaescape.analysis.sensitivity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;

/// Whether the answer to a question survives every way of looking at the same runs.
///
/// @param views ways that can tell: scale x stop point x a level left out or none x rule for failed
///   and unlearned runs
/// @param agreeing those that answer as the first view does
/// @param overturnedBy what has to be done otherwise for another answer: the smallest sets of
///   changes, such as `without optimizer sgd` or `on the raw scale, measured at the best epoch`
public record Robustness(int views, int agreeing, List<String> overturnedBy) {
  public Robustness {
    overturnedBy = List.copyOf(overturnedBy);
  }

  /// Tries the question in every way.
  ///
  /// @param answer what the first view says
  static Robustness of(Landscape landscape, Question question, View first, boolean answer) {
    return of(landscape, question, first, answer, new GridViews(landscape));
  }

  /// The same, with grids from somewhere that keeps them for the next question.
  static Robustness of(
      Landscape landscape,
      Question question,
      View first,
      boolean answer,
      Function<View, Optional<GridView>> grids) {
    int told = 0;
    List<View> against = new ArrayList<>();
    for (View view : all(landscape, first)) {
      Optional<Boolean> there = grids.apply(view).flatMap(question::holds);
      if (there.isPresent()) {
        told++;
        if (there.get() != answer) {
          against.add(view);
        }
      }
    }
    against.sort(Comparator.comparingInt(view -> view.changes(first)));
    List<SequencedSet<String>> overturning = new ArrayList<>();
    for (View view : against) {
      SequencedSet<String> changes = view.differences(first);
      if (overturning.stream().noneMatch(changes::containsAll)) {
        overturning.add(changes);
      }
    }
    return new Robustness(
        told,
        told - against.size(),
        overturning.stream().map(changes -> String.join(", ", changes)).toList());
  }

  /// Whether there is a way that can tell, and all that can agree.
  public boolean robust() {
    return views > 0 && agreeing == views;
  }

  /// Every way to look at this outcome, the first view among them.
  private static List<View> all(Landscape landscape, View first) {
    List<Optional<View.Level>> leftOut = new ArrayList<>(List.of(Optional.empty()));
    for (Variable variable : landscape.variables()) {
      variable.levelsToLeaveOut().forEach(level -> leftOut.add(Optional.of(level)));
    }
    List<View> views = new ArrayList<>();
    for (StopPoint stop : measured(landscape, first.metric())) {
      for (FailureRule rule : rules(landscape)) {
        for (Optional<View.Level> level : leftOut) {
          for (Scale scale : Scale.values()) {
            views.add(new View(first.metric(), first.lowerIsBetter(), scale, stop, rule, level));
          }
        }
      }
    }
    return views;
  }

  private static List<StopPoint> measured(Landscape landscape, String metric) {
    List<StopPoint> measured = new ArrayList<>();
    for (StopPoint stop : StopPoint.values()) {
      if (landscape.runs().stream().anyMatch(run -> Double.isFinite(run.outcome(metric, stop)))) {
        measured.add(stop);
      }
    }
    return measured;
  }

  /// Rules that make a difference here.
  private static List<FailureRule> rules(Landscape landscape) {
    boolean unlearned = landscape.runs().stream().anyMatch(run -> run.fate() == Fate.UNLEARNED);
    boolean failed = landscape.runs().stream().anyMatch(run -> run.fate() == Fate.FAILED);
    if (unlearned) {
      return List.of(FailureRule.values());
    }
    return failed
        ? List.of(FailureRule.LEFT_OUT, FailureRule.WORST)
        : List.of(FailureRule.LEFT_OUT);
  }
}
