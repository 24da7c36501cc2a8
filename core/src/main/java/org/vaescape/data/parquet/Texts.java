package org.vaescape.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Decodes texts, or whole numbers as texts; empty where one is missing.
record Texts(Column column) implements Decoder<String[]> {
  @Override
  public String[] array(int count) {
    String[] array = new String[count];
    Arrays.fill(array, "");
    return array;
  }

  @Override
  public void copy(String[] from, int index, String[] to, int place) {
    to[place] = from[index];
  }

  @Override
  public int length(String[] array) {
    return array.length;
  }

  @Override
  public String[] decoded(int encoding, ByteBuffer in, int count) throws IOException {
    // An empty text still takes four bytes, or a bit of a run of deltas.
    String[] texts = array(count);
    boolean isText = column.type() == PhysicalType.BYTE_ARRAY;
    switch (encoding) {
      case Encoding.PLAIN -> {
        for (int i = 0; i < count; i++) {
          texts[i] =
              isText
                  ? text(Encoding.bytes(in, Encoding.fixed(in, Integer.BYTES)))
                  : whole(Encoding.fixed(in, column.length()));
        }
      }
      case Encoding.DELTA_BINARY_PACKED -> {
        long[] values = deltas(in, count);
        for (int i = 0; i < count; i++) {
          texts[i] = whole(values[i]);
        }
      }
      case Encoding.DELTA_LENGTH_BYTE_ARRAY -> {
        long[] lengths = deltas(in, count);
        for (int i = 0; i < count; i++) {
          texts[i] = text(Encoding.bytes(in, lengths[i]));
        }
      }
      case Encoding.DELTA_BYTE_ARRAY -> {
        long[] shared = deltas(in, count);
        long[] lengths = deltas(in, count);
        byte[] before = new byte[0];
        for (int i = 0; i < count; i++) {
          if (shared[i] < 0 || shared[i] > before.length) {
            throw Encoding.damaged();
          }
          byte[] rest = Encoding.bytes(in, lengths[i]);
          int begun = (int) shared[i];
          before = Arrays.copyOf(before, begun + rest.length);
          System.arraycopy(rest, 0, before, begun, rest.length);
          texts[i] = text(before);
        }
      }
      default -> throw new UnknownEncoding(encoding);
    }
    return texts;
  }

  private static long[] deltas(ByteBuffer in, int count) throws IOException {
    long[] values = Encoding.deltas(in, count);
    if (values.length != count) {
      throw Encoding.damaged();
    }
    return values;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String whole(long value) {
    long signed = column.type() == PhysicalType.INT32 ? (int) value : value;
    if (column.sense() != Column.Sense.UNSIGNED) {
      return Long.toString(signed);
    }
    return column.type() == PhysicalType.INT32
        ? Integer.toUnsignedString((int) signed)
        : Long.toUnsignedString(signed);
  }
}
