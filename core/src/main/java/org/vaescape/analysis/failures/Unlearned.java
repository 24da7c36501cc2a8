package org.vaescape.analysis.failures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// Runs that ended and learned nothing, and what no run learned with.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param runs of the scope
/// @param learned those that learned
/// @param endings number of runs that learned nothing by what became of them
/// @param within as [Failures#within], of these runs
/// @param never levels at which no run learned, if any did elsewhere
public record Unlearned(
    String scope,
    int runs,
    int learned,
    SequencedMap<String, Integer> endings,
    SequencedMap<String, List<String>> within,
    List<Never> never) {

  /// A level at which no run learned.
  ///
  /// @param runs at it
  /// @param endings number of them by how they ended, failed ones as well
  public record Never(View.Level level, List<Run> runs, SequencedMap<String, Integer> endings) {
    /// The one that most runs had.
    public String ending() {
      return mostFrequent(endings);
    }
  }

  /// Of all runs of a landscape, also those of repeats that only some settings have.
  public static Unlearned of(Landscape landscape) {
    List<Run> unlearned =
        landscape.allRuns().stream().filter(run -> run.fate() == Fate.UNLEARNED).toList();
    int learned =
        (int) landscape.allRuns().stream().filter(run -> run.fate() == Fate.LEARNED).count();
    return new Unlearned(
        landscape.scope().text(),
        landscape.allRuns().size(),
        learned,
        Failures.endings(unlearned),
        FailingLevels.of(landscape, unlearned),
        learned == 0 ? List.of() : never(landscape));
  }

  private static List<Never> never(Landscape landscape) {
    List<Never> never = new ArrayList<>();
    for (Variable variable : landscape.variables()) {
      variable
          .byLevel(landscape.allRuns())
          .forEach((level, at) -> {
            // A single run tells nothing of a level.
            if (at.size() > 1 && at.stream().noneMatch(run -> run.fate() == Fate.LEARNED)) {
              never.add(
                  new Never(new View.Level(variable.name(), level), at, Failures.endings(at)));
            }
          });
    }
    return never;
  }

  /// Whether where they are is also where no run learned.
  private boolean told() {
    return within.size() == 1
        && within.entrySet().stream()
            .flatMap(
                one -> one.getValue().stream().map(level -> new View.Level(one.getKey(), level)))
            .allMatch(level -> never.stream().anyMatch(one -> one.level().equals(level)));
  }

  /// The first of equals.
  static String mostFrequent(SequencedMap<String, Integer> endings) {
    String most = "";
    int count = 0;
    for (Map.Entry<String, Integer> one : endings.entrySet()) {
      if (one.getValue() > count) {
        most = one.getKey();
        count = one.getValue();
      }
    }
    return most;
  }

  /// Empty where every run that did not fail learned, and some did at every level.
  public Optional<Claim> claim(Landscape landscape) {
    int count = endings.values().stream().mapToInt(Integer::intValue).sum();
    if (count == 0 && never.isEmpty()) {
      return Optional.empty();
    }
    String where =
        within.isEmpty() || told()
            ? ""
            : ", all at "
                + within.entrySet().stream()
                    .map(one -> FailingLevels.words(landscape, one))
                    .collect(Collectors.joining(", "));
    String without =
        never.isEmpty()
            ? ""
            : never.stream()
                .map(one -> "%s (%s)".formatted(one.level().text(), Failures.words(one.endings())))
                .collect(Collectors.joining(", nor at ", "no run learned at ", "."));
    String also = without.isEmpty() ? "" : " " + Words.capital(without);
    String counted =
        count == 0
            ? ""
            : "%s of %s runs ended and learned nothing (%s)%s."
                .formatted(count, runs, Failures.words(endings), where);
    return Optional.of(
        Claim.ofCount(
            "unlearned/" + scope,
            "%s: %s%s".formatted(scope, counted, counted.isEmpty() ? without : also),
            scope,
            count,
            runs));
  }
}
