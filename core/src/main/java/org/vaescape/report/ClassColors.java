package org.vaescape.report;

import java.util.List;

/// 33 colours for classes such as the cancers of TCGA: eleven hues, each dark, in the middle and
/// light. No 33 colours are told apart by every eye; views give the three of a hue different signs
/// and let the legend pick classes out.
final class ClassColors {
  static final List<String> ALL =
      List.of(
          "#005a8c", "#a63d00", "#00684b", "#8f2f6b", "#9c6a00", "#16738f", "#3f3f3f", "#4b2a99",
          "#6b7300", "#8c1a2b", "#5e4230", //
          "#0f86d1", "#e8692a", "#0aa67c", "#cc5fa3", "#d99a1a", "#35aecb", "#7a7a7a", "#8062d6",
          "#99a31f", "#cf4556", "#94704f", //
          "#74b9ea", "#f5a77f", "#6fd0b1", "#e6a5cb", "#edc56b", "#96d6e6", "#b3b3b3", "#b7a5ef",
          "#c9d06a", "#ee97a1", "#c7a98c");

  private ClassColors() {}
}
