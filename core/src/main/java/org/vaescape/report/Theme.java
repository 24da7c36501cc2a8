package org.vaescape.report;

/// Colours, sizes and fonts of every figure; the page's style sheet uses the same ones.
///
/// Lengths are in CSS pixels of the SVG. At a printed width of 180 mm a figure 760 wide has text of
/// 7 pt.
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

  /// Width in which legends are laid out when the panels need less.
  static final double NARROWEST = 520;

  static final double LARGEST_RADIUS = 12.5;
  static final double SMALLEST_RADIUS = 2.4;

  /// Pixels of the PNG for each pixel of the SVG: 300 dpi where 760 are 190 mm wide.
  static final int PNG_SCALE = 3;

  private Theme() {}
}
