package org.vaescape.cli;

import java.util.List;
import java.util.Optional;
import org.vaescape.data.AxisNames;
import org.vaescape.study.StoredTrial;

/// Trials of a store that are not what was saved, as every command tells that shows their numbers.
final class ChangedRows {
  /// So many are named; the others are counted.
  private static final int NAMED = 5;

  private ChangedRows() {}

  /// Empty if there are none.
  static Optional<String> sentence(List<StoredTrial> contents) {
    List<String> ids =
        contents.stream()
            .filter(stored -> !stored.isAsSaved())
            .map(stored -> stored.trial().id())
            .toList();
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Trials whose rows in the store are not what was saved, so that they were damaged or changed by hand: %s (%s). Their numbers here are those of the rows."
                .formatted(ids.size(), AxisNames.some(ids, NAMED)));
  }
}
