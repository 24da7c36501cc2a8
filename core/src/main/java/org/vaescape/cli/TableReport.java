package org.vaescape.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.report.Report;
import org.vaescape.report.ReportInput;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.report.SensitivityText;
import org.vaescape.report.TableColumns;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// Figures and page of a table of anybody's runs: these are taken for trials, of which little more
/// than the outcome is known, and drawn as those of a study are.
final class TableReport {
  private TableReport() {}

  /// @param notes about the table, a sentence each
  /// @throws org.vaescape.UserError if a file cannot be written
  static void write(Path folder, RunSet table, Sensitivity found, List<String> notes) {
    RunSet.Outcome outcome = table.outcomes().getFirst();
    List<FinishedTrial> trials =
        table.runs().stream().map(run -> trial(run, outcome.metric())).toList();
    Report.write(
        folder,
        new ReportInput(
            table.name(),
            0,
            "",
            List.of(),
            trials.stream()
                .map(trial -> new Planned(trial.id(), trial.settings(), trial.repeat()))
                .toList(),
            trials,
            notes,
            SensitivityText.parts(found),
            Optional.of(found),
            Optional.of(
                new TableColumns(
                    table.runs().stream()
                        .flatMap(run -> run.settings().keySet().stream())
                        .distinct()
                        .toList(),
                    table.logarithmic(),
                    outcome.metric(),
                    outcome.lowerIsBetter())),
            List.of()));
  }

  private static FinishedTrial trial(Run run, String outcome) {
    boolean failed = run.fate() == Fate.FAILED;
    Status status = failed ? status(run.ending()) : Status.CONVERGED;
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    if (!failed) {
      metrics.put(outcome, run.outcome(outcome, StopPoint.STOP));
    }
    return new FinishedTrial(
        run.id(),
        run.settings(),
        run.repeat(),
        status,
        "",
        0,
        metrics,
        List.of(),
        List.of(),
        Double.NaN,
        Double.NaN,
        "",
        "",
        "",
        failed && !status.text().equals(run.ending()) ? run.ending() : "",
        new LinkedHashMap<>());
  }

  /// The ending of a run that failed; one that studies have no word for is a failure like others.
  private static Status status(String ending) {
    return Arrays.stream(Status.values())
        .filter(status -> status.text().equals(ending))
        .findFirst()
        .orElse(Status.FAILED);
  }
}
