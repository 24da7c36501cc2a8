package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;
import org.vaescape.UserError;

/// Files as tests need them, good and bad.
final class Written {
  private Written() {}

  static Path text(Path folder, String name, String content) throws IOException {
    return bytes(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Path bytes(Path folder, String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /// An `.npy` file of version 1, byte by byte as its specification has it.
  static byte[] npy(String type, boolean fortran, String shape, Consumer<ByteBuffer> values) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, fortran ? "True" : "False", shape);
    header += " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
    ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    values.accept(file);
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }

  /// All values of a matrix, gene by gene.
  static float[][] byGene(Matrix matrix) {
    float[][] values = new float[matrix.genes().size()][];
    Arrays.setAll(values, matrix.values()::of);
    return values;
  }

  /// The message of the [UserError] that this ends with, without the folder.
  static String message(Path folder, Executable refused) {
    String message = String.valueOf(assertThrows(UserError.class, refused).getMessage());
    return message.replace(folder + "/", "");
  }
}
