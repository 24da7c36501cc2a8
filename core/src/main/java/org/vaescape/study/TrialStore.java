package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps finished trials for good.
///
/// A trial that [#save] has returned for survives `kill -9` and power loss, whole; one that it has
/// not returned for leaves no trace. Several processes may have one store open at once. All methods
/// may be called from any thread.
public interface TrialStore extends AutoCloseable {

  /// The text kept under `key`, empty if none. The study keeps there what later runs must agree
  /// with.
  Optional<String> note(String key);

  /// Keeps `text` under `key`, replacing what was there.
  void note(String key, String text);

  /// Keeps a trial, replacing an earlier result of the same id.
  void save(FinishedTrial trial);

  /// Everything kept, ordered by id.
  ///
  /// @throws org.vaescape.UserError if what was kept is damaged
  List<StoredTrial> contents();

  /// The same without what tells whether it is as it was saved.
  default List<FinishedTrial> trials() {
    return contents().stream().map(StoredTrial::trial).toList();
  }

  /// What is kept of one trial, empty if nothing.
  ///
  /// @throws org.vaescape.UserError as [#contents]
  Optional<StoredTrial> trial(String id);

  /// [StoredTrial#digest] of every trial by its id.
  Map<String, String> digests();

  /// Takes a trial to train it; empty while another process or another thread has it.
  ///
  /// Whoever takes it asks afterwards whether it has been saved meanwhile, and keeps it until it
  /// has saved a result.
  ///
  /// @param id of a [Trial]
  Optional<Claim> claim(String id);

  @Override
  void close();
}
