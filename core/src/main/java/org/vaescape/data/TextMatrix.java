package org.vaescape.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vaescape.UserError;

/// Reads a matrix written as text. Use an instance once.
///
/// Rows are kept as they come, whichever way round the file lies: that is known for certain only
/// when all names are.
final class TextMatrix {
  private static final int SHOWN = 40;

  /// Digits that a spreadsheet grouped, or parted by the mark of another country.
  private static final Pattern WITH_COMMA = Pattern.compile("[-+\\d.',]*[',][\\d.',]+");

  /// `#DIV/0!` and its like; `#N/A` is a missing value.
  private static final Pattern SPREADSHEET_ERROR = Pattern.compile("#[A-Z0-9/]+[!?]");

  private final Path path;
  private final LineReader lines;
  private final Rows values;
  private final List<String> notes = new ArrayList<>();
  private TextDialect dialect = new TextDialect((byte) '\t', (byte) '.');
  private PlainDecimals plain = new PlainDecimals(dialect.mark());
  private Optional<GctHeader> gct = Optional.empty();
  private String corner = "";
  private int headerLine;
  private final List<String> columns = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();

  /// @param values takes the rows
  TextMatrix(Path path, LineReader lines, Rows values) {
    this.path = path;
    this.lines = lines;
    this.values = values;
  }

  Matrix read(Orientation orientation) {
    try {
      readHeader();
      Map<String, Integer> lineOf = new HashMap<>();
      while (lines.next()) {
        readRow(lineOf);
      }
    } catch (IOException e) {
      throw DataFile.broken(path, e, " after %s complete rows".formatted(rows.size()));
    }
    if (rows.isEmpty()) {
      throw new UserError(
          "%s, line %s: has a header of %s names but no rows below it"
              .formatted(path, headerLine, columns.size()));
    }
    AxisNames.requireRowNames(path.toString(), rows);
    gct.ifPresent(sizes -> sizes.check(path, rows.size(), columns.size()));
    Layout layout =
        gct.isPresent()
            ? new Layout(true, true, "it is a GCT file")
            : Layout.of(orientation, corner, columns, rows);
    layout.note(path.toString()).ifPresent(notes::add);
    if (dialect.mark() == ',') {
      notes.add("%s: has decimal commas, so 0,5 was read as 0.5 and 1.234 as 1234".formatted(path));
    }
    Matrix matrix =
        layout.genesInRows()
            ? Matrix.of(path.toString(), columns, rows, values.rows(), notes)
            : Matrix.of(path.toString(), rows, columns, values.columns(columns.size()), notes);
    return matrix.in(new Matrix.Form(gct.isPresent() ? "GCT" : dialect.text(), layout.text()));
  }

  private void readHeader() throws IOException {
    if (!lines.next()) {
      throw new UserError(path + " is empty");
    }
    byte[] bytes = lines.bytes();
    DataFile.requireText(path, bytes, lines.filled());
    if (indexOf((byte) '\r', bytes, lines.start(), lines.end()) < lines.end()) {
      throw new UserError(
          "%s: its lines end in CR alone, as old Macintosh programs write them; save it with LF or CR LF"
              .formatted(path));
    }
    readPreamble();
    headerLine = lines.line();
    Map<String, Integer> columnOf = new HashMap<>();
    int annotations = gct.map(GctHeader::annotations).orElse(0);
    int at = lines.start();
    for (int column = 1; ; column++) {
      int stop = fieldEnd(at);
      String name = name(at, stop);
      if (column == 1) {
        corner = name;
      } else if (column > 1 + annotations) {
        Integer before = columnOf.putIfAbsent(named(name, column), column);
        if (before != null) {
          throw new UserError(
              "%s, line %s: columns %s and %s have the same name '%s'%s"
                  .formatted(path, lines.line(), before, column, name, AxisNames.dateHint(name)));
        }
        columns.add(name);
      }
      if (stop == lines.end()) {
        break;
      }
      at = stop + 1;
    }
    if (columns.isEmpty()) {
      throw new UserError(
          "%s, line %s: must be names separated by tabs, commas or semicolons but was '%s'"
              .formatted(path, lines.line(), shown(corner)));
    }
    AxisNames.requireNames(path + ", line " + headerLine, columns);
    for (int i = 0; i < gct.map(GctHeader::annotationRows).orElse(0) && lines.next(); i++) {
      // What is said of samples beside the matrix.
    }
  }

  /// Passes over what a GCT file or Excel puts before the names, and finds out what parts cells.
  private void readPreamble() throws IOException {
    String first = decoded(lines.start(), Math.min(lines.end(), lines.start() + SHOWN));
    if (GctHeader.begins(first)) {
      String sizes = lines.next() ? decoded(lines.start(), lines.end()) : "";
      gct = Optional.of(GctHeader.of(path, first, sizes));
      requireNames();
    } else if (TextDialect.isAnnouncement(first)) {
      dialect = TextDialect.announced(first);
      requireNames();
    } else {
      dialect = TextDialect.of(lines.bytes(), lines.start(), lines.end());
      if (first.startsWith("#") && dialect.delimiter() == ' ') {
        throw new UserError(
            "%s, line %s: must be the names of columns but is a comment, '%s'; take away the lines above the names"
                .formatted(path, lines.line(), shown(first)));
      }
    }
    if (dialect.delimiter() == ';') {
      byte mark = DecimalMark.of(path, lines.line(), dialect.delimiter());
      dialect = new TextDialect(dialect.delimiter(), mark);
    }
    plain = new PlainDecimals(dialect.mark());
  }

  private void requireNames() throws IOException {
    if (!lines.next()) {
      throw new UserError(path + ": ends before its line of names");
    }
  }

  private void readRow(Map<String, Integer> lineOf) {
    if (rows.isEmpty()) {
      takeShiftedNames();
    }
    int stop = fieldEnd(lines.start());
    String name = named(name(lines.start(), stop), 1);
    for (int i = 0; i < gct.map(GctHeader::annotations).orElse(0) && stop < lines.end(); i++) {
      stop = fieldEnd(stop + 1);
    }
    float[] row = new float[columns.size()];
    int column = 0;
    while (stop < lines.end()) {
      int at = stop + 1;
      stop = plain.read(lines.bytes(), at, lines.end(), dialect.delimiter());
      if (stop >= 0 && column < row.length) {
        row[column] = plain.value();
      } else {
        stop = fieldEnd(at);
        if (column < row.length) {
          row[column] = value(at, stop, name, column);
        }
      }
      column++;
    }
    if (column != row.length) {
      throw new UserError(
          "%s, line %s (row %s): has %s columns where line %s has %s"
              .formatted(path, lines.line(), name, column + 1, headerLine, row.length + 1));
    }
    Integer before = lineOf.putIfAbsent(name, lines.line());
    if (before != null) {
      throw new UserError(
          "%s: lines %s and %s have the same name '%s'%s"
              .formatted(path, before, lines.line(), name, AxisNames.dateHint(name)));
    }
    rows.add(name);
    values.add(row);
  }

  /// R's `write.table` leaves out the first cell of the header: its names stand above the column to
  /// the left of theirs. A delimiter after the last value is no value.
  private void takeShiftedNames() {
    int cells = 1;
    int last = lines.start();
    for (int stop = fieldEnd(last); stop < lines.end(); stop = fieldEnd(last)) {
      cells++;
      last = stop + 1;
    }
    boolean oneMore = cells == columns.size() + 2 && last < lines.end();
    if (oneMore && gct.isEmpty() && !corner.isEmpty() && !Layout.isCorner(corner)) {
      if (columns.contains(corner)) {
        throw new UserError(
            "%s, line %s: columns 1 and %s have the same name '%s'"
                .formatted(path, headerLine, columns.indexOf(corner) + 2, corner));
      }
      columns.addFirst(corner);
      corner = "";
    }
  }

  private float value(int from, int to, String row, int column) {
    float value = value(from, to);
    if (!Float.isInfinite(value)) {
      return value;
    }
    String text = name(from, to);
    throw new UserError(
        "%s, line %s, column %s (row %s, column %s): a value must be a finite number but was '%s'%s"
            .formatted(
                path, lines.line(), column + 2, row, columns.get(column), shown(text), hint(text)));
  }

  /// Infinite if it is no number.
  private float value(int from, int to) {
    byte[] bytes = lines.bytes();
    boolean quoted = to - from > 1 && bytes[from] == '"';
    try {
      return Decimals.parse(bytes, quoted ? from + 1 : from, quoted ? to - 1 : to, dialect.mark());
    } catch (NumberFormatException _) {
      return dialect.delimiter() == ';'
          ? DecimalMark.ofThousands(name(from, to), dialect.mark())
          : Float.POSITIVE_INFINITY;
    }
  }

  private static String hint(String text) {
    if (WITH_COMMA.matcher(text).matches()) {
      return "; write decimals with a point and thousands without a mark";
    }
    return SPREADSHEET_ERROR.matcher(text).matches()
        ? "; a formula of the spreadsheet failed, so mend it or empty the cell"
        : "";
  }

  private String named(String name, int column) {
    if (name.isEmpty()) {
      throw new UserError(
          "%s, line %s, column %s: a name must not be empty".formatted(path, lines.line(), column));
    }
    return name;
  }

  /// Where the field that begins at `from` ends: at a delimiter or at the end of the line.
  private int fieldEnd(int from) {
    byte[] bytes = lines.bytes();
    int end = lines.end();
    if (from == end || bytes[from] != '"') {
      return indexOf(dialect.delimiter(), bytes, from, end);
    }
    int close = indexOf((byte) '"', bytes, from + 1, end);
    while (close + 1 < end && bytes[close + 1] == '"') { // a doubled quote stands for itself
      close = indexOf((byte) '"', bytes, close + 2, end);
    }
    if (close == end || (close + 1 < end && bytes[close + 1] != dialect.delimiter())) {
      throw new UserError(
          "%s, line %s: a quoted cell must end with a quote before the next delimiter but was '%s'"
              .formatted(path, lines.line(), shown(decoded(from, end))));
    }
    return close + 1;
  }

  private String name(int from, int to) {
    String place = ", line " + lines.line();
    String text = DataFile.decoded(path, place, lines.bytes(), from, to - from);
    return text.length() > 1 && text.startsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"").strip()
        : text.strip();
  }

  private String decoded(int from, int to) {
    return new String(lines.bytes(), from, to - from, StandardCharsets.UTF_8);
  }

  private static int indexOf(byte wanted, byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static String shown(String text) {
    String readable = text.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
    return readable.length() <= SHOWN ? readable : readable.substring(0, SHOWN) + "...";
  }
}
