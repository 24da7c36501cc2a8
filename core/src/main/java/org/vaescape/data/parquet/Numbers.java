package org.vaescape.data.parquet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Decodes numbers of any type as floats; NaN where one is missing.
record Numbers(Column column) implements Decoder<float[]> {
  /// Arrow's widest decimals have 32 bytes.
  private static final int LONGEST_DECIMAL = 64;

  @Override
  public float[] array(int count) {
    float[] array = new float[count];
    Arrays.fill(array, Float.NaN);
    return array;
  }

  @Override
  public void copy(float[] from, int index, float[] to, int place) {
    to[place] = from[index];
  }

  @Override
  public int length(float[] array) {
    return array.length;
  }

  @Override
  public float[] decoded(int encoding, ByteBuffer in, int count) throws IOException {
    return switch (encoding) {
      case Encoding.PLAIN -> plain(in, count);
      case Encoding.BYTE_STREAM_SPLIT -> plain(joined(in, count), count);
      case Encoding.DELTA_BINARY_PACKED -> {
        long[] values = Encoding.deltas(in, count);
        require(values.length == count && column.type().width() > 0);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
          boolean narrow = column.type() == PhysicalType.INT32;
          numbers[i] = whole(narrow ? (int) values[i] : values[i]);
        }
        yield numbers;
      }
      default -> throw new UnknownEncoding(encoding);
    };
  }

  private float[] plain(ByteBuffer in, int count) throws IOException {
    require((long) column.length() * count <= in.remaining());
    float[] numbers = new float[count];
    switch (column.type()) {
      case FLOAT -> in.asFloatBuffer().get(numbers);
      case DOUBLE -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = (float) in.getDouble();
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = whole(in.getInt());
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = whole(in.getLong());
        }
      }
      case FIXED_LEN_BYTE_ARRAY -> {
        for (int i = 0; i < count; i++) {
          numbers[i] =
              column.sense() == Column.Sense.HALF
                  ? Float.float16ToFloat((short) Encoding.fixed(in, column.length()))
                  : decimal(Encoding.bytes(in, column.length()));
        }
      }
      case BYTE_ARRAY -> {
        for (int i = 0; i < count; i++) {
          numbers[i] = decimal(Encoding.bytes(in, Encoding.fixed(in, Integer.BYTES)));
        }
      }
      case BOOLEAN, INT96 -> throw new IllegalStateException(column + " is no number");
    }
    return numbers;
  }

  /// The bytes of each value, which stand apart, the first ones of all values first.
  private ByteBuffer joined(ByteBuffer in, int count) throws IOException {
    int length = column.length();
    require((long) length * count <= in.remaining());
    byte[] joined = new byte[length * count];
    for (int part = 0; part < length; part++) {
      for (int i = 0; i < count; i++) {
        joined[i * length + part] = in.get();
      }
    }
    return ByteBuffer.wrap(joined).order(ByteOrder.LITTLE_ENDIAN);
  }

  private float whole(long value) {
    return switch (column.sense()) {
      case DECIMAL -> BigDecimal.valueOf(value, column.scale()).floatValue();
      case UNSIGNED -> {
        if (column.type() == PhysicalType.INT32) {
          yield value & 0xffffffffL;
        }
        // Half of it, with the lowest bit for its rounding, and twice that.
        yield value >= 0 ? value : (float) (value >>> 1 | value & 1) * 2;
      }
      default -> value;
    };
  }

  private float decimal(byte[] bytes) throws IOException {
    require(bytes.length > 0 && bytes.length <= LONGEST_DECIMAL);
    return new BigDecimal(new BigInteger(bytes), column.scale()).floatValue();
  }

  private static void require(boolean fits) throws IOException {
    if (!fits) {
      throw Encoding.damaged();
    }
  }
}
