package org.vaescape.analysis.runs;

/// The scale on which the variation of an outcome is taken apart.
public enum Scale {
  RAW("raw"),
  /// Natural logarithm; of positive outcomes only.
  LOG("log"),
  /// Ranks among the runs that are compared, ties sharing theirs.
  RANK("rank");

  private final String text;

  Scale(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
