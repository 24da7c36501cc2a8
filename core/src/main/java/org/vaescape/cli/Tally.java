package org.vaescape.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vaescape.report.live.TimeLeft;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// How far a study is: counts that go up as its trials start and end.
final class Tally {
  private final int there;
  private final Map<String, Double> work;
  private final double allWork;
  private int ended;
  private double workDone;
  private final Set<String> running = new HashSet<>();
  private final SortedMap<Status, Integer> failures = new TreeMap<>();
  private Optional<FinishedTrial> best = Optional.empty();

  /// @param work of the trials that this run is to come to by their ids, in any unit
  /// @param there trials that earlier runs have ended
  Tally(Map<String, Double> work, List<FinishedTrial> there) {
    this.work = work;
    this.allWork = work.values().stream().mapToDouble(Double::doubleValue).sum();
    this.there = there.size();
    there.forEach(this::count);
  }

  /// Trials that this run is to come to, those that were there before among them.
  int planned() {
    return there + work.size();
  }

  int done() {
    return there + ended;
  }

  void start(String id) {
    running.add(id);
  }

  /// The trial is not running any more, though what came out may not be stored yet; may be told
  /// after [#end], since who stores it does not wait.
  void stop(String id) {
    running.remove(id);
  }

  void end(FinishedTrial trial) {
    running.remove(trial.id());
    ended++;
    workDone += work.getOrDefault(trial.id(), 0.0);
    count(trial);
  }

  /// One line: "12 of 96 trials done, 2 running, 1 diverged, best val_mse 0.0212 (iwae), 3 min
  /// left".
  String text(Duration elapsed) {
    List<String> parts = new ArrayList<>();
    parts.add("%s of %s trials done".formatted(done(), planned()));
    parts.addAll(details());
    left(elapsed).ifPresent(left -> parts.add(TimeLeft.words(left.toSeconds()) + " left"));
    return String.join(", ", parts);
  }

  /// What is said beside the number of trials done.
  List<String> details() {
    List<String> parts = new ArrayList<>();
    if (!running.isEmpty()) {
      parts.add(running.size() + " running");
    }
    failures.forEach((status, count) -> parts.add(count + " " + status.text()));
    best.ifPresent(trial ->
        parts.add(
            String.format(
                Locale.ROOT,
                "best val_mse %.4g (%s)",
                trial.metric("val_mse"),
                trial.settings().getOrDefault("model", ""))));
    return parts;
  }

  /// Time that the other trials need if their work goes on as fast as that of this run did. The
  /// longest go first, so that their number says little.
  Optional<Duration> left(Duration elapsed) {
    return workDone == 0 || ended == work.size()
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(Math.round(elapsed.toMillis() * (allWork - workDone) / workDone)));
  }

  /// Whether the trial ended in a way that leaves a hole in the landscape.
  static boolean failed(Status status) {
    return switch (status) {
      case CONVERGED, MAX_EPOCHS, PRUNED -> false;
      case DIVERGED, OUT_OF_MEMORY, TIMED_OUT, FAILED -> true;
    };
  }

  private void count(FinishedTrial trial) {
    if (failed(trial.status())) {
      failures.merge(trial.status(), 1, Integer::sum);
    }
    boolean better =
        !failed(trial.status())
            && trial.verdict().equals("learned")
            && best.map(old -> trial.metric("val_mse") < old.metric("val_mse")).orElse(true);
    if (better) {
      best = Optional.of(trial);
    }
  }
}
