package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;
import org.vaescape.study.Status;

/// Matrices of coloured tiles, each with rows and columns of its own, side by side as far as they
/// fit.
///
/// @param together matrices that belong together: tiles are narrowed so that they stand in one row,
///   unless that leaves nothing to see of them
record TileMap(List<Panel> panels, int together) {
  private static final double GAP = 26;
  private static final double WIDEST_TILE = 46;
  private static final double LEAST_TILE = 18;
  private static final double TILE_HEIGHT = 28;
  private static final double TALLEST_TILE = 80;
  private static final double HEADING = 20;
  private static final double FOOT = 16;
  private static final double LONGEST_ROW = 110;
  private static final double LONGEST_COLUMN = 96;

  /// Between labels and tiles.
  private static final double SPACE = 6;

  /// Height of a label or an axis title with the space around it.
  private static final double LINE = 15;

  private static final double SIGN = 3;
  private static final double FRAME = 2;

  /// Of a tile's width, what its text leaves free.
  private static final double INSET = 2;

  TileMap {
    panels = List.copyOf(panels);
  }

  /// A matrix.
  ///
  /// @param across title below the columns; empty where they need none
  /// @param upward title beside the rows; empty where they need none
  /// @param columns from left to right
  /// @param rows from the top down
  /// @param foot a line below; may be empty
  record Panel(
      String title,
      String across,
      String upward,
      List<String> columns,
      List<String> rows,
      List<Tile> tiles,
      String foot) {
    Panel {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      tiles = List.copyOf(tiles);
    }
  }

  /// A rectangle of the matrix.
  ///
  /// @param column from 0
  /// @param row from 0
  /// @param fill as [Paint#fill]
  /// @param framed whether it stands out by a frame
  /// @param text in it, left out where it does not fit
  /// @param signs of runs that failed, above the text
  /// @param words what a reader learns who points at it
  record Tile(
      int column,
      int row,
      String fill,
      boolean framed,
      String text,
      List<Status> signs,
      String words) {
    Tile {
      signs = List.copyOf(signs);
    }
  }

  /// A value as a tile has room for: three digits that count, of those above 1 four.
  static String number(double value) {
    return Numbers.value(value, Math.abs(value) >= 1 ? 4 : 3);
  }

  /// The figure, under this file name.
  ///
  /// @param legend adds what explains the tiles
  Figure figure(
      String name,
      String title,
      String caption,
      String alternative,
      Consumer<Legend> legend,
      Format format) {
    List<Laid> laid = laid(format);
    double right = laid.stream().mapToDouble(each -> each.x + each.width()).max().orElse(0);
    double bottom = laid.stream().mapToDouble(each -> each.y + each.height()).max().orElse(0);
    return Figure.of(
        name,
        title,
        caption,
        alternative,
        Math.clamp(right + Theme.MARGIN, format.narrowest(), format.widest()),
        bottom + 8,
        (canvas, top) -> laid.forEach(each -> each.below(top).draw(canvas)),
        legend);
  }

  /// The panels from left to right, in rows as wide as the figure may be.
  private List<Laid> laid(Format format) {
    List<Laid> laid = new ArrayList<>();
    double x = Theme.MARGIN;
    double y = 0;
    double below = 0;
    for (Panel panel : panels) {
      Laid next = new Laid(panel, x, y, tile(panel, format));
      boolean apart = together > 1 && laid.size() % together == 0;
      boolean full = x + next.width() > format.widest() - Theme.MARGIN + .01;
      if (x > Theme.MARGIN && (apart || full)) {
        x = Theme.MARGIN;
        y += below + 6;
        below = 0;
        next = new Laid(panel, x, y, next.tile);
      }
      laid.add(next);
      x += next.width() + GAP;
      below = Math.max(below, next.height());
    }
    return laid;
  }

  /// Width of a tile, so that as many panels fit in a row as belong together, or one by itself.
  private double tile(Panel panel, Format format) {
    double half = tile(panel, format, 2);
    if (together == 1 && panels.size() > 1 && whole(panel, half)) {
      return half; // a matrix a row makes a column that is taller than a page
    }
    double shared = tile(panel, format, together);
    return shared >= LEAST_TILE ? shared : tile(panel, format, 1);
  }

  private static double tile(Panel panel, Format format, int inRow) {
    double room = (format.widest() - 2 * Theme.MARGIN - (inRow - 1) * GAP) / inRow - left(panel);
    return Math.min(WIDEST_TILE, room / Math.max(1, panel.columns.size()));
  }

  /// Whether nothing of a panel is cut off where its tiles are so wide.
  private static boolean whole(Panel panel, double tile) {
    double width = left(panel) + tile * panel.columns.size();
    return panel.tiles.stream()
            .allMatch(one -> Glyphs.REGULAR.width(one.text, Theme.TICK) <= tile - INSET)
        && Glyphs.BOLD.width(panel.title, Theme.LABEL) <= width
        && Glyphs.REGULAR.width(panel.foot, Theme.TICK) <= width;
  }

  /// Room for the labels of the rows and their title.
  private static double left(Panel panel) {
    double labels =
        panel.rows.stream()
            .mapToDouble(row -> Glyphs.REGULAR.width(row, Theme.TICK))
            .max()
            .orElse(0);
    return Math.min(labels, LONGEST_ROW) + SPACE + (panel.upward.isEmpty() ? 0 : LINE);
  }

  /// A panel at its place.
  ///
  /// @param tile width of a tile
  private record Laid(Panel panel, double x, double y, double tile) {
    Laid below(double top) {
      return new Laid(panel, x, y + top, tile);
    }

    double width() {
      double matrix = left(panel) + tile * panel.columns.size();
      // A short title over a single column is to be read.
      return Math.max(matrix, Math.min(Glyphs.BOLD.width(panel.title, Theme.LABEL), 120));
    }

    double height() {
      return HEADING
          + tileHeight() * panel.rows.size()
          + columnRoom()
          + (panel.across.isEmpty() ? 0 : LINE)
          + (panel.foot.isEmpty() ? 0 : FOOT);
    }

    /// So that what few rows are of can be read beside them.
    private double tileHeight() {
      double title = Glyphs.REGULAR.width(panel.upward, Theme.LABEL) + SPACE;
      return Math.clamp(title / panel.rows.size(), TILE_HEIGHT, TALLEST_TILE);
    }

    /// Labels that do not fit below their tiles stand upright.
    private boolean upright() {
      return panel.columns.stream()
          .anyMatch(column -> Glyphs.REGULAR.width(column, Theme.TICK) > tile - INSET);
    }

    private double columnRoom() {
      if (!upright()) {
        return LINE;
      }
      double longest =
          panel.columns.stream()
              .mapToDouble(column -> Glyphs.REGULAR.width(column, Theme.TICK))
              .max()
              .orElse(0);
      return Math.min(longest, LONGEST_COLUMN) + 2 * SPACE;
    }

    void draw(Canvas canvas) {
      double left = x + left(panel);
      double top = y + HEADING;
      double bottom = top + tileHeight() * panel.rows.size();
      double across = tile * panel.columns.size();
      TextStyle heading = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.START).inBold();
      text(canvas, panel.title, x, top - 7, heading, Math.max(width(), across));
      // Frames last, so that no neighbour covers them.
      panel.tiles.stream()
          .filter(tile -> !tile.framed)
          .forEach(one -> draw(canvas, one, left, top));
      panel.tiles.stream().filter(Tile::framed).forEach(one -> draw(canvas, one, left, top));
      TextStyle label = TextStyle.of(Theme.TICK, Theme.INK, Anchor.END);
      for (int row = 0; row < panel.rows.size(); row++) {
        double middle = top + tileHeight() * (row + .5) + 3.5;
        text(canvas, panel.rows.get(row), left - SPACE, middle, label, LONGEST_ROW);
      }
      boolean upright = upright();
      for (int column = 0; column < panel.columns.size(); column++) {
        double middle = left + tile * (column + .5);
        String name = panel.columns.get(column);
        if (upright) {
          TextStyle style = label.turnedUpward();
          text(canvas, name, middle + 3.5, bottom + SPACE, style, LONGEST_COLUMN);
        } else {
          TextStyle style = TextStyle.of(Theme.TICK, Theme.INK, Anchor.MIDDLE);
          text(canvas, name, middle, bottom + 12, style, tile);
        }
      }
      titles(canvas, left, top, bottom, across);
    }

    private void titles(Canvas canvas, double left, double top, double bottom, double across) {
      TextStyle style = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.MIDDLE);
      double below = bottom + columnRoom();
      if (!panel.across.isEmpty()) {
        below += LINE;
        boolean fits = Glyphs.REGULAR.width(panel.across, Theme.LABEL) <= across;
        double middle = fits ? left + across / 2 : x + width() / 2;
        text(canvas, panel.across, middle, below - 4, style, width());
      }
      if (!panel.upward.isEmpty()) {
        // Beside few rows it goes on below them, where no label is.
        double most = bottom - top + columnRoom() + (panel.across.isEmpty() ? 0 : LINE);
        double length = Math.min(most, Glyphs.REGULAR.width(panel.upward, Theme.LABEL));
        double middle = top + Math.max(bottom - top, length) / 2;
        text(canvas, panel.upward, x + 9, middle, style.turnedUpward(), most);
      }
      if (!panel.foot.isEmpty()) {
        TextStyle foot = TextStyle.of(Theme.TICK, Theme.QUIET, Anchor.START);
        text(canvas, panel.foot, x, below + 11, foot, Math.max(width(), across));
      }
    }

    private void draw(Canvas canvas, Tile one, double left, double top) {
      double x0 = left + tile * one.column;
      double y0 = top + tileHeight() * one.row;
      canvas.group(
          one.words,
          () -> {
            canvas.rect(x0, y0, tile, tileHeight(), Paint.fill(one.fill).outlined(Theme.GRID, 1));
            if (one.framed) {
              // The light line within keeps the frame apart from a dark tile.
              double width = tile - 2 * FRAME;
              double height = tileHeight() - 2 * FRAME;
              canvas.rect(x0 + FRAME, y0 + FRAME, width, height, Paint.stroke(Theme.PAPER, 1));
              canvas.rect(
                  x0 + .5, y0 + .5, tile - 1, tileHeight() - 1, Paint.stroke(Theme.INK, FRAME));
            }
            double signs = x0 + tile / 2 - (one.signs.size() - 1) * (SIGN + 2);
            for (int i = 0; i < one.signs.size(); i++) {
              double at = signs + 2 * i * (SIGN + 2);
              // Signs are to be seen on every colour.
              canvas.circle(at, y0 + 8, SIGN + 2, Paint.fill(Theme.PAPER));
              Marks.broken(canvas, at, y0 + 8, SIGN, one.signs.get(i));
            }
            if (Glyphs.REGULAR.width(one.text, Theme.TICK) <= tile - INSET) {
              canvas.text(
                  one.text,
                  x0 + tile / 2,
                  y0 + tileHeight() / 2 + (one.signs.isEmpty() ? 3.6 : 10),
                  TextStyle.of(Theme.TICK, ColorMap.inkOn(one.fill), Anchor.MIDDLE));
            }
          });
    }

    /// Its beginning, with the whole of it for who points there, if there is no room.
    private static void text(
        Canvas canvas, String text, double x, double y, TextStyle style, double room) {
      Glyphs glyphs = Glyphs.of(style.bold());
      String fitting = glyphs.fit(text, style.size(), room);
      Runnable drawing = () -> canvas.text(fitting, x, y, style);
      if (fitting.equals(text)) {
        drawing.run();
      } else {
        canvas.group(text, drawing);
      }
    }
  }
}
