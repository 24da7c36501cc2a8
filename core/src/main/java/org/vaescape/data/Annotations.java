package org.vaescape.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What is known of samples beside their labels; each map holds those of which it is known.
///
/// @param batches where a sample was measured or comes from, by sample
/// @param followUps survival, by sample
public record Annotations(
    SequencedMap<String, String> batches, SequencedMap<String, FollowUp> followUps) {
  public Annotations {
    batches = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(batches));
    followUps = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(followUps));
  }

  /// The same part with what is known of its samples; a list stays empty where nothing is known of
  /// any sample of the study.
  Part of(Part part) {
    return new Part(
        part.samples(),
        part.patients(),
        part.labels(),
        batches.isEmpty()
            ? part.batches()
            : part.samples().stream().map(s -> batches.getOrDefault(s, "")).toList(),
        followUps.isEmpty()
            ? part.followUps()
            : part.samples().stream()
                .map(s -> followUps.getOrDefault(s, FollowUp.UNKNOWN))
                .toList(),
        part.genes(),
        part.values());
  }
}
