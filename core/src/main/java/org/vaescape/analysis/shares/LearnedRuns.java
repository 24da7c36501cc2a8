package org.vaescape.analysis.shares;

import java.util.List;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;

/// What shares are of, where hardly any run learned.
final class LearnedRuns {
  private LearnedRuns() {}

  /// The reason of a claim on shares, which says it where less than half of the runs learned.
  ///
  /// @param compared runs that the shares are of
  static String doubt(String reason, List<Run> compared) {
    long learned = compared.stream().filter(run -> run.fate() == Fate.LEARNED).count();
    if (2 * learned >= compared.size()) {
      return reason;
    }
    String unlearned =
        "%s of the %s runs compared learned: the shares are mostly of networks that learned nothing"
            .formatted(learned == 0 ? "none" : learned, compared.size());
    return reason.isEmpty() ? unlearned : reason + "; " + unlearned;
  }
}
