package org.vaescape.analysis.failures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vaescape.analysis.BalancedGrid;
import org.vaescape.analysis.VarianceDecomposition;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;

/// Failed runs as an outcome: where they are, and what they depend on.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param runs that ended
/// @param endings number of failed runs by how they ended
/// @param cells settings in which a run failed
/// @param shares of each set of hyper-parameters in the variation of the failure indicator,
///   exactly, not estimated: its sums of squares over the grid, up to pairs; empty where the runs
///   are no complete grid, or where all or none failed
/// @param within for each variable the levels at which runs failed, if not all of its levels are
///   among them: no run failed anywhere else; of values that were drawn, if no run that learned
///   lies between them
public record Failures(
    String scope,
    int runs,
    SequencedMap<String, Integer> endings,
    List<Cell> cells,
    List<Share> shares,
    SequencedMap<String, List<String>> within) {
  private static final int ORDER = 2;

  /// How a run ended that failed, and no more is known of it.
  private static final String UNTOLD = "failed";

  /// A setting in which a run failed.
  public record Cell(SequencedMap<String, String> settings, int failed, int runs) {}

  /// Share of a set of hyper-parameters, 0 to 1.
  public record Share(List<String> factors, double share) {}

  /// Of all runs of a landscape, also those of repeats that only some settings have; shares are
  /// those of the runs that count.
  public static Failures of(Landscape landscape) {
    List<Run> failed =
        landscape.allRuns().stream().filter(run -> run.fate() == Fate.FAILED).toList();
    return new Failures(
        landscape.scope().text(),
        landscape.allRuns().size(),
        endings(failed),
        cells(landscape, failed),
        shares(landscape),
        FailingLevels.of(landscape, failed));
  }

  public int failed() {
    return endings.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static List<Cell> cells(Landscape landscape, List<Run> failed) {
    Map<SequencedMap<String, String>, Integer> all = counts(landscape.allRuns());
    Map<SequencedMap<String, String>, Integer> own = counts(failed);
    List<Cell> cells = new ArrayList<>();
    for (SequencedMap<String, String> settings : own.keySet()) {
      SequencedMap<String, String> varied = new LinkedHashMap<>();
      for (Variable variable : landscape.variables()) {
        for (String key : variable.keys()) {
          Optional.ofNullable(settings.get(key)).ifPresent(value -> varied.put(key, value));
        }
      }
      cells.add(new Cell(varied, own.getOrDefault(settings, 0), all.getOrDefault(settings, 0)));
    }
    return cells;
  }

  private static Map<SequencedMap<String, String>, Integer> counts(List<Run> runs) {
    Map<SequencedMap<String, String>, Integer> counts = new LinkedHashMap<>();
    runs.forEach(run -> counts.merge(run.settings(), 1, Integer::sum));
    return counts;
  }

  private static List<Share> shares(Landscape landscape) {
    if (!landscape.complete()) {
      return List.of();
    }
    double[] indicator = new double[landscape.combinations() * landscape.repeats().size()];
    landscape.forEachPlace((run, place) -> indicator[place] = run.fate() == Fate.FAILED ? 1 : 0);
    if (Arrays.stream(indicator).distinct().count() < 2) {
      return List.of();
    }
    VarianceDecomposition split =
        VarianceDecomposition.of(
            new BalancedGrid(
                landscape.variables().stream().map(Variable::factor).toList(),
                landscape.repeats().size(),
                indicator));
    List<Share> shares = new ArrayList<>();
    split.effects().stream()
        .filter(effect -> effect.order() <= ORDER)
        .forEach(effect -> shares.add(new Share(effect.factors(), split.fraction(effect))));
    return shares;
  }

  /// How many runs ended in each way, by its name.
  public static SequencedMap<String, Integer> endings(List<Run> runs) {
    SequencedMap<String, Integer> endings = new LinkedHashMap<>();
    new TreeMap<>(runs.stream().collect(Collectors.groupingBy(Run::ending, Collectors.counting())))
        .forEach((ending, count) -> endings.put(ending, count.intValue()));
    return endings;
  }

  /// `36 untrained, 2 collapsed`.
  public static String words(SequencedMap<String, Integer> endings) {
    return endings.entrySet().stream()
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining(", "));
  }

  /// ` (3 diverged, 1 out of memory)`, behind a count of runs that failed; empty where it is not
  /// known how they did.
  public static String how(SequencedMap<String, Integer> endings) {
    return endings.keySet().equals(Set.of(UNTOLD)) ? "" : " (" + words(endings) + ")";
  }

  /// Where runs failed and what that depends on; empty if none did.
  public Optional<Claim> claim(Landscape landscape) {
    if (failed() == 0) {
      return Optional.empty();
    }
    String where =
        within.isEmpty()
            ? landscape.variables().stream()
                    .anyMatch(variable -> FailingLevels.drawn(landscape, variable))
                ? "among settings that did not"
                : "at all levels of every hyper-parameter"
            : "all at "
                + within.entrySet().stream()
                    .map(one -> FailingLevels.words(landscape, one))
                    .collect(Collectors.joining(", "));
    List<Share> largest =
        shares.stream()
            .sorted((one, other) -> Double.compare(other.share(), one.share()))
            .limit(3)
            .toList();
    String depends =
        largest.isEmpty()
            ? ""
            : " Whether a run fails varies with "
                + largest.stream()
                    .map(
                        one -> String.join(" x ", one.factors()) + " " + Words.percent(one.share()))
                    .collect(Collectors.joining(", "))
                + ".";
    return Optional.of(
        Claim.ofCount(
            "failures/" + scope,
            "%s: %s of %s runs failed%s, %s.%s"
                .formatted(scope, failed(), runs, how(endings), where, depends),
            scope,
            failed(),
            runs));
  }
}
