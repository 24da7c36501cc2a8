package org.vaescape.report;

/// A width that papers print figures in. What is narrower is laid out anew and not scaled, so that
/// text has one size on paper.
enum Format {
  /// Figures that need less are narrower; the page shows these.
  TWO_COLUMNS("", 180, 520),
  ONE_COLUMN("-column", 88, 88 * Format.PIXELS_A_MILLIMETRE);

  /// CSS pixels that are printed as a millimetre: ticks have 6.7 pt then.
  static final double PIXELS_A_MILLIMETRE = 760 / 180.0;

  private static final double MILLIMETRES_AN_INCH = 25.4;

  private final String suffix;
  private final double widest;
  private final double narrowest;

  /// @param millimetres that a figure may be wide
  /// @param narrowest that it is, in pixels: legends are laid out in this at least
  Format(String suffix, double millimetres, double narrowest) {
    this.suffix = suffix;
    this.widest = millimetres * PIXELS_A_MILLIMETRE;
    this.narrowest = narrowest;
  }

  /// What follows a figure's name in its files' names.
  String suffix() {
    return suffix;
  }

  /// In pixels.
  double widest() {
    return widest;
  }

  double narrowest() {
    return narrowest;
  }

  static double millimetres(double pixels) {
    return pixels / PIXELS_A_MILLIMETRE;
  }

  /// How many dots of a printer lie along this length.
  static double dots(double pixels, double anInch) {
    return millimetres(pixels) / MILLIMETRES_AN_INCH * anInch;
  }
}
