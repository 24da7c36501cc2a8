package org.vaescape.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What stands beside the numbers of a [CacheFile], as bytes: things are read in the order in which
/// they were written.
final class Description {
  private Description() {}

  /// Writes.
  static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Writer text(String text) throws IOException {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(encoded.length);
      out.write(encoded);
      return this;
    }

    Writer texts(List<String> texts) throws IOException {
      out.writeInt(texts.size());
      for (String text : texts) {
        text(text);
      }
      return this;
    }

    Writer ints(int... values) throws IOException {
      out.writeInt(values.length);
      for (int value : values) {
        out.writeInt(value);
      }
      return this;
    }

    Writer number(long value) throws IOException {
      out.writeLong(value);
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }

  /// Reads.
  static final class Reader {
    private final DataInputStream in;

    Reader(byte[] bytes) {
      in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    String text() throws IOException {
      byte[] encoded = new byte[in.readInt()];
      in.readFully(encoded);
      return new String(encoded, StandardCharsets.UTF_8);
    }

    List<String> texts() throws IOException {
      int count = in.readInt();
      List<String> texts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        texts.add(text());
      }
      return texts;
    }

    int[] ints() throws IOException {
      int[] values = new int[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readInt();
      }
      return values;
    }

    long number() throws IOException {
      return in.readLong();
    }
  }
}
