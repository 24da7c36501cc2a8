package org.vaescape.study;

import org.vaescape.train.Seeds;

/// Where the randomness of a trial comes from: the study's seeds, the repeat, and for training
/// noise the cell.
final class TrialSeeds {
  private TrialSeeds() {}

  /// Which samples validate; the same for all cells of a repeat.
  static long split(Study study, int repeat) {
    return Seeds.derive(
        study.seeds().of(StudySeeds.SPLIT), "split " + study.repeats().splitOf(repeat));
  }

  static Seeds of(Study study, Trial trial) {
    StudySeeds seeds = study.seeds();
    int repeat = trial.repeat();
    long noise = seeds.of(StudySeeds.NOISE);
    return new Seeds(
        Seeds.derive(seeds.of(StudySeeds.INITIALIZATION), "initialization " + repeat),
        Seeds.derive(seeds.of(StudySeeds.ORDER), "order " + repeat),
        Seeds.derive(noise, "noise " + repeat + "\n" + Identity.trainingText(trial.cell())),
        Seeds.derive(noise, "validation noise " + repeat));
  }
}
