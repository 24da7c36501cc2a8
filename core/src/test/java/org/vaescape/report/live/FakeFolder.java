package org.vaescape.report.live;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.UserError;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.study.FinishedTrial;

/// A folder whose store and lock are what a test says.
final class FakeFolder implements StudyFolder {
  private final Path path;
  private volatile Stored stored = new Stored("", "", List.of(), new LinkedHashMap<>());
  volatile boolean running;
  volatile String trouble = "";
  private long started;

  private final List<AutoCloseable> open;

  /// @param open takes what is to be closed at the end
  FakeFolder(Path path, List<AutoCloseable> open) {
    this.path = path;
    this.open = open;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public Optional<Stored> stored() {
    if (!trouble.isEmpty()) {
      throw new UserError(trouble);
    }
    return Optional.of(stored);
  }

  void plan(String... ids) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model", "vae");
    settings.put("latent", "10");
    stored =
        new Stored(
            "<b>\"name\"</b>",
            "",
            Arrays.stream(ids).map(id -> new Planned(id, settings, 0)).toList(),
            stored.endings());
  }

  void end(FinishedTrial trial) {
    SequencedMap<String, FinishedTrial> endings = new LinkedHashMap<>(stored.endings());
    endings.put(trial.id(), trial);
    stored = new Stored(stored.name(), stored.question(), stored.plan(), endings);
  }

  /// As a run begins it.
  LiveLog log() {
    started++;
    LiveLog log =
        LiveLog.begin(
            path,
            false,
            new LinkedHashMap<>(),
            () -> Instant.ofEpochMilli(1_000 + started),
            _ -> {});
    open.add(log);
    return log;
  }
}
