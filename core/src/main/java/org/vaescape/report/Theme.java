package org.vaescape.report;

import java.util.List;

/// Colours, sizes and fonts of every figure; the page's style sheet uses the same ones.
///
/// Lengths are in CSS pixels of the page; how large they are printed says [Format].
final class Theme {
  static final String FONT = "DejaVu Sans, Verdana, sans-serif";

  static final String PAPER = "#ffffff";
  static final String INK = "#1f2328";
  static final String QUIET = "#57606a";
  static final String FRAME = "#c4cad1";
  static final String GRID = "#e9ecef";

  /// A value beyond the colour scale. Neutral, so that it cannot be read as part of the scale.
  static final String OVER = "#c9ccd1";

  /// Marks of trials that ended badly: vermilion of Okabe and Ito, told apart from the scale with
  /// every common colour blindness; the shape says the same.
  static final String FAILED = "#c2410c";

  static final String NOT_RUN = "#9aa3ad";

  static final double MARGIN = 14;
  static final double TITLE = 13;
  static final double LABEL = 11;
  static final double TICK = 10;
  static final double NOTE = 7.5;

  /// The page's and its views' on a dark screen; figures stay on light paper, as they are printed.
  static final String DARK_PAPER = "#14171c";

  static final String DARK_INK = "#e3e7ec";
  static final String DARK_QUIET = "#a3acb8";
  static final String DARK_FRAME = "#343b45";
  static final String DARK_GRID = "#272d36";

  /// Series that lie side by side: Okabe and Ito's, without yellow, which is too faint for a line.
  static final List<String> SERIES =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5a5a5a", "#7a4fbf");

  static final double LARGEST_RADIUS = 12.5;
  static final double SMALLEST_RADIUS = 2.4;

  private Theme() {}
}
