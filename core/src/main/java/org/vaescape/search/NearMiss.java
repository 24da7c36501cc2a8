package org.vaescape.search;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What a misspelt word was probably meant to be.
public final class NearMiss {
  private NearMiss() {}

  /// "unknown optimizer adm; did you mean adam?", or the whole list where nothing is near.
  public static String unknown(String kind, String word, Collection<String> known) {
    return "unknown %s %s; %s"
        .formatted(
            kind,
            word,
            of(word, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known: " + String.join(", ", known)));
  }

  /// The known word that differs in capitals only, else the nearest one, if it is within a third of
  /// the word's length (at least two) in edits and has something in common with it.
  public static Optional<String> of(String word, Collection<String> known) {
    int bound = Math.min(Math.max(2, word.length() / 3), word.length() - 1);
    return known.stream()
        .filter(word::equalsIgnoreCase)
        .findFirst()
        .or(() ->
            known.stream()
                .filter(candidate -> edits(word, candidate) <= bound)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate))));
  }

  /// Levenshtein distance.
  private static int edits(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(swap, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
