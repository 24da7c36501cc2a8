package org.vaescape.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.vaescape.UserError;

/// A file that a person named: opened, unzipped if it is compressed, each failure told in one
/// sentence.
final class DataFile {
  private static final int SHOWN = 20;
  private static final int LONGEST_PEEK = 8;
  private static final int LOOKED_AT = 512;
  private static final String UTF_16 = " text in UTF-8 but in UTF-16";

  /// A million rows with a few dozen columns.
  private static final int MOST_OF_SMALL = 1 << 28;

  private DataFile() {}

  /// The content, unzipped; not empty.
  ///
  /// Not buffered: a buffer would lose what it has read when the rest of a gzip stream is missing.
  static PushbackInputStream open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new UserError(path + " is a directory; name a file in it");
    }
    if (!Files.exists(path)) {
      throw UserError.missing(path);
    }
    if (!Files.isReadable(path)) {
      throw new UserError(path + " may not be read; change its permissions");
    }
    InputStream file = Files.newInputStream(path);
    try {
      return unzipped(path, new PushbackInputStream(file, LONGEST_PEEK));
    } catch (IOException | UserError e) {
      file.close();
      throw e;
    }
  }

  private static PushbackInputStream unzipped(Path path, PushbackInputStream in)
      throws IOException {
    byte[] first = peek(in, Compression.LONGEST);
    Optional<Compression> compression = Compression.of(first);
    Optional<Compression> promised = Compression.promised(path.toString());
    if (compression.isPresent()) {
      InputStream unzipped = compression.get().open(in);
      in = new PushbackInputStream(new HonestStream(path, unzipped), LONGEST_PEEK);
    } else if (first.length > 0 && promised.isPresent()) {
      throw new UserError(
          "%s is named %s but is not a %s file: it begins with the bytes %s, not %s"
              .formatted(
                  path,
                  promised.get().ending(),
                  promised.get().label(),
                  Compression.shown(first),
                  promised.get().sign()));
    }
    if (peek(in, 1).length == 0) {
      throw new UserError(path + " is empty");
    }
    return in;
  }

  /// Refuses a compressed file whose content cannot be read as it comes.
  ///
  /// @param format of the content
  static void requireBare(Path path, String format) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      Optional<Compression> compression = Compression.of(in.readNBytes(Compression.LONGEST));
      if (compression.isPresent()) {
        throw new UserError(
            "%s is %s compressed by %s; unpack it first, its own compression does for it"
                .formatted(path, format, compression.get().label()));
      }
    }
  }

  /// The next bytes, at most `count` of them (up to 8), without taking them.
  static byte[] peek(PushbackInputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    in.unread(bytes);
    return bytes;
  }

  /// The whole content of a small file.
  ///
  /// @throws UserError if it is no text, or not small
  static byte[] text(Path path) throws IOException {
    try (PushbackInputStream in = open(path)) {
      byte[] bytes = in.readNBytes(MOST_OF_SMALL + 1);
      requireText(path, bytes, bytes.length);
      if (bytes.length > MOST_OF_SMALL) {
        throw new UserError(
            "%s has more than %s MiB, which a table about samples or runs never has; is it the matrix?"
                .formatted(path, MOST_OF_SMALL >> 20));
      }
      return bytes;
    }
  }

  /// Bytes of a file as text. Another encoding would make names of samples and labels the same that
  /// are not.
  ///
  /// @param place in the file, such as `, line 3`; empty for all of it
  /// @throws UserError if they are no UTF-8
  static String decoded(Path path, String place, byte[] bytes, int from, int length) {
    ByteBuffer encoded = ByteBuffer.wrap(bytes, from, length);
    CharBuffer text = CharBuffer.allocate(length);
    if (StandardCharsets.UTF_8.newDecoder().decode(encoded, text, true).isError()) {
      throw new UserError(
          "%s%s: is not in UTF-8, at '%s'; save it in UTF-8, which spreadsheets offer as CSV UTF-8"
              .formatted(path, place, before(bytes, from, encoded.position())));
    }
    return text.flip().toString();
  }

  /// What stands in the line of a byte before it, and the byte.
  private static String before(byte[] bytes, int from, int end) {
    int begin = Math.max(from, end - SHOWN);
    String text = new String(bytes, begin, end - begin, StandardCharsets.US_ASCII);
    int line = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    return text.substring(line).replace('\t', ' ')
        + HexFormat.of().withPrefix("\\x").formatHex(bytes, end, end + 1);
  }

  /// The lines of a small text that are not empty.
  static List<String> lines(Path path) throws IOException {
    byte[] bytes = text(path);
    String text = decoded(path, "", bytes, 0, bytes.length);
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  /// Refuses a file that begins with bytes that no text has, instead of showing them.
  ///
  /// @param bytes that the file begins with, at least the first ones
  /// @param count how many of them there are
  static void requireText(Path path, byte[] bytes, int count) {
    String kind = kind(bytes, count);
    boolean text = kind.isEmpty();
    for (int i = 0; i < Math.min(count, LOOKED_AT); i++) {
      byte each = bytes[i];
      text &= (each < 0 || each >= ' ' || "\t\n\r\f".indexOf(each) >= 0) && each != 0x7f;
    }
    if (!text) {
      throw new UserError(
          "%s is not%s; bring tab- or comma-separated text in UTF-8, gzipped or not"
              .formatted(path, kind.isEmpty() ? " text" : kind));
    }
  }

  /// What to add to a complaint about a line of names that has neither tabs nor commas.
  static String delimiterHint(String line) {
    return line.indexOf(';') >= 0
        ? "; it seems to be separated by semicolons: save it with tabs, and with decimal points"
        : "";
  }

  /// What the first bytes tell of a file that is no table; empty if they may begin one.
  private static String kind(byte[] bytes, int count) {
    String first = new String(bytes, 0, Math.min(count, 16), StandardCharsets.ISO_8859_1);
    if (Compression.of(Arrays.copyOf(bytes, Math.min(count, Compression.LONGEST))).isPresent()) {
      return " text but compressed once more";
    }
    for (Kind kind : Kind.values()) {
      if (first.startsWith(kind.begin)) {
        return kind.told;
      }
    }
    boolean everySecond = first.length() > 3 && first.charAt(1) == 0 && first.charAt(3) == 0;
    return everySecond ? UTF_16 : "";
  }

  /// What people bring by mistake.
  private enum Kind {
    ZIP("PK\003\004", " text but a zip archive, as Excel's .xlsx is"),
    HDF5("\u0089HDF", " text but HDF5, as .h5ad and .loom are"),
    R_DATA("RDX", " text but R's own format, as .rds and .RData are"),
    R_OBJECT("X\n\0", " text but R's own format, as .rds and .RData are"),
    OFFICE("\u00d0\u00cf\u0011\u00e0", " text but Excel's old format, .xls"),
    SQLITE("SQLite format 3", " text but an SQLite database"),
    PDF("%PDF-", " text but PDF"),
    NUMPY("\u0093NUMPY", " text but an array of NumPy"),
    PARQUET("PAR1", " text but Parquet"),
    LITTLE("\u00ff\u00fe", UTF_16),
    BIG("\u00fe\u00ff", UTF_16),
    DOCUMENT("<!", " a table but HTML or XML, as a page that tells of an error is"),
    HTML("<html", " a table but HTML or XML, as a page that tells of an error is"),
    XML("<?xml", " a table but HTML or XML, as a page that tells of an error is"),
    JSON("{\"", " a table but JSON"),
    SERIES(
        "!Series",
        " a table but a series of GEO, whose table lies between its lines that begin with !");

    private final String begin;
    private final String told;

    Kind(String begin, String told) {
      this.begin = begin;
      this.told = told;
    }
  }

  /// What to tell of a file whose reader asked for too much at once.
  static UserError tooLarge(Path path, OutOfMemoryError cause) {
    return new UserError(
        "%s: takes more memory than there is, or is damaged; VAESCAPE_JAVA_OPTIONS=-Xmx16g gives more"
            .formatted(path),
        cause);
  }

  /// What to tell of a read that failed.
  ///
  /// @param path of the file, or what else names it
  /// @param where how far it came, such as " after 12 rows", or empty
  static UserError broken(Object path, IOException cause, String where) {
    return switch (cause) {
      case EOFException _ ->
          new UserError(
              "%s is cut short%s: the rest is missing; copy or download it again"
                  .formatted(path, where),
              cause);
      case ZipException _ ->
          new UserError(
              "%s is damaged%s: %s; copy or download it again"
                  .formatted(path, where, cause.getMessage()),
              cause);
      default ->
          new UserError(
              "%s cannot be read%s: %s".formatted(path, where, UserError.reason(cause)), cause);
    };
  }
}
