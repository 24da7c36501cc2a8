package org.vaescape.analysis.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The runs that a statistic is computed within: one model, or all of them, under one reading.
///
/// @param model empty for all runs together
/// @param reading values of the keys that are readings; empty where a study has none
public record Scope(String model, SequencedMap<String, String> reading) {
  private static final String ALL = "all runs";
  private static final String GAP = ", ";

  public Scope {
    reading = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(reading));
  }

  /// `vae`, `all runs, output-norm none`.
  public String text() {
    String who = model.isEmpty() ? ALL : model;
    return reading.isEmpty() ? who : who + GAP + readingText();
  }

  /// `output-norm none, kl-weight 0.00025`.
  public String readingText() {
    return reading.entrySet().stream()
        .map(value -> value.getKey() + " " + value.getValue())
        .collect(Collectors.joining(GAP));
  }

  /// Whether a text of [#text] is of all runs of its reading.
  public static boolean together(String text) {
    return text.equals(ALL) || text.startsWith(ALL + GAP);
  }

  /// [#readingText] of a text of [#text]; empty without a reading.
  public static String reading(String text) {
    int gap = text.indexOf(GAP);
    return gap < 0 ? "" : text.substring(gap + GAP.length());
  }
}
