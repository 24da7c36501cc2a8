package org.vaescape.data;

import java.util.ArrayList;
import java.util.List;

/// Keeps rows on the heap: 4 bytes a value.
final class RowsInMemory implements Rows {
  private final List<float[]> rows = new ArrayList<>();

  @Override
  public void add(float[] row) {
    rows.add(row);
  }

  @Override
  public GeneValues rows() {
    float[][] genes = rows.toArray(float[][]::new);
    return gene -> genes[gene];
  }

  @Override
  public GeneValues columns(int width) {
    float[][] genes = Transposition.columns(rows, width);
    return gene -> genes[gene];
  }
}
