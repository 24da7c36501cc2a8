package org.vaescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Epoch;

/// `epochs.csv`: a row an epoch of every trial, every term of its loss.
public final class EpochTable {
  private EpochTable() {}

  /// Writes the table of `trials`, in the order of the plan.
  ///
  /// @param plan ids of the trials that the study asks for; trials without one come last
  /// @throws UserError if the file cannot be written
  public static void write(Path file, List<String> plan, List<FinishedTrial> trials) {
    List<FinishedTrial> ordered = PlanOrder.of(plan, trials);
    List<String> terms = terms(ordered);
    List<String> header = new ArrayList<>(List.of("trial", "epoch"));
    header.addAll(terms);
    CsvFile.write(
        file,
        header,
        ordered.stream()
            .flatMap(trial -> trial.curve().stream().map(epoch -> row(trial.id(), epoch, terms))));
  }

  private static List<String> row(String trial, Epoch epoch, List<String> terms) {
    List<String> row = new ArrayList<>(List.of(trial, Integer.toString(epoch.number())));
    for (String term : terms) {
      Double value = epoch.terms().get(term);
      row.add(value == null ? "" : FinishedTrial.text(value));
    }
    return row;
  }

  /// Terms of all trials; one that only some have stands where these have it.
  static List<String> terms(List<FinishedTrial> trials) {
    List<String> terms = new ArrayList<>();
    for (FinishedTrial trial : trials) {
      for (Epoch epoch : trial.curve()) {
        int place = 0;
        for (String term : epoch.terms().keySet()) {
          int known = terms.indexOf(term);
          if (known < 0) {
            terms.add(place, term);
          } else {
            place = known;
          }
          place++;
        }
      }
    }
    return terms;
  }
}
