package org.vaescape.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// What each sample is, for those of which it is known.
///
/// @param source the file it came from, for messages
/// @param bySample label of each sample, neither of them empty, in the order of the file
/// @param notes warnings from reading, one sentence each
public record Labels(String source, SequencedMap<String, String> bySample, List<String> notes) {
  public Labels {
    bySample = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bySample));
    notes = List.copyOf(notes);
  }

  /// The same without these samples.
  public Labels without(Set<String> samples) {
    SequencedMap<String, String> left = new LinkedHashMap<>(bySample);
    left.keySet().removeAll(samples);
    return new Labels(source, left, notes);
  }

  /// The label of a sample, or an empty text if it has none.
  public String of(String sample) {
    return bySample.getOrDefault(sample, "");
  }
}
