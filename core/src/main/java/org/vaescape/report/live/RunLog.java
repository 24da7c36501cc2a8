package org.vaescape.report.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// What the last run of a study, or those that went on at once, have told so far in their
/// [LiveLog].
final class RunLog {
  /// Curves that stay after their trials ended.
  private static final int STAY = 6;

  private static final List<String> SHOWN = List.of("reconstruction", "loss");

  private final LogTail tail;
  private long begunMillis;
  private final Map<String, Double> work = new LinkedHashMap<>();
  private final SequencedMap<String, Curve> curves = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();

  /// A trial that runs, or did a moment ago.
  static final class Curve {
    final String trial;
    final long begun;
    final List<Point> points = new ArrayList<>();
    boolean running = true;

    private Curve(String trial, long begun) {
      this.trial = trial;
      this.begun = begun;
    }
  }

  /// An epoch of a curve.
  ///
  /// @param version of the feed in which it came
  /// @param train reconstruction of the training part, or its loss; NaN if it has none
  /// @param validation the same of the validation part
  record Point(long version, int epoch, double train, double validation) {}

  RunLog(Path file) {
    this.tail = new LogTail(file);
  }

  /// Reads on, and tells whether there was anything.
  ///
  /// @param version in which that is known
  boolean read(long version) throws IOException {
    boolean any = false;
    boolean more = true;
    while (more) {
      LogTail.Lines next = tail.next();
      if (next.anew()) {
        clear();
      }
      for (String line : next.lines()) {
        LiveEvent.of(line).ifPresent(event -> apply(event, version));
      }
      any |= next.anew() || !next.lines().isEmpty();
      more = next.more();
    }
    return any;
  }

  /// When the run began, in milliseconds since 1970; 0 if none has told.
  long begunMillis() {
    return begunMillis;
  }

  /// Of each trial that this run has not stored yet.
  List<Double> workLeft() {
    return work.entrySet().stream()
        .filter(trial -> !finished.contains(trial.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  double work(String trial) {
    return work.getOrDefault(trial, 0.0);
  }

  /// Trials whose results this run has stored.
  Set<String> finished() {
    return finished;
  }

  Collection<Curve> curves() {
    return curves.values();
  }

  private void clear() {
    begunMillis = 0;
    work.clear();
    curves.clear();
    finished.clear();
  }

  private void apply(LiveEvent event, long version) {
    switch (event) {
      case LiveEvent.Begun run -> {
        if (!run.joins()) {
          clear();
        }
        if (begunMillis == 0) {
          begunMillis = run.millis();
        }
        work.putAll(run.work());
      }
      case LiveEvent.Started start ->
          curves.putLast(start.trial(), new Curve(start.trial(), version));
      case LiveEvent.EpochEnded epoch -> {
        Curve curve = curves.get(epoch.trial());
        if (curve != null) {
          curve.points.add(
              new Point(
                  version,
                  epoch.number(),
                  term(epoch.terms(), "train_"),
                  term(epoch.terms(), "val_")));
        }
      }
      case LiveEvent.Trained end -> {
        Curve curve = curves.get(end.trial());
        if (curve != null) {
          curve.running = false;
          removeOldest();
        }
      }
      case LiveEvent.Finished end -> finished.add(end.trial());
    }
  }

  private void removeOldest() {
    List<Curve> ended = curves.values().stream().filter(curve -> !curve.running).toList();
    if (ended.size() > STAY) {
      curves.remove(ended.getFirst().trial);
    }
  }

  private static double term(Map<String, Double> terms, String part) {
    return SHOWN.stream()
        .map(name -> part + name)
        .filter(terms::containsKey)
        .mapToDouble(terms::get)
        .findFirst()
        .orElse(Double.NaN);
  }
}
