package org.vaescape.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.study.FinishedTrial;

/// Looks at a store that a process may be writing: writes nothing, and keeps no writer waiting.
public interface StoreReader extends AutoCloseable {

  /// As [org.vaescape.study.TrialStore#note].
  Optional<String> note(String key);

  /// How every trial ended, by id and in its order: without curve, settings, provenance and
  /// checkpoints, and of its metrics only these.
  ///
  /// @param known what an earlier look gave; a trial that is still the same is not read again
  SequencedMap<String, FinishedTrial> endings(
      Map<String, FinishedTrial> known, List<String> metrics);

  @Override
  void close();
}
