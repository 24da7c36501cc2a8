package org.vaescape.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;

/// Finds out whether commas or points part decimals where semicolons part cells; the other ones
/// part thousands.
///
/// Looks at the whole file, since a guess would make numbers a thousand times too large or small:
/// `0,5` has decimals and `1.234.567` thousands, but `1.234` may have either.
final class DecimalMark {
  /// With `,` for the mark and `.` for thousands.
  private static final Pattern CERTAIN =
      Pattern.compile(
          "[-+]?((\\d+,\\d*|,\\d+)([eE][-+]?\\d+)?|\\d{1,3}(\\.\\d{3})+,\\d*|\\d{1,3}(\\.\\d{3}){2,})");

  private static final Pattern OPEN = Pattern.compile("[-+]?[1-9]\\d{0,2}[.,]\\d{3}");

  private final Path path;
  private @Nullable Seen comma;
  private @Nullable Seen point;
  private @Nullable Seen open;

  private DecimalMark(Path path) {
    this.path = path;
  }

  /// A number, and the line that it stands in.
  private record Seen(int line, String number) {}

  /// Reads all lines below the names.
  ///
  /// @param names line of the names, from 1
  /// @throws UserError if numbers contradict each other, or tell nothing
  static byte of(Path path, int names, byte delimiter) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UserError(
          "%s: semicolons part its cells, of which a first look tells the mark of decimals; save it to a file"
              .formatted(path));
    }
    DecimalMark mark = new DecimalMark(path);
    try (InputStream in = DataFile.open(path)) {
      LineReader lines = new LineReader(in);
      while (lines.next()) {
        if (lines.line() > names) {
          mark.look(lines, delimiter);
        }
      }
    }
    return mark.decided();
  }

  /// The number without its marks of thousands; infinite if it is none that has some.
  ///
  /// @param mark of decimals
  static float ofThousands(String text, byte mark) {
    String withComma = mark == ',' ? text : swapped(text);
    return withComma.indexOf('.') > 0
            && (CERTAIN.matcher(withComma).matches() || OPEN.matcher(withComma).matches())
        ? Float.parseFloat(withComma.replace(".", "").replace(',', '.'))
        : Float.POSITIVE_INFINITY;
  }

  /// At all cells of a line but its name.
  private void look(LineReader lines, byte delimiter) {
    byte[] bytes = lines.bytes();
    int from = -1;
    boolean commas = false;
    boolean points = false;
    boolean quoted = false;
    for (int at = lines.start(); at <= lines.end(); at++) {
      byte each = at == lines.end() ? delimiter : bytes[at];
      quoted ^= each == '"';
      if (each == delimiter && (!quoted || at == lines.end())) {
        // Most files are told by their first numbers.
        if (from >= 0 && ((commas && comma == null) || (points && point == null))) {
          look(new String(bytes, from, at - from, StandardCharsets.UTF_8), lines.line());
        }
        from = at + 1;
        commas = false;
        points = false;
      } else {
        commas |= each == ',';
        points |= each == '.';
      }
    }
  }

  private void look(String cell, int line) {
    String number = cell.replace("\"", "").strip();
    Seen seen = new Seen(line, number);
    if (OPEN.matcher(number).matches()) {
      open = open == null ? seen : open;
    } else if (CERTAIN.matcher(number).matches()) {
      comma = comma == null ? seen : comma;
    } else if (CERTAIN.matcher(swapped(number)).matches()) {
      point = point == null ? seen : point;
    }
  }

  private byte decided() {
    if (comma != null && point != null) {
      throw new UserError(
          "%s: decimals begin at a comma in '%s' of line %s but at a point in '%s' of line %s; write all of them with a point"
              .formatted(path, comma.number, comma.line, point.number, point.line));
    }
    if (comma == null && point == null && open != null) {
      throw new UserError(
          "%s, line %s: '%s' has either decimals or thousands, and no other number tells which; write thousands without a mark, or decimals with a point and tabs between cells"
              .formatted(path, open.line, open.number));
    }
    return (byte) (comma == null ? '.' : ',');
  }

  private static String swapped(String text) {
    return text.replace('.', ' ').replace(',', '.').replace(' ', ',');
  }
}
