package org.vaescape.study;

import org.vaescape.search.Cell;
import org.vaescape.train.Seeds;

/// Where the randomness of a trial comes from: the study's seed, the repeat, and for training noise
/// the cell.
final class TrialSeeds {
  private TrialSeeds() {}

  /// Which samples validate; the same for all cells of a repeat.
  static long split(Study study, int repeat) {
    return Seeds.derive(study.seed(), "split " + study.repeats().splitOf(repeat));
  }

  static Seeds of(Study study, Trial trial) {
    int repeat = trial.repeat();
    return new Seeds(
        Seeds.derive(study.seed(), "initialization " + repeat),
        Seeds.derive(study.seed(), "order " + repeat),
        noise(study.seed(), repeat, trial.cell()),
        Seeds.derive(study.seed(), "validation noise " + repeat));
  }

  private static long noise(long seed, int repeat, Cell cell) {
    return Seeds.derive(seed, "noise " + repeat + "\n" + Identity.cellText(cell));
  }
}
