package org.vaescape.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A store while a plan's trials are added to it.
///
/// A store without trials is nobody's, so that several machines may begin on it at once which do
/// not compute alike. The first that stores a trial makes it its own, with what the store keeps of
/// the study; the others are told when they come to store theirs.
public final class BoundStore implements TrialStore {
  private final Path folder;
  private final Plan plan;
  private final TrialStore store;
  private final Consumer<TrialStore> study;
  private boolean bound;

  /// Makes the store the plan's, as far as that is possible before there is a trial in it.
  ///
  /// @param folder of the store, for messages
  /// @param study keeps what is to be known of the plan's study
  /// @throws org.vaescape.UserError as [Comparability#claim], which [#save] may throw too
  public static BoundStore of(
      Path folder, Plan plan, TrialStore store, Consumer<TrialStore> study) {
    Comparability.claim(folder, plan, store, () -> study.accept(store));
    return new BoundStore(folder, plan, store, study);
  }

  private BoundStore(Path folder, Plan plan, TrialStore store, Consumer<TrialStore> study) {
    this.folder = folder;
    this.plan = plan;
    this.store = store;
    this.study = study;
  }

  @Override
  public synchronized void save(FinishedTrial trial) {
    if (bound) {
      store.save(trial);
    } else {
      Comparability.claim(folder, plan, store, () -> bind(trial));
      bound = true;
    }
  }

  private void bind(FinishedTrial trial) {
    if (store.digests().isEmpty()) {
      study.accept(store); // who began later has kept his since
    }
    store.save(trial);
  }

  @Override
  public Optional<String> note(String key) {
    return store.note(key);
  }

  @Override
  public void note(String key, String text) {
    store.note(key, text);
  }

  @Override
  public List<StoredTrial> contents() {
    return store.contents();
  }

  @Override
  public Optional<StoredTrial> trial(String id) {
    return store.trial(id);
  }

  @Override
  public Map<String, String> digests() {
    return store.digests();
  }

  @Override
  public Optional<Claim> claim(String id) {
    return store.claim(id);
  }

  @Override
  public void close() {
    store.close();
  }
}
