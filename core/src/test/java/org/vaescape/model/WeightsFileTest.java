package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;

class WeightsFileTest {
  private static final float[] MATRIX = {1, -2.5f, Float.MIN_VALUE, Float.MAX_VALUE, -0f, 1e-30f};

  @TempDir Path folder;

  @Test
  void writesTheBytesThatTheFormatAsksFor() throws IOException {
    Path file = folder.resolve("model.safetensors");
    example().write(file);
    byte[] bytes = Files.readAllBytes(file);

    int header = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
    for (int i = 2; i < 8; i++) {
      assertEquals(0, bytes[i], "a header of this size needs two bytes of length");
    }
    assertEquals(0, (8 + header) % 8, "values must be aligned");
    assertEquals(
        "{\"__metadata__\":{\"settings\":\"{\\\"latent\\\": 10}\",\"origin\":\"Zürich\"},"
            + "\"mu.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
            + "\"mu.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]},"
            + "\"steps\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[32,36]}}",
        new String(bytes, 8, header, StandardCharsets.UTF_8).stripTrailing());
    assertEquals(8 + header + 36, bytes.length);
    float[] expected = {MATRIX[0], MATRIX[1], MATRIX[2], MATRIX[3], MATRIX[4], MATRIX[5], 7, 8, 9};
    for (int i = 0; i < expected.length; i++) {
      int at = 8 + header + 4 * i;
      int bits =
          (bytes[at] & 0xff)
              | (bytes[at + 1] & 0xff) << 8
              | (bytes[at + 2] & 0xff) << 16
              | (bytes[at + 3] & 0xff) << 24;
      assertEquals(Float.floatToRawIntBits(expected[i]), bits, "value " + i);
    }
  }

  @Test
  void readsBackWhatItWrote() {
    Path file = folder.resolve("model.safetensors");
    example().write(file);
    WeightsFile back = WeightsFile.read(file);
    assertEquals(
        List.of("mu.weight", "mu.bias", "steps"), List.copyOf(back.weights().arrays().keySet()));
    assertEquals(List.of(2, 3), back.weights().array("mu.weight").shape());
    assertArrayEquals(MATRIX, back.weights().array("mu.weight").values());
    assertEquals(List.of(), back.weights().array("steps").shape());
    assertEquals(example().metadata(), back.metadata());
  }

  @Test
  void readsAFileOfThePythonLibrary() throws IOException {
    // safetensors.numpy.save({"b": [1, 2], "a": [[3]]}, metadata={"k": "v"}), safetensors 0.8.0
    byte[] written =
        fileOf(
            0x88,
            ("{\"__metadata__\":{\"k\":\"v\"},"
                    + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
                    + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} ")
                .getBytes(StandardCharsets.UTF_8),
            HexFormat.of().parseHex("00004040" + "0000803f" + "00000040"));
    Path file = folder.resolve("python.safetensors");
    Files.write(file, written);
    WeightsFile read = WeightsFile.read(file);
    assertArrayEquals(new float[] {1, 2}, read.weights().array("b").values());
    assertArrayEquals(new float[] {3}, read.weights().array("a").values());
    assertEquals(List.of(1, 1), read.weights().array("a").shape());
    assertEquals("v", read.metadata().get("k"));
  }

  @Test
  void replacesAFileAndLeavesNothingBesideIt() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.writeString(file, "old");
    example().write(file);
    assertEquals(3, WeightsFile.read(file).weights().arrays().size());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void leavesTheOldFileWhereItCannotWrite() throws IOException {
    Path missing = folder.resolve("missing").resolve("model.safetensors");
    UserError error = assertThrows(UserError.class, () -> example().write(missing));
    assertTrue(
        String.valueOf(error.getMessage())
            .startsWith(missing + " cannot be written (no such file"));
    // A folder cannot be replaced by a file: the move fails after the bytes are there.
    Path occupied = folder.resolve("occupied");
    Files.createDirectories(occupied.resolve("child"));
    assertThrows(UserError.class, () -> example().write(occupied));
    assertFalse(Files.exists(folder.resolve("occupied.part")));
    assertTrue(Files.isDirectory(occupied));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}} | a must be of type F32 but is F16",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | a has shape [2] but its values lie",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | a has the shape [-1]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | a starts at byte 4",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | it may be truncated",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}} | it may be truncated",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,4]}} | a has shape",
        "{'a':{},'a':{}} | Duplicate field 'a'",
        "{'a': | its header is not JSON",
      })
  void refusesADamagedHeader(String header, String part) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Files.write(file, fileOf(text.length, text, new byte[4]));
    UserError error = assertThrows(UserError.class, () -> WeightsFile.read(file));
    assertTrue(String.valueOf(error.getMessage()).startsWith(file + ": "), error.toString());
    assertTrue(String.valueOf(error.getMessage()).contains(part), error.toString());
  }

  @Test
  void refusesAHeaderThatDoesNotFitIntoTheFile() throws IOException {
    Path file = folder.resolve("bad.safetensors");
    for (long length : new long[] {-1, 0, 3, Long.MAX_VALUE}) {
      Files.write(file, fileOf(length, new byte[] {'{', '}'}, new byte[0]));
      assertThrows(UserError.class, () -> WeightsFile.read(file), "length " + length);
    }
    Files.write(file, new byte[5]);
    assertThrows(UserError.class, () -> WeightsFile.read(file));
    assertThrows(UserError.class, () -> WeightsFile.read(folder.resolve("missing")));
  }

  @Test
  void refusesValuesThatDoNotFitTheirShape() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Weights.Array(List.of(2, 3), new float[] {1, 2, 3}));
    assertThrows(IllegalArgumentException.class, () -> example().weights().array("logvar.weight"));
  }

  private static byte[] fileOf(long headerLength, byte[] header, byte[] values) {
    return ByteBuffer.allocate(Long.BYTES + header.length + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .put(header)
        .put(values)
        .array();
  }

  private static WeightsFile example() {
    SequencedMap<String, Weights.Array> arrays = new LinkedHashMap<>();
    arrays.put("mu.weight", new Weights.Array(List.of(2, 3), MATRIX));
    arrays.put("mu.bias", new Weights.Array(List.of(2), new float[] {7, 8}));
    arrays.put("steps", new Weights.Array(List.of(), new float[] {9}));
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put("settings", "{\"latent\": 10}");
    metadata.put("origin", "Zürich");
    return new WeightsFile(new Weights(arrays), metadata);
  }
}
