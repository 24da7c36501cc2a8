package org.vaescape.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Keeps trials as long as the test runs; the same contract as a store on disk but for kill -9.
public final class InMemoryTrialStore implements TrialStore {
  private final Map<String, FinishedTrial> trials = new TreeMap<>();
  private final Map<String, String> notes = new HashMap<>();
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

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
  public synchronized List<StoredTrial> contents() {
    return trials.values().stream()
        .map(trial -> new StoredTrial(trial, TrialDigest.of(trial)))
        .toList();
  }

  @Override
  public synchronized Optional<StoredTrial> trial(String id) {
    return contents().stream().filter(stored -> stored.trial().id().equals(id)).findFirst();
  }

  @Override
  public synchronized Map<String, String> digests() {
    return contents().stream()
        .collect(Collectors.toMap(stored -> stored.trial().id(), StoredTrial::digest));
  }

  @Override
  public Optional<Claim> claim(String id) {
    return claimed.add(id) ? Optional.of(() -> claimed.remove(id)) : Optional.empty();
  }

  @Override
  public void close() {}
}
