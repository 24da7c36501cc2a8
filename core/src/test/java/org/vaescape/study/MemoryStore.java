package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps trials as long as the object lives.
final class MemoryStore implements TrialStore {
  private final Map<String, String> notes = new TreeMap<>();
  private final Map<String, FinishedTrial> trials = new TreeMap<>();

  @Override
  public synchronized Optional<String> note(String key) {
    return Optional.ofNullable(notes.get(key));
  }

  @Override
  public synchronized void note(String key, String text) {
    notes.put(key, text);
  }

  @Override
  public synchronized void save(FinishedTrial trial) {
    trials.put(trial.id(), trial);
  }

  @Override
  public synchronized List<FinishedTrial> trials() {
    return List.copyOf(trials.values());
  }

  @Override
  public void close() {}
}
