package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.vaescape.cli.isolated.IsolatedTrainer;
import org.vaescape.report.live.TimeLeft;
import org.vaescape.search.Cell;
import org.vaescape.study.Comparability;
import org.vaescape.study.Plan;
import org.vaescape.study.Remaining;
import org.vaescape.study.RunOptions;
import org.vaescape.study.StudySession;
import org.vaescape.study.TimeEstimate;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialStore;

/// What a run would do, and what it would take. Refuses what the run would refuse, trains nothing
/// and adds nothing to the folder.
///
/// @param onlyFailed as for [StudyRun]
/// @param isolate as for [StudyRun]
record DryRun(
    StudySession session, Path folder, RunOptions options, boolean onlyFailed, boolean isolate) {
  /// Where trials of the study's kind stop, about.
  private static final long TYPICAL_EPOCHS = 20;

  /// Prints trials, memory, disk and time.
  ///
  /// @throws org.vaescape.UserError if the folder holds trials that cannot be compared with the
  ///   study's
  void describe(PrintWriter out) {
    List<Trial> all = session.plan().trials();
    List<Trial> left = left();
    List<Trial> now = left.subList(0, Math.min(left.size(), options.maxTrials()));
    out.println("Data: " + session.dataText());
    out.println("Trials: %s, of which %s".formatted(all.size(), share(all.size(), left, now)));
    long once = session.bytesOnce();
    long most = session.largestTrialBytes() + (isolate ? IsolatedTrainer.processBytes() + once : 0);
    long allowed = options.memoryBytes();
    out.println(
        "Memory: the largest trial needs about %s%s; all together may take %s%s"
            .formatted(
                mebibytes(most),
                isolate ? ", with the process that trains it" : "",
                mebibytes(allowed),
                isolate
                    ? ""
                    : "; one of each split takes about %s more, once, for principal components"
                        .formatted(mebibytes(once))));
    out.println(
        "Disk: about %s in %s when all trials have ended%s"
            .formatted(
                mebibytes(session.diskBytes(DryRun::typicalEpochs)),
                folder,
                stopEarly(all)
                    ? ", %s if none stops before its last epoch"
                        .formatted(mebibytes(session.diskBytes(TimeEstimate::mostEpochs)))
                    : ""));
    if (now.isEmpty()) {
      out.println("Time: nothing is left to train");
    } else if (most <= allowed) { // otherwise no step of such a trial can be timed
      TimeEstimate estimate = session.timeEstimate(now);
      long together =
          Math.min(Math.min(options.workers(), now.size()), Math.max(1, allowed / most));
      String longest = time(estimate.seconds(TimeEstimate::mostEpochs) / together);
      out.println(
          "Time: about %s for an epoch of all these trials together: %s"
              .formatted(
                  time(estimate.seconds(_ -> 1) / together),
                  stopEarly(now)
                      ? "%s if their rules stop them after %s epochs, %s if none stops before its last"
                          .formatted(
                              time(estimate.seconds(DryRun::typicalEpochs) / together),
                              TYPICAL_EPOCHS,
                              longest)
                      : longest + " if none stops before its last"));
    }
  }

  /// Whether a rule may stop any of them by then.
  private static boolean stopEarly(List<Trial> trials) {
    return trials.stream()
        .map(Trial::cell)
        .anyMatch(cell -> typicalEpochs(cell) < TimeEstimate.mostEpochs(cell));
  }

  private static long typicalEpochs(Cell cell) {
    return TimeEstimate.epochsUntil(TYPICAL_EPOCHS, cell);
  }

  private String share(int planned, List<Trial> left, List<Trial> now) {
    String there =
        onlyFailed
            ? "%s failed, ran out of memory or of time and are trained again".formatted(left.size())
            : "%s are in %s already".formatted(planned - left.size(), folder);
    String most =
        now.size() < left.size() ? "; %s of them are trained now".formatted(now.size()) : "";
    return "%s%s; up to %s at once".formatted(there, most, options.workers());
  }

  private List<Trial> left() {
    Plan plan = session.plan();
    StoreLocation location = StoreLocation.of(folder, session.study());
    if (!location.exists()) {
      return plan.trials();
    }
    try (TrialStore store = location.openToRead()) {
      Comparability.check(folder, plan, store);
      return (onlyFailed ? Remaining.failed(plan, store) : Remaining.of(plan, store)).trials();
    }
  }

  private static String mebibytes(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20) + " MiB";
  }

  private static String time(double seconds) {
    return TimeLeft.words(Math.round(Math.ceil(seconds)));
  }
}
