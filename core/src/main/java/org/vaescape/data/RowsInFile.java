package org.vaescape.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Keeps rows in a file of the cache, so that the heap holds one of them at a time.
///
/// Failures of the cache are [UncheckedIOException], which those of the matrix file never are.
final class RowsInFile implements Rows, AutoCloseable {
  /// 64 MiB.
  private static final int TURNED_TOGETHER = 1 << 24;

  private final CacheFolder folder;
  private final int turnedTogether;
  private CacheFolder.Draft draft;
  private int[] checksums = new int[1024];
  private int count;
  private int width;

  /// Whether somebody else closes what the draft has open.
  private boolean handedOver;

  RowsInFile(CacheFolder folder) throws IOException {
    this(folder, TURNED_TOGETHER);
  }

  /// @param turnedTogether how many values the heap holds while columns are turned, about
  RowsInFile(CacheFolder folder, int turnedTogether) throws IOException {
    this.folder = folder;
    this.turnedTogether = turnedTogether;
    this.draft = folder.draft();
  }

  @Override
  public void add(float[] row) {
    if (count == checksums.length) {
      checksums = Arrays.copyOf(checksums, 2 * count);
    }
    width = row.length;
    try {
      checksums[count++] = draft.file().append(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StoredValues rows() {
    handedOver = true;
    return new StoredValues(draft.file(), Arrays.copyOf(checksums, count), width);
  }

  /// Copies to a second file, some columns at a time.
  @Override
  public StoredValues columns(int ofRow) {
    try (CacheFolder.Draft asTheyCame = draft;
        CacheFile from = asTheyCame.file()) {
      draft = folder.draft();
      int[] turned = new int[ofRow];
      int together = Math.clamp(turnedTogether / count, 1, ofRow);
      for (int first = 0; first < ofRow; first += together) {
        float[][] columns = new float[Math.min(together, ofRow - first)][count];
        float[] part = new float[columns.length];
        for (int row = 0; row < count; row++) {
          from.read((long) row * ofRow + first, part);
          for (int c = 0; c < part.length; c++) {
            columns[c][row] = part[c];
          }
        }
        for (int c = 0; c < columns.length; c++) {
          turned[first + c] = draft.file().append(columns[c]);
        }
      }
      handedOver = true;
      return new StoredValues(draft.file(), turned, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CacheFolder.Draft draft() {
    return draft;
  }

  /// Takes the file away unless it was kept, and gives back its space unless its values were taken.
  @Override
  public void close() throws IOException {
    try (CacheFolder.Draft _ = draft) {
      if (!handedOver) {
        draft.file().close();
      }
    }
  }
}
