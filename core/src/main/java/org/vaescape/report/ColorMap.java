package org.vaescape.report;

import java.util.Locale;

/// Viridis (Smith and van der Walt, CC0): even in lightness, readable with every common colour
/// blindness and in grey.
final class ColorMap {
  private static final int[] CONTROL = {
    0x440154, 0x481769, 0x472a7a, 0x433d84, 0x3d4e8a, 0x355e8d, 0x2e6d8e, 0x297b8e, 0x23898e,
    0x1f978b, 0x21a585, 0x2eb37c, 0x46c06f, 0x65cb5e, 0x89d548, 0xb0dd2f, 0xd8e219, 0xfde725
  };

  /// The colour at `position`, from 0 (dark violet) to 1 (yellow), as `#rrggbb`. Positions outside
  /// are drawn to the nearer end.
  static String at(double position) {
    double place = Math.clamp(position, 0, 1) * (CONTROL.length - 1);
    int left = Math.min((int) place, CONTROL.length - 2);
    return hex(CONTROL[left], CONTROL[left + 1], place - left);
  }

  /// `color` mixed with paper: from 0 (paper) to 1 (the colour itself), for shares of which none is
  /// nothing to see.
  static String tint(String color, double share) {
    return hex(number(Theme.PAPER), number(color), Math.clamp(share, 0, 1));
  }

  /// The colour of text that is read best on a ground of this colour.
  static String inkOn(String ground) {
    double light = luminance(ground) + .05; // as WCAG 2 has contrast
    return light / (luminance(Theme.INK) + .05) >= (luminance(Theme.PAPER) + .05) / light
        ? Theme.INK
        : Theme.PAPER;
  }

  private static double luminance(String color) {
    double[] weights = {.0722, .7152, .2126};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = ((number(color) >> (8 * i)) & 255) / 255.0;
      sum += weights[i] * (part <= .04045 ? part / 12.92 : Math.pow((part + .055) / 1.055, 2.4));
    }
    return sum;
  }

  private static int number(String color) {
    return Integer.parseInt(color.substring(1), 16);
  }

  private static String hex(int from, int to, double share) {
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int one = (from >> shift) & 255;
      int other = (to >> shift) & 255;
      color = (color << 8) | (int) Math.round(one + share * (other - one));
    }
    return String.format(Locale.ROOT, "#%06x", color);
  }

  private ColorMap() {}
}
