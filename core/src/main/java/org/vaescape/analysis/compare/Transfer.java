package org.vaescape.analysis.compare;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Parting;
import org.vaescape.analysis.runs.Scale;

/// What the best setting of one study is worth in another.
///
/// @param from study that chose it
/// @param to study that judges it
/// @param settings by what varied in both; empty where none learned in every repeat
/// @param scale log: `worse` is a ratio; raw: a difference in units of the outcome
/// @param best whether the judging study itself finds it best
/// @param worse than the judging study's own best, which half of its repeats choose; both are
///   judged by the others. With one repeat the own best is chosen and judged by one seed, and so
///   too good
/// @param oneRepeat whether the judging study has only one
/// @param reason why there is no number; empty if there is
public record Transfer(
    String from,
    String to,
    SequencedMap<String, String> settings,
    Scale scale,
    boolean best,
    OptionalDouble worse,
    boolean oneRepeat,
    String reason) {

  /// Of settings that both tried.
  ///
  /// @param there outcomes of the judging study
  /// @param back whether the judging study is the first of the match
  static Transfer of(
      String from, String to, MatchedCells matched, CellOutcomes there, boolean back) {
    List<Candidate> candidates =
        matched.pairs().stream()
            .map(pair ->
                new Candidate(
                    pair.settings(),
                    back ? pair.other() : pair.one(),
                    back ? pair.one() : pair.other()))
            .toList();
    boolean oneRepeat = there.repeats() == 1;
    Optional<Candidate> best =
        candidates.stream()
            .filter(candidate -> learned(candidate.chosenOn()))
            .min(Comparator.comparingDouble(candidate -> MatchedCells.mean(candidate.chosenOn())));
    Parting parting = Parting.of(there.repeats());
    int[] judges = oneRepeat ? parting.choosing() : parting.judging();
    Optional<Candidate> own =
        candidates.stream()
            .filter(candidate -> learned(candidate.judgedOn()))
            .min(
                Comparator.comparingDouble(
                    candidate -> mean(candidate.judgedOn(), parting.choosing())));
    String reason =
        best.isEmpty()
            ? "no setting learned in every repeat of " + from
            : own.isEmpty()
                ? "no setting learned in every repeat of " + to
                : !learned(best.get().judgedOn())
                    ? "it did not learn in every repeat of " + to
                    : "";
    return new Transfer(
        from,
        to,
        best.map(Candidate::settings).orElse(new LinkedHashMap<>()),
        there.scale(),
        reason.isEmpty() && best.equals(own),
        reason.isEmpty()
            ? OptionalDouble.of(
                there.worse(
                    mean(best.orElseThrow().judgedOn(), judges)
                        - mean(own.orElseThrow().judgedOn(), judges)))
            : OptionalDouble.empty(),
        oneRepeat,
        reason);
  }

  private record Candidate(
      SequencedMap<String, String> settings,
      List<CellOutcomes.Cell> chosenOn,
      List<CellOutcomes.Cell> judgedOn) {}

  private static boolean learned(List<CellOutcomes.Cell> cells) {
    return cells.stream().allMatch(CellOutcomes.Cell::learned);
  }

  private static double mean(List<CellOutcomes.Cell> cells, int[] places) {
    return cells.stream().mapToDouble(cell -> cell.mean(places)).average().orElse(Double.NaN);
  }

  /// `best of a in b 1.62 times its best`; empty where there is nothing to transfer.
  String brief() {
    if (settings.isEmpty()) {
      return "";
    }
    String chosen = "best of " + from + " in " + to + " ";
    if (worse.isEmpty()) {
      return chosen + "unknown (" + reason + ")";
    }
    if (best) {
      return chosen + "best too";
    }
    return chosen
        + (scale == Scale.LOG
            ? Digits.ratio(worse.getAsDouble()) + " times its best"
            : "worse by " + Digits.three(worse.getAsDouble()) + " than its best");
  }

  /// A sentence with a space before it; none where there is nothing to transfer.
  String words() {
    if (settings.isEmpty()) {
      return "";
    }
    String chosen = " The best setting of %s (%s)".formatted(from, Digits.settings(settings));
    if (worse.isEmpty()) {
      return chosen + ": " + reason + ".";
    }
    if (best) {
      return chosen + " is also that of " + to + ".";
    }
    return chosen
        + (scale == Scale.LOG
            ? " has in %s %s times the outcome of its own best."
                .formatted(to, Digits.ratio(worse.getAsDouble()))
            : " is in %s worse by %s than its own best."
                .formatted(to, Digits.three(worse.getAsDouble())));
  }
}
