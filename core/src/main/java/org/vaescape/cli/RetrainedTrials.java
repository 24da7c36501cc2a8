package org.vaescape.cli;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.vaescape.Build;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StudyListener;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialComparison;
import org.vaescape.study.TrialComparison.Outcome;
import org.vaescape.study.TrialDifference;

/// Compares each trial with its stored result as soon as it was trained again, and tells.
final class RetrainedTrials implements StudyListener {
  /// Settings by which a line names a trial.
  private static final List<String> NAMED =
      List.of("model", "latent", "learning-rate", "optimizer");

  /// Differences of one trial that are told.
  private static final int TOLD = 4;

  private static final double OFTEN = 0.9;

  private final Map<String, FinishedTrial> stored;
  private final PrintWriter out;
  private final Findings findings;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final SequencedSet<String> elsewhere = new LinkedHashSet<>();
  private final SequencedSet<String> makers = new LinkedHashSet<>();

  /// @param stored trials by the id that they have here: where they were made path or device, which
  ///   ids hang on, may be others
  RetrainedTrials(Map<String, FinishedTrial> stored, PrintWriter out, Findings findings) {
    this.stored = stored;
    this.out = out;
    this.findings = findings;
  }

  /// Called by one thread.
  @Override
  public void finished(Trial trial, FinishedTrial again) {
    FinishedTrial before = Objects.requireNonNull(stored.get(trial.id()));
    String name = "          %s (%s)".formatted(before.id(), settings(before));
    if (!Retraining.isComparable(again)) {
      out.println(
          "%s: cannot be compared, as it ended here as %s: %s"
              .formatted(name, again.status().text(), again.message()));
      out.flush();
      return;
    }
    TrialComparison comparison = TrialComparison.of(before, again);
    outcomes.merge(comparison.outcome(), 1, Integer::sum);
    elsewhere.addAll(comparison.elsewhere());
    makers.add(before.provenance().getOrDefault("vaescape", "an unknown version"));
    switch (comparison.outcome()) {
      case SAME_BITS ->
          out.println("%s: the same to the last bit, %s".formatted(name, extent(before)));
      case WITHIN_TOLERANCE ->
          out.println("%s: the same within tolerance, %s".formatted(name, extent(before)));
      case UNDECIDED ->
          out.println(
              "%s: undecided: it went the same way, but ended %s here and %s there"
                  .formatted(name, ending(again), ending(before)));
      case DIFFERENT -> {
        out.println("%s: another result".formatted(name));
        tell(before.id(), comparison.differences());
      }
    }
    out.flush();
  }

  private void tell(String id, List<TrialDifference> differences) {
    differences.stream()
        .limit(TOLD)
        .forEach(difference -> findings.add("trial %s: %s".formatted(id, difference.text())));
    if (differences.size() > TOLD) {
      findings.add(
          "trial %s: and %s of it"
              .formatted(id, Findings.count(differences.size() - TOLD, "more value")));
    }
  }

  private static String settings(FinishedTrial trial) {
    return NAMED.stream()
            .filter(trial.settings()::containsKey)
            .map(key -> key + " " + trial.settings().get(key))
            .collect(Collectors.joining(", "))
        + ", repeat "
        + trial.repeat();
  }

  private static String extent(FinishedTrial trial) {
    return "%s, after %s: %s and %s"
        .formatted(
            trial.status().text(),
            Findings.count(trial.epochs(), "epoch"),
            Findings.count(trial.metrics().size(), "metric"),
            Findings.count(trial.curve().stream().mapToInt(e -> e.terms().size()).sum(), "number")
                + " of the curve");
  }

  private static String ending(FinishedTrial trial) {
    return trial.verdict().isEmpty()
        ? trial.status().text()
        : trial.status().text() + ", " + trial.verdict();
  }

  /// Says what was compared how, and how far that goes.
  ///
  /// @param all trials that could have been chosen
  void conclude(int all) {
    if (!elsewhere.isEmpty()) {
      out.println(
          "          By tolerance, as this is not the machine of the study: %s"
              .formatted(String.join("; ", elsewhere)));
    }
    String here = Build.ofThis().text();
    if (!makers.isEmpty() && !makers.contains(here)) {
      out.println(
          "          Trained then by vaescape %s; now by %s"
              .formatted(String.join("; ", makers), here));
    }
    int compared = outcomes.values().stream().mapToInt(Integer::intValue).sum();
    if (compared > 0 && compared < all) {
      out.println(
          "          A trial that was changed together with its digest is found only if it is trained again: one such trial among %,d with a chance of %s; --trials %,d finds it in nine of ten cases, --trials all in any."
              .formatted(
                  all,
                  String.format(Locale.ROOT, "%.0f %%", 100.0 * compared / all),
                  (int) Math.ceil(OFTEN * all)));
    }
  }
}
