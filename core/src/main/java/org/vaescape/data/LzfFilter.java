package org.vaescape.data;

import io.jhdf.filter.Filter;
import java.util.Arrays;

/// Unpacks LZF, which h5py and AnnData offer beside gzip. The library's own filter needs to be told
/// the size, which h5py leaves out where texts have any length.
///
/// Damage shows as an index out of bounds.
final class LzfFilter implements Filter {
  private static final int ID = 32_000;

  /// Where h5py tells the size of what was packed.
  private static final int SIZE = 2;

  /// Control bytes below begin that many bytes and one more as they are; the others a copy of what
  /// came before, whose length is in the upper three bits unless those are full.
  private static final int LITERAL = 32;

  private static final int LENGTH_FOLLOWS = 7;

  @Override
  public int getId() {
    return ID;
  }

  @Override
  public String getName() {
    return "lzf";
  }

  @Override
  public byte[] decode(byte[] packed, int[] told) {
    // What does not shrink is stored as it is, and so may be what is as large packed: that is told
    // by its size once it is unpacked, since other bytes hardly ever come to just as many.
    boolean asLarge = told.length > SIZE && packed.length == told[SIZE];
    try {
      byte[] content = unpacked(packed);
      return asLarge && content.length != packed.length ? packed : content;
    } catch (IndexOutOfBoundsException e) {
      if (asLarge) {
        return packed;
      }
      throw e;
    }
  }

  private static byte[] unpacked(byte[] packed) {
    byte[] out = new byte[4 * packed.length];
    int to = 0;
    for (int at = 0; at < packed.length; ) {
      int control = packed[at++] & 0xff;
      boolean literal = control < LITERAL;
      int length = literal ? control + 1 : (control >> 5) + 2;
      if (!literal && length == LENGTH_FOLLOWS + 2) {
        length += packed[at++] & 0xff;
      }
      if (to + length > out.length) {
        out = Arrays.copyOf(out, 2 * (to + length));
      }
      if (literal) {
        System.arraycopy(packed, at, out, to, length);
        at += length;
        to += length;
      } else {
        int from = to - ((control & 0x1f) << 8) - (packed[at++] & 0xff) - 1;
        for (int end = to + length; to < end; ) { // the copy may run into itself
          out[to++] = out[from++];
        }
      }
    }
    return Arrays.copyOf(out, to);
  }
}
