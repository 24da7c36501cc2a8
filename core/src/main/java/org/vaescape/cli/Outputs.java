package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.vaescape.UserError;
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
    TrialTable.write(folder.resolve("trials.csv"), study.ids(), study.seed(), trials);
    EpochTable.write(folder.resolve("epochs.csv"), study.ids(), trials);
    UnitTable.write(folder.resolve("units.csv"), study.ids(), trials);
    ReportInput input =
        new ReportInput(study.name(), "", study.yaml(), study.plan(), trials, study.warnings());
    Report.write(folder, input);
    Report.summary(input).forEach(out::println);
    out.println(
        "Tables:  %s, %s, %s"
            .formatted(
                folder.resolve("trials.csv"),
                folder.resolve("epochs.csv"),
                folder.resolve("units.csv")));
    out.println("Figures: " + folder.resolve("figures"));
    out.println("Report:  " + folder.resolve("report.html"));
  }
}
