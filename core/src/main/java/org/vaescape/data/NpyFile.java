package org.vaescape.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.vaescape.UserError;

/// Reads a matrix from NumPy's `.npy` format, versions 1 to 3.
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(?<type>[^']+)', 'fortran_order': (?<fortran>True|False),"
              + " 'shape': \\((?<shape>[^)]*)\\),? *\\}\\s*");
  private static final Pattern SHAPE = Pattern.compile("(\\d+), *(\\d+)");

  private NpyFile() {}

  static boolean begins(PushbackInputStream in) throws IOException {
    return Arrays.equals(DataFile.peek(in, MAGIC.length), MAGIC);
  }

  /// @param genesInRows whether the array is genes x samples instead of samples x genes
  /// @param rows takes the values
  static Matrix read(Path path, PushbackInputStream in, boolean genesInRows, Rows rows)
      throws IOException {
    Matcher header = header(path, in);
    Type type = Type.of(path, header.group("type"));
    Matcher shape = SHAPE.matcher(header.group("shape").strip());
    if (!shape.matches()) {
      throw new UserError(
          "%s: must have 2 dimensions, samples x genes, but its shape is (%s)"
              .formatted(path, header.group("shape")));
    }
    int samples = size(path, shape.group(genesInRows ? 2 : 1));
    int genes = size(path, shape.group(genesInRows ? 1 : 2));
    // Genes x samples in one order of storage are samples x genes in the other.
    boolean byGene = header.group("fortran").equals("True") != genesInRows;
    if (byGene) {
      for (int g = 0; g < genes; g++) {
        ByteBuffer column = next(path, in, type, samples, "gene", g, genes);
        float[] values = new float[samples];
        for (int s = 0; s < samples; s++) {
          values[s] = value(path, type, column, s, g);
        }
        rows.add(values);
      }
    } else {
      for (int s = 0; s < samples; s++) {
        ByteBuffer row = next(path, in, type, genes, "sample", s, samples);
        float[] values = new float[genes];
        for (int g = 0; g < genes; g++) {
          values[g] = value(path, type, row, s, g);
        }
        rows.add(values);
      }
    }
    if (in.read() >= 0) {
      throw new UserError(
          "%s: goes on after the %s x %s values that its header announces"
              .formatted(path, samples, genes));
    }
    return Matrix.of(
        path.toString(),
        names("s", samples),
        names("g", genes),
        byGene ? rows.rows() : rows.columns(genes),
        List.of());
  }

  private static Matcher header(Path path, PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    int version = start.length > MAGIC.length ? start[MAGIC.length] : 0;
    byte[] length = in.readNBytes(version == 1 ? 2 : 4);
    int count =
        switch (length.length) {
          case 2 -> ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xffff;
          case 4 -> ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
          default -> -1;
        };
    // NumPy refuses headers above 10,000 bytes itself; ours are below 200.
    String text =
        count < 0 || count > 1 << 16
            ? ""
            : new String(in.readNBytes(count), StandardCharsets.UTF_8);
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      throw new UserError(
          "%s: must have a header of one plain array, with descr, fortran_order and shape, but has"
                  .formatted(path)
              + " '%s'".formatted(text.strip()));
    }
    return header;
  }

  private static int size(Path path, String digits) {
    long size = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (size < 1 || size > Integer.MAX_VALUE / 8) {
      throw new UserError(
          "%s: must have from 1 to %s samples and genes but its shape says %s"
              .formatted(path, Integer.MAX_VALUE / 8, digits));
    }
    return (int) size;
  }

  private static ByteBuffer next(
      Path path, PushbackInputStream in, Type type, int count, String what, int done, int of)
      throws IOException {
    byte[] bytes = in.readNBytes(count * type.bytes());
    if (bytes.length < count * type.bytes()) {
      throw DataFile.broken(
          path, new EOFException(), " after %s of %s %ss".formatted(done, of, what));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float value(Path path, Type type, ByteBuffer line, int sample, int gene) {
    float value = type.next(line);
    if (Float.isInfinite(value)) {
      throw new UserError(
          "%s, sample s%s, gene g%s: a value must be a finite number but was %s"
              .formatted(path, sample + 1, gene + 1, value > 0 ? "inf" : "-inf"));
    }
    return value;
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
  }

  private enum Type {
    F4(4),
    F8(8),
    I4(4),
    I8(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    static Type of(Path path, String descr) {
      return switch (descr) {
        case "<f4" -> F4;
        case "<f8" -> F8;
        case "<i4" -> I4;
        case "<i8" -> I8;
        default ->
            throw new UserError(
                "%s: values must be <f4, <f8, <i4 or <i8 (little endian) but are %s; convert them"
                        .formatted(path, descr)
                    + " with array.astype('<f4')");
      };
    }

    int bytes() {
      return bytes;
    }

    float next(ByteBuffer from) {
      return switch (this) {
        case F4 -> from.getFloat();
        case F8 -> (float) from.getDouble();
        case I4 -> from.getInt();
        case I8 -> from.getLong();
      };
    }
  }
}
