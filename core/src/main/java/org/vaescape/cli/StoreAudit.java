package org.vaescape.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialIds;

/// Whether the trials of a store are as they were saved, and under the ids that are theirs.
///
/// @param trials how many there are
/// @param changed ids of trials that are not as they were saved
/// @param misnamed ids of trials that do not follow from settings and study
/// @param planned ids of the plan that do not
/// @param undigested trials that an earlier version saved without a digest
/// @param numerics that of the trials, where this version has another and cannot tell ids; else
///   empty
record StoreAudit(
    int trials,
    List<String> changed,
    List<String> misnamed,
    List<String> planned,
    int undigested,
    String numerics) {
  private static final int TOLD = 5;

  static StoreAudit of(StoredStudy study, List<StoredTrial> contents, TrialIds ids) {
    List<String> changed = new ArrayList<>();
    List<String> misnamed = new ArrayList<>();
    int undigested = 0;
    for (StoredTrial stored : contents) {
      FinishedTrial trial = stored.trial();
      undigested += stored.isOfEarlierVersion() ? 1 : 0;
      if (!stored.isAsSaved()) {
        changed.add(trial.id());
      }
      if (ids.canTell() && !ids.isRight(trial)) {
        misnamed.add(trial.id());
      }
    }
    List<String> planned =
        study.plan().stream()
            .filter(trial ->
                ids.canTell() && !ids.isRight(trial.id(), trial.settings(), trial.repeat()))
            .map(trial -> trial.id())
            .toList();
    return new StoreAudit(
        contents.size(),
        changed,
        misnamed,
        planned,
        undigested,
        ids.canTell() ? "" : ids.numerics());
  }

  void print(PrintWriter out, Findings findings) {
    tell(changed, "is not as it was saved: its digest is another, or was removed", findings);
    tell(
        misnamed,
        "has settings or a repeat that, with the study's data and seed, give another id",
        findings);
    tell(
        planned.stream().filter(id -> !misnamed.contains(id)).toList(),
        "is planned with settings or a repeat that give another id",
        findings);
    if (changed.isEmpty() && misnamed.isEmpty() && planned.isEmpty()) {
      out.println(
          "Store:    %s, %s%s"
              .formatted(
                  Findings.count(trials, "trial"),
                  undigested == trials
                      ? "which an earlier version saved without a digest"
                      : undigested == 0
                          ? "each as it was saved"
                          : "each as it was saved, but for %s that an earlier version saved without a digest"
                              .formatted(undigested),
                  numerics.isEmpty() ? ", under the id that its settings give" : ""));
    }
  }

  private static void tell(List<String> ids, String complaint, Findings findings) {
    ids.stream()
        .limit(TOLD)
        .forEach(id -> findings.add("trial %s in the store %s".formatted(id, complaint)));
    if (ids.size() > TOLD) {
      findings.add("and %s like that".formatted(Findings.count(ids.size() - TOLD, "more trial")));
    }
  }
}
