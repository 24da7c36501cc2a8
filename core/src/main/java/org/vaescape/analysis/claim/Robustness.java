package org.vaescape.analysis.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.GridViews;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// Whether the answer to a question survives every way of looking at the same runs, and every other
/// reading of what a study leaves open.
///
/// @param views ways that can tell: scale x stop point x a level left out or none x rule for failed
///   and unlearned runs, and the first of these in every other reading
/// @param agreeing those that answer as the first view does
/// @param overturnedBy what has to be done otherwise for another answer: the smallest sets of
///   changes, such as `without optimizer sgd` or `on the raw scale, measured at the best epoch`
/// @param without the columns of the rows: levels that are left out, the first of them empty for
///   none
/// @param rows answers of all views
/// @param readings answers of the first view in other readings
public record Robustness(
    int views,
    int agreeing,
    List<String> overturnedBy,
    List<String> without,
    List<Row> rows,
    List<Reading> readings) {
  /// Readings that are named each by itself where they answer otherwise.
  private static final int MOST_NAMED = 2;

  public Robustness {
    overturnedBy = List.copyOf(overturnedBy);
    without = List.copyOf(without);
    rows = List.copyOf(rows);
    readings = List.copyOf(readings);
  }

  /// Views that are alike but for the level that they leave out.
  ///
  /// @param agrees whether the answer is that of the first view, by column; empty where the view
  ///   cannot tell
  public record Row(Scale scale, StopPoint stop, FailureRule rule, List<Optional<Boolean>> agrees) {
    public Row {
      agrees = List.copyOf(agrees);
    }
  }

  /// Another reading.
  ///
  /// @param agrees as of [Row]
  public record Reading(SequencedMap<String, String> reading, Optional<Boolean> agrees) {}

  /// Tries the question in every way.
  ///
  /// @param answer what the first view says
  public static Robustness of(Landscape landscape, Question question, View first, boolean answer) {
    return of(landscape, question, first, answer, new GridViews(landscape));
  }

  /// The same, with grids from somewhere that keeps them for the next question.
  public static Robustness of(
      Landscape landscape,
      Question question,
      View first,
      boolean answer,
      Function<View, Optional<GridView>> grids) {
    List<Optional<View.Level>> without = leftOut(landscape);
    List<Row> rows = new ArrayList<>();
    List<View> against = new ArrayList<>();
    for (StopPoint stop : measured(landscape, first.metric())) {
      for (FailureRule rule : FailureRule.of(landscape.runs(), first.metric(), stop)) {
        Map<Scale, List<Optional<Boolean>>> answers = new EnumMap<>(Scale.class);
        for (Optional<View.Level> level : without) {
          for (Scale scale : Scale.values()) { // innermost, as they share their part of the grid
            View view = new View(first.metric(), first.lowerIsBetter(), scale, stop, rule, level);
            Optional<Boolean> agrees = agrees(grids.apply(view), question, answer);
            answers.computeIfAbsent(scale, _ -> new ArrayList<>()).add(agrees);
            if (agrees.isPresent() && !agrees.get()) {
              against.add(view);
            }
          }
        }
        answers.forEach((scale, row) -> rows.add(new Row(scale, stop, rule, row)));
      }
    }
    List<Reading> readings = new ArrayList<>();
    for (Landscape other : landscape.otherReadings()) {
      readings.add(
          new Reading(
              other.scope().reading(), agrees(GridView.of(other, first), question, answer)));
    }
    List<Boolean> told =
        Stream.concat(
                rows.stream().flatMap(row -> row.agrees().stream()),
                readings.stream().map(Reading::agrees))
            .flatMap(Optional::stream)
            .toList();
    List<String> overturning = new ArrayList<>(readingsAgainst(readings));
    overturning.addAll(overturning(against, first));
    return new Robustness(
        told.size(),
        (int) told.stream().filter(same -> same).count(),
        overturning,
        without.stream().map(level -> level.map(View.Level::text).orElse("")).toList(),
        rows,
        readings);
  }

  private static Optional<Boolean> agrees(
      Optional<GridView> grid, Question question, boolean answer) {
    return grid.flatMap(question::holds).map(there -> there == answer);
  }

  /// Other words for what overturns it.
  public Robustness overturnedBy(List<String> changes) {
    return new Robustness(views, agreeing, changes, without, rows, readings);
  }

  /// Whether there is a way that can tell, and all that can agree.
  public boolean robust() {
    return views > 0 && agreeing == views;
  }

  private static List<String> overturning(List<View> against, View first) {
    List<View> fewestFirst = new ArrayList<>(against);
    fewestFirst.sort(Comparator.comparingInt(view -> view.changes(first)));
    List<SequencedSet<String>> smallest = new ArrayList<>();
    for (View view : fewestFirst) {
      SequencedSet<String> changes = view.differences(first);
      if (smallest.stream().noneMatch(changes::containsAll)) {
        smallest.add(changes);
      }
    }
    return smallest.stream().map(changes -> String.join(", ", changes)).toList();
  }

  private static List<String> readingsAgainst(List<Reading> readings) {
    List<String> others =
        readings.stream()
            .filter(one -> one.agrees().filter(same -> !same).isPresent())
            .map(one -> "in the reading " + new Scope("", one.reading()).readingText())
            .toList();
    return others.size() <= MOST_NAMED
        ? others
        : List.of("in %s of %s other readings".formatted(others.size(), readings.size()));
  }

  private static List<Optional<View.Level>> leftOut(Landscape landscape) {
    List<Optional<View.Level>> leftOut = new ArrayList<>(List.of(Optional.empty()));
    for (Variable variable : landscape.variables()) {
      variable.levelsToLeaveOut().forEach(level -> leftOut.add(Optional.of(level)));
    }
    return leftOut;
  }

  /// Without a moment that some runs lack though they have the outcome: in a study that was begun
  /// before it was measured these did not fail.
  private static List<StopPoint> measured(Landscape landscape, String metric) {
    List<Run> runs = landscape.runs();
    return Stream.of(StopPoint.values())
        .filter(stop ->
            runs.stream().anyMatch(run -> Double.isFinite(run.outcome(metric, stop)))
                && runs.stream()
                    .filter(run -> Double.isFinite(run.outcome(metric, StopPoint.STOP)))
                    .allMatch(run -> run.has(metric, stop)))
        .toList();
  }
}
