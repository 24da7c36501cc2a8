package org.vaescape.cli.isolated;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// A line of what a worker says on its standard output, where native libraries and a dying JVM have
/// their say too: it starts at a mark that these do not print.
sealed interface WorkerLine {
  String MARK = "\u001evaescape";
  String TAB = "\t";

  /// Training begins: from here on an end of the process is the trial's.
  record Started() implements WorkerLine {}

  /// As [org.vaescape.train.TrainingMonitor#epoch].
  record EpochEnded(int number, SequencedMap<String, Double> terms) implements WorkerLine {
    public EpochEnded {
      terms = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(terms));
    }
  }

  /// The result lies in the worker's folder, whole.
  record Finished() implements WorkerLine {}

  /// The study cannot go on, for what the person at the terminal can mend.
  record Refused(String sentence) implements WorkerLine {}

  /// The line, without its end.
  default String text() {
    return MARK
        + TAB
        + switch (this) {
          case Started _ -> "started";
          case Finished _ -> "finished";
          case Refused refused -> "refused" + TAB + refused.sentence.replaceAll("\\s+", " ");
          case EpochEnded epoch -> {
            StringBuilder terms = new StringBuilder("epoch" + TAB + epoch.number);
            epoch.terms.forEach(
                (name, value) -> terms.append(TAB).append(name).append('=').append(value));
            yield terms.toString();
          }
        };
  }

  /// What a line says; empty where it is none of a worker's.
  static Optional<WorkerLine> of(String line) {
    int mark = line.indexOf(MARK); // something may have been printed before it without an end
    if (mark < 0) {
      return Optional.empty();
    }
    String[] parts = line.substring(mark).split(TAB, -1);
    return Optional.of(
        switch (parts[1]) {
          case "started" -> new Started();
          case "finished" -> new Finished();
          case "refused" -> new Refused(parts[2]);
          case "epoch" -> epoch(parts);
          default -> throw new IllegalStateException("a worker says '%s'".formatted(line));
        });
  }

  private static EpochEnded epoch(String[] parts) {
    SequencedMap<String, Double> terms = new LinkedHashMap<>();
    for (int i = 3; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      terms.put(parts[i].substring(0, equals), Double.valueOf(parts[i].substring(equals + 1)));
    }
    return new EpochEnded(Integer.parseInt(parts[2]), terms);
  }
}
