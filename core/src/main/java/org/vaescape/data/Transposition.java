package org.vaescape.data;

import java.util.List;

/// Turns rows into columns without ever holding the matrix twice.
final class Transposition {
  private static final int STRIP = 128;
  private static final float[] NOTHING = {};

  private Transposition() {}

  /// The columns of `rows`, whose elements are given up on the way.
  static float[][] columns(List<float[]> rows, int width) {
    int height = rows.size();
    float[][][] strips = new float[Math.ceilDiv(height, STRIP)][][];
    for (int s = 0; s < strips.length; s++) {
      int from = s * STRIP;
      int size = Math.min(STRIP, height - from);
      float[][] strip = new float[width][size];
      for (int i = 0; i < size; i++) {
        float[] row = rows.set(from + i, NOTHING);
        for (int c = 0; c < width; c++) {
          strip[c][i] = row[c];
        }
      }
      strips[s] = strip;
    }
    float[][] columns = new float[width][];
    for (int c = 0; c < width; c++) {
      float[] column = new float[height];
      for (int s = 0; s < strips.length; s++) {
        System.arraycopy(strips[s][c], 0, column, s * STRIP, strips[s][c].length);
        strips[s][c] = NOTHING;
      }
      columns[c] = column;
    }
    return columns;
  }
}
