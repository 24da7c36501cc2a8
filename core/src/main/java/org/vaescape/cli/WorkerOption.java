package org.vaescape.cli;

import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.study.StudySession;
import picocli.CommandLine.Option;

/// How many trials of a study train at once.
final class WorkerOption {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Trials trained at once; default: one for each core, as far as memory goes.")
  private @Nullable Integer workers;

  /// @throws UserError if it is below 1
  void check() {
    if (workers != null && workers < 1) {
      throw new UserError("--workers must be at least 1 but was " + workers);
    }
  }

  int count(StudySession session) {
    return workers == null
        ? session.defaultWorkers(Runtime.getRuntime().availableProcessors())
        : workers;
  }
}
