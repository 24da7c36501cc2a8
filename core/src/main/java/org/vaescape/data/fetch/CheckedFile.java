package org.vaescape.data.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// What can be told of a file from itself and from what stands beside it: `NAME.sha256`, in the
/// form that `sha256sum -c` takes.
///
/// @param sha256 of its bytes
/// @param md5 of its bytes
/// @param damage why it cannot be whole, in words, or empty
record CheckedFile(String sha256, String md5, String damage) {
  private static final int BUFFER = 1 << 16;

  /// Reads it once, and once more if it is gzip, whose end tells whether the rest is right.
  ///
  /// @param zipped whether it must be gzip, by its name
  static CheckedFile of(Path file, boolean zipped) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      int count;
      while ((count = in.read(buffer)) >= 0) {
        sha256.update(buffer, 0, count);
        md5.update(buffer, 0, count);
      }
    }
    return new CheckedFile(hex(sha256), hex(md5), zipped ? damage(file, buffer) : "");
  }

  private static String damage(Path file, byte[] buffer) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), BUFFER)) {
      while (in.read(buffer) >= 0) {
        // Its end compares lengths and checksums.
      }
      return "";
    } catch (EOFException _) {
      return "it is cut short";
    } catch (ZipException e) {
      return "it is no gzip file, or a damaged one (%s)".formatted(e.getMessage());
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }

  /// What was written beside the file when it came.
  static Optional<String> recorded(Path file) throws IOException {
    Path beside = beside(file);
    return Files.exists(beside)
        ? Optional.of(Files.readString(beside, StandardCharsets.UTF_8).strip().split(" ", 2)[0])
        : Optional.empty();
  }

  void record(Path file) throws IOException {
    Files.writeString(
        beside(file), "%s  %s\n".formatted(sha256, file.getFileName()), StandardCharsets.UTF_8);
  }
}
