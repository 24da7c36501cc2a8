package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.vaescape.UserError;
import org.vaescape.report.CheckpointTable;
import org.vaescape.report.EpochTable;
import org.vaescape.report.Report;
import org.vaescape.report.ReportInput;
import org.vaescape.report.TrialTable;
import org.vaescape.report.UnitTable;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.TrialStore;

/// Everything that is made from the store: tables, figures, page, summary.
final class Outputs {
  private Outputs() {}

  /// Writes all of it and prints what the study shows and where it is.
  ///
  /// @throws UserError if a file cannot be written
  static void write(Path folder, TrialStore store, PrintWriter out) {
    StoredStudy study = StoredStudy.read(store, folder.toString());
    List<FinishedTrial> trials = store.trials();
    Path trialTable = folder.resolve("trials.csv");
    Path epochs = folder.resolve("epochs.csv");
    Path units = folder.resolve("units.csv");
    Path checkpoints = folder.resolve("checkpoints.csv");
    TrialTable.write(trialTable, study.ids(), study.seed(), trials);
    EpochTable.write(epochs, study.ids(), trials);
    UnitTable.write(units, study.ids(), trials);
    boolean horizon = CheckpointTable.write(checkpoints, study.ids(), trials);
    ReportInput input =
        new ReportInput(study.name(), "", study.yaml(), study.plan(), trials, study.warnings());
    Report.write(folder, input);
    Report.summary(input).forEach(out::println);
    out.println(
        "Tables:  %s, %s, %s%s"
            .formatted(trialTable, epochs, units, horizon ? ", " + checkpoints : ""));
    out.println("Figures: " + folder.resolve("figures"));
    out.println("Report:  " + folder.resolve("report.html"));
  }
}
