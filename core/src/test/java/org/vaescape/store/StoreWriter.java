package org.vaescape.store;

import java.nio.file.Path;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;

/// A program that saves trials until it is killed, and prints the id of each once it is saved.
public final class StoreWriter {
  private StoreWriter() {}

  /// Takes the store's file and the beginning of the ids.
  public static void main(String[] args) {
    try (TrialStore store = SqliteStore.open(Path.of(args[0]))) {
      for (int i = 0; i < 100_000; i++) {
        String id = "%s-%05d".formatted(args[1], i);
        store.save(trial(id));
        System.out.println(id);
        System.out.flush();
      }
    }
  }

  /// The trial that is saved under this id.
  static FinishedTrial trial(String id) {
    return FinishedTrials.learned(id, 20, Double.parseDouble("0." + id.substring(id.length() - 5)));
  }
}
