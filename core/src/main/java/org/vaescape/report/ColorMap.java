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
    double share = place - left;
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = CONTROL[left] >> shift & 255;
      int to = CONTROL[left + 1] >> shift & 255;
      color = color << 8 | (int) Math.round(from + share * (to - from));
    }
    return String.format(Locale.ROOT, "#%06x", color);
  }

  private ColorMap() {}
}
