package org.vaescape.report;

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

  static final double LARGEST_RADIUS = 12.5;
  static final double SMALLEST_RADIUS = 2.4;

  private Theme() {}
}
