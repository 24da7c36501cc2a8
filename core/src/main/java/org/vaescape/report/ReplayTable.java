package org.vaescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.Replay;
import org.vaescape.study.ReplayRule;

/// `replay.csv`: how every trial would have ended under other stopping rules, a row a trial and
/// rule, with the settings that tell trials apart and the terms of the epoch whose weights it would
/// have handed over.
public final class ReplayTable {
  private ReplayTable() {}

  /// Writes the table of `trials`, rule by rule, in the order of the plan.
  ///
  /// @param plan ids of the trials that the study asks for; trials without one come last
  /// @throws UserError if the file cannot be written
  public static void write(
      Path file, List<String> plan, List<FinishedTrial> trials, List<ReplayRule> rules) {
    List<FinishedTrial> ordered = PlanOrder.of(plan, trials);
    List<String> terms = new ArrayList<>(EpochTable.terms(ordered));
    // What an epoch took says nothing about the training until then.
    terms.remove("seconds");
    List<String> settings = TrialTable.settings(ordered);
    List<String> header = new ArrayList<>(List.of("rule", "trial"));
    header.addAll(settings);
    header.addAll(List.of("repeat", "status", "epochs", "weights_epoch"));
    header.addAll(terms);
    CsvFile.write(
        file,
        header,
        rules.stream()
            .flatMap(rule -> ordered.stream().map(trial -> row(rule, trial, settings, terms))));
  }

  private static List<String> row(
      ReplayRule rule, FinishedTrial trial, List<String> settings, List<String> terms) {
    Replay replay = Replay.of(rule, trial);
    Optional<Epoch> weights = replay.weights();
    List<String> row = new ArrayList<>(List.of(rule.text(), trial.id()));
    settings.forEach(key -> row.add(TrialTable.setting(trial, key)));
    row.addAll(
        List.of(
            Integer.toString(trial.repeat()),
            replay.end(),
            replay.epochs() == 0 ? "" : Integer.toString(replay.epochs()),
            weights.map(epoch -> Integer.toString(epoch.number())).orElse("")));
    for (String term : terms) {
      row.add(weights.map(epoch -> epoch.terms().get(term)).map(FinishedTrial::text).orElse(""));
    }
    return row;
  }
}
