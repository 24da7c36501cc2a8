package org.vaescape.cli.isolated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vaescape.TemporaryFolder;
import org.vaescape.UserError;
import org.vaescape.model.WeightsFile;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.TrainedTrial;
import org.vaescape.study.TrialStore;

/// A temporary folder that holds the study of a worker, and the one result on its way.
record WorkerFolder(Path path) {
  /// Makes one for a study.
  ///
  /// @param study the text of its resolved file
  /// @throws UserError if it cannot be written
  static WorkerFolder make(String study) {
    try {
      WorkerFolder folder = new WorkerFolder(Files.createTempDirectory("vaescape-trials-"));
      Files.writeString(folder.study(), study);
      return folder;
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written, where results of isolated trials pass (%s); free some space there or make it writable, and run the same command again, it goes on where it stopped"
              .formatted(System.getProperty("java.io.tmpdir"), UserError.reason(e)),
          e);
    }
  }

  Path study() {
    return path.resolve("study.yaml");
  }

  private Path trial() {
    return path.resolve("trial.db");
  }

  private Path weights() {
    return path.resolve("trial.safetensors");
  }

  /// @throws UserError if it cannot be written
  void put(TrainedTrial result) {
    result.weights().ifPresent(weights -> weights.write(weights()));
    try (TrialStore store = SqliteStore.open(trial())) {
      store.save(result.trial());
    }
  }

  /// Reads what was put there, to the last bit, and makes room for the next.
  TrainedTrial take() {
    TrainedTrial result;
    try (TrialStore store = SqliteStore.open(trial())) {
      result =
          new TrainedTrial(
              store.trials().getFirst(),
              Files.exists(weights())
                  ? Optional.of(WeightsFile.read(weights()))
                  : Optional.empty());
    }
    TemporaryFolder.delete(trial());
    TemporaryFolder.delete(weights());
    return result;
  }

  void delete() {
    TemporaryFolder.delete(path);
  }
}
