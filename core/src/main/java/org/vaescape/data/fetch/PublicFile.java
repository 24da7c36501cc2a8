package org.vaescape.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;

/// A file that anybody may download, as the resource `public-files.properties` describes it.
///
/// @param name what it is called on the command line
/// @param content what is in it, in a line
/// @param url where it was when the list was written
/// @param file its name on disk
/// @param megabytes about how large, or 0 where that is not known
/// @param page for people to read about it
/// @param terms of use, as declared
/// @param citation what its authors ask to be cited
/// @param sha256 64 hexadecimal digits, or empty: none is known unless somebody vouches for it
/// @param labelColumn of a table of labels the column that a study takes, else empty
/// @param probeMap whether it gives symbols for identifiers of genes
/// @param with names of files that belong to it
public record PublicFile(
    String name,
    String title,
    String content,
    URI url,
    String file,
    int megabytes,
    String page,
    String terms,
    String citation,
    String sha256,
    String labelColumn,
    boolean probeMap,
    List<String> with) {
  private static final Pattern COMMA = Pattern.compile(" *, *");

  public PublicFile {
    with = List.copyOf(with);
  }

  /// All that are known, in the order of the resource.
  public static List<PublicFile> all() {
    Properties lines = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            PublicFile.class.getResourceAsStream("public-files.properties"),
            "public-files.properties is missing in the jar")) {
      lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words(lines, "names").stream().map(name -> of(name, lines)).toList();
  }

  private static PublicFile of(String name, Properties lines) {
    return new PublicFile(
        name,
        needed(lines, name + ".title"),
        needed(lines, name + ".content"),
        URI.create(needed(lines, name + ".url")),
        needed(lines, name + ".file"),
        Integer.parseInt(lines.getProperty(name + ".megabytes", "0")),
        needed(lines, name + ".page"),
        needed(lines, name + ".terms"),
        needed(lines, name + ".citation"),
        lines.getProperty(name + ".sha256", ""),
        lines.getProperty(name + ".label-column", ""),
        Boolean.parseBoolean(lines.getProperty(name + ".probe-map")),
        words(lines, name + ".with"));
  }

  private static List<String> words(Properties lines, String key) {
    String text = lines.getProperty(key, "");
    return text.isEmpty() ? List.of() : COMMA.splitAsStream(text).toList();
  }

  private static String needed(Properties lines, String key) {
    return Objects.requireNonNull(lines.getProperty(key), key);
  }

  /// Whether it is a matrix, which studies are made of.
  public boolean isMatrix() {
    return !with.isEmpty();
  }

  /// The same at another address, of which no checksum is known.
  public PublicFile at(URI other) {
    return new PublicFile(
        name,
        title,
        content,
        other,
        file,
        0, // nobody knows
        page,
        terms,
        citation,
        "",
        labelColumn,
        probeMap,
        with);
  }

  /// The same with a checksum that must hold.
  public PublicFile with(String checksum) {
    return new PublicFile(
        name,
        title,
        content,
        url,
        file,
        megabytes,
        page,
        terms,
        citation,
        checksum,
        labelColumn,
        probeMap,
        with);
  }
}
