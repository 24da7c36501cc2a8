package org.vaescape.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Warnings about the data of every repeat, each said once, with the number of repeats that it
/// holds in.
final class RepeatNotes {
  /// Numbers, and names in brackets.
  private static final Pattern OF_ONE_SPLIT = Pattern.compile("\\d+(\\.\\d+)?|\\([^)]*\\)");

  /// By what they say, and then by repeat.
  private final SequencedMap<String, SequencedMap<Integer, String>> notes = new LinkedHashMap<>();

  private final int repeats;

  /// @param repeats that have data of their own
  RepeatNotes(int repeats) {
    this.repeats = repeats;
  }

  /// Adds warnings of which a repeat has one a kind: those that differ only in numbers and names
  /// are one, of which the first repeat's is shown.
  ///
  /// @param repeat from 0, ascending
  void add(int repeat, List<String> sentences) {
    sentences.forEach(
        sentence -> put(OF_ONE_SPLIT.matcher(sentence).replaceAll("#"), repeat, sentence));
  }

  /// Adds warnings of which a repeat may have several that differ only in numbers, one a setting.
  void addAsTheyAre(int repeat, List<String> sentences) {
    sentences.forEach(sentence -> put(sentence, repeat, sentence));
  }

  private void put(String kind, int repeat, String sentence) {
    notes.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(repeat, sentence);
  }

  /// What holds alike in all repeats as it was added; the others with the repeats in brackets.
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    notes
        .values()
        .forEach(found -> {
          boolean alike = new HashSet<>(found.values()).size() == 1;
          String sentence = found.firstEntry().getValue();
          if (alike && found.size() == repeats) {
            sentences.add(sentence);
          } else {
            sentences.add(
                "%s (in %d of %d repeats%s)"
                    .formatted(
                        sentence,
                        found.size(),
                        repeats,
                        alike
                            ? ""
                            : "; numbers are those of repeat " + found.firstEntry().getKey()));
          }
        });
    return sentences;
  }
}
