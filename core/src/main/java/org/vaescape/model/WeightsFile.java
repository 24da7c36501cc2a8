package org.vaescape.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;

/// Weights on disk as [safetensors](https://github.com/huggingface/safetensors): the length of the
/// header as 8 bytes, little endian; the header, a JSON object; the values as 32-bit floats.
///
/// @param metadata what is said about the weights, by key; kept in the header
public record WeightsFile(Weights weights, SequencedMap<String, String> metadata) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final String METADATA = "__metadata__";

  /// As the format's own reader has it.
  private static final long LONGEST_HEADER = 100_000_000;

  public WeightsFile {
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
  }

  /// Writes the file whole or not at all: what is under this name is replaced in one step, after
  /// the new bytes are on the disk.
  ///
  /// @throws UserError if it cannot be written, as on a disk without space
  public void write(Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        byte[] header = header();
        writeAll(out, littleEndian(Long.BYTES).putLong(header.length).flip());
        writeAll(out, ByteBuffer.wrap(header));
        for (Weights.Array array : weights.arrays().values()) {
          ByteBuffer bytes = littleEndian(Math.multiplyExact(array.values().length, Float.BYTES));
          bytes.asFloatBuffer().put(array.values());
          writeAll(out, bytes);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteAfter(e, part);
      throw new UserError(
          "%s cannot be written (%s); free some space or make it writable, and run the same command again, it goes on where it stopped"
              .formatted(file, UserError.reason(e)),
          e);
    }
  }

  /// Reads a file that this program or another has written.
  ///
  /// @throws UserError if it is missing, is no safetensors file, or holds numbers of another type
  public static WeightsFile read(Path file) {
    return opened(
        file,
        in -> {
          Header header = Header.read(file, in);
          SequencedMap<String, Entry> entries = new LinkedHashMap<>();
          for (Map.Entry<String, JsonNode> field : header.root.properties()) {
            if (!field.getKey().equals(METADATA)) {
              entries.put(field.getKey(), Entry.of(file, field.getKey(), field.getValue()));
            }
          }
          requireNoGaps(file, entries, in.size() - header.end);
          SequencedMap<String, Weights.Array> arrays = new LinkedHashMap<>();
          for (Map.Entry<String, Entry> named : entries.entrySet()) {
            Entry entry = named.getValue();
            float[] values = new float[(int) (entry.bytes() / Float.BYTES)];
            readAll(in, header.end + entry.begin, (int) entry.bytes()).asFloatBuffer().get(values);
            arrays.put(named.getKey(), new Weights.Array(entry.shape, values));
          }
          return new WeightsFile(new Weights(arrays), header.metadata());
        });
  }

  /// What is said about the weights of a file, without reading these.
  ///
  /// @throws UserError if it is missing or is no safetensors file
  public static SequencedMap<String, String> metadata(Path file) {
    return opened(file, in -> Header.read(file, in).metadata());
  }

  /// The header and where it ends.
  private record Header(JsonNode root, long end) {
    static Header read(Path file, FileChannel in) throws IOException {
      long available = in.size() - Long.BYTES;
      long length = available < 0 ? -1 : readAll(in, 0, Long.BYTES).getLong();
      if (length < 2 || length > Math.min(available, LONGEST_HEADER)) {
        throw new UserError(file + ": not a safetensors file (its header does not fit into it)");
      }
      byte[] text = new byte[(int) length];
      readAll(in, Long.BYTES, text.length).get(text);
      return new Header(JSON.readTree(text), Long.BYTES + length);
    }

    SequencedMap<String, String> metadata() {
      SequencedMap<String, String> metadata = new LinkedHashMap<>();
      root.path(METADATA)
          .properties()
          .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      return metadata;
    }
  }

  private interface Reader<T> {
    T read(FileChannel in) throws IOException;
  }

  private static <T> T opened(Path file, Reader<T> reader) {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      return reader.read(in);
    } catch (JsonProcessingException e) {
      throw new UserError(
          file
              + ": not a safetensors file (its header is not JSON: "
              + e.getOriginalMessage()
              + ")",
          e);
    } catch (IOException e) {
      throw new UserError(file + ": the weights could not be read: " + reason(e), e);
    }
  }

  private byte[] header() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode about = root.putObject(METADATA);
    metadata.forEach(about::put);
    long offset = 0;
    for (Map.Entry<String, Weights.Array> named : weights.arrays().entrySet()) {
      Weights.Array array = named.getValue();
      ObjectNode entry = root.putObject(named.getKey()).put("dtype", "F32");
      array.shape().forEach(entry.putArray("shape")::add);
      long end = offset + (long) array.values().length * Float.BYTES;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(root);
    // Padded with spaces so that the values start at a multiple of 8, as the format asks of
    // writers.
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /// Values must follow each other from the first byte to the last: the format allows no overlap
  /// and no bytes that no name owns.
  private static void requireNoGaps(Path file, Map<String, Entry> entries, long bytes) {
    List<Entry> byPlace = new ArrayList<>(entries.values());
    byPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long expected = 0;
    for (Entry entry : byPlace) {
      if (entry.begin != expected) {
        throw new UserError(
            "%s: %s starts at byte %d of the values but should at %d"
                .formatted(file, entry.name, entry.begin, expected));
      }
      expected = entry.end;
    }
    if (expected != bytes) {
      throw new UserError(
          "%s: holds %d bytes of values but its header names %d; it may be truncated"
              .formatted(file, bytes, expected));
    }
  }

  /// What the header says about one array; offsets from the first value.
  private record Entry(String name, List<Integer> shape, long begin, long end) {
    static Entry of(Path file, String name, JsonNode node) {
      String type = node.path("dtype").asText();
      if (!type.equals("F32")) {
        throw new UserError(
            "%s: %s must be of type F32 but is %s; convert it to 32-bit floats first"
                .formatted(file, name, type.isEmpty() ? "missing" : type));
      }
      List<Integer> shape = new ArrayList<>();
      for (JsonNode length : node.path("shape")) {
        if (!length.canConvertToInt() || length.intValue() < 0) {
          throw new UserError("%s: %s has the shape %s".formatted(file, name, node.path("shape")));
        }
        shape.add(length.intValue());
      }
      JsonNode offsets = node.path("data_offsets");
      Entry entry = new Entry(name, shape, offsets.path(0).asLong(-1), offsets.path(1).asLong(-1));
      if (entry.begin < 0
          || entry.bytes() > Integer.MAX_VALUE
          || entry.bytes() != Weights.size(shape) * Float.BYTES) {
        throw new UserError(
            "%s: %s has shape %s but its values lie at %s".formatted(file, name, shape, offsets));
      }
      return entry;
    }

    long bytes() {
      return end - begin;
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static ByteBuffer readAll(FileChannel in, long position, int length) throws IOException {
    ByteBuffer bytes = littleEndian(length);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("it ended at byte " + (position + bytes.position()));
      }
    }
    return bytes.flip();
  }

  /// The message of some of these exceptions is the path alone.
  private static @Nullable String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> e.getMessage();
    };
  }

  private static void deleteAfter(IOException reason, Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
