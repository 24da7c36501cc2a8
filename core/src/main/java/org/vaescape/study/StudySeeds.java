package org.vaescape.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Where the randomness of a study comes from: one seed, and others for what is to move apart from
/// the rest.
///
/// @param seed of every purpose that has none of its own
/// @param own seeds by key of the section `seeds`; one equal to `seed` is left out, since it
///   changes nothing
public record StudySeeds(long seed, SequencedMap<String, Long> own) {
  static final String SPLIT = "split";
  static final String INITIALIZATION = "initialization";
  static final String ORDER = "order";
  static final String NOISE = "noise";

  public StudySeeds {
    SequencedMap<String, Long> others = new LinkedHashMap<>(own);
    others.values().removeIf(other -> other == seed);
    own = Collections.unmodifiableSequencedMap(others);
  }

  /// The seed of one of the purposes above.
  long of(String purpose) {
    return own.getOrDefault(purpose, seed);
  }

  /// Own seeds by dotted key, as text.
  SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Long> purpose : own.entrySet()) {
      texts.put("seeds." + purpose.getKey(), Long.toString(purpose.getValue()));
    }
    return texts;
  }
}
