package org.vaescape.data;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// How a file is compressed, told from its first bytes.
enum Compression {
  GZIP("gzip", ".gz", "1f 8b"),
  ZSTANDARD("Zstandard", ".zst", "28 b5 2f fd"),
  BZIP2("bzip2", ".bz2", "42 5a 68");

  private static final int BUFFER = 1 << 16;

  /// Frames without content, by which pzstd tells sizes.
  private static final Pattern SKIPPABLE = Pattern.compile("5. 2a 4d 18.*");

  /// As many bytes as tell them apart.
  static final int LONGEST = 4;

  private final String label;
  private final String ending;
  private final String sign;

  Compression(String label, String ending, String sign) {
    this.label = label;
    this.ending = ending;
    this.sign = sign;
  }

  /// @param first bytes of the file, up to [#LONGEST] of them
  static Optional<Compression> of(byte[] first) {
    String shown = shown(first);
    return SKIPPABLE.matcher(shown).matches()
        ? Optional.of(ZSTANDARD)
        : Arrays.stream(values()).filter(each -> shown.startsWith(each.sign)).findFirst();
  }

  /// As [#sign] has them: `1f 8b`.
  static String shown(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  /// The one that a file's name promises.
  static Optional<Compression> promised(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> lower.endsWith(each.ending)).findFirst();
  }

  String ending() {
    return ending;
  }

  /// What such a file begins with.
  String sign() {
    return sign;
  }

  String label() {
    return label;
  }

  /// The content. A file that is cut short throws an [EOFException], a damaged one a
  /// [ZipException].
  InputStream open(InputStream in) throws IOException {
    return switch (this) {
      case GZIP -> new WholeGzip(in);
      case ZSTANDARD -> new ZstandardStream(in);
      case BZIP2 -> new Told(begun(in));
    };
  }

  private static InputStream begun(InputStream in) throws IOException {
    try {
      return new BZip2CompressorInputStream(in, true);
    } catch (IOException e) {
      throw told(e);
    }
  }

  private static IOException told(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    boolean cut = message.toLowerCase(Locale.ROOT).matches(".*(truncated|unexpected end).*");
    IOException told = cut ? new EOFException(message) : new ZipException(message);
    told.initCause(cause);
    return told;
  }

  /// All members of a file; the JDK's own passes over what follows the last one that begins well.
  private static final class WholeGzip extends GZIPInputStream {
    /// Checksum and size end a member.
    private static final int TRAILER = 8;

    WholeGzip(InputStream in) throws IOException {
      super(in, BUFFER);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count < 0) {
        requireEnd();
      }
      return count;
    }

    /// Zeros fill up blocks of tapes and are no loss, as for gzip itself.
    private void requireEnd() throws IOException {
      for (int at = len - inf.getRemaining() + TRAILER; at < len; at++) {
        requireZero(buf[at]);
      }
      for (int each = in.read(); each >= 0; each = in.read()) {
        requireZero(each);
      }
    }

    private static void requireZero(int each) throws ZipException {
      if (each != 0) {
        throw new ZipException("what follows its end is no gzip");
      }
    }
  }

  /// Says in the same way as the JDK's own streams what is wrong.
  private static final class Told extends FilterInputStream {
    Told(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw told(e);
      }
    }
  }
}
