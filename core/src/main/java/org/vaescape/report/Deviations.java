package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.TextStyle;

/// Small signs beside a cell's mark, for the repeats that ended unlike it: each with how many of
/// how many they are.
final class Deviations {
  /// Of signs beside a mark, which are read with their number.
  private static final double RADIUS = 2.4;

  /// From the mark to the sign, and on to its number.
  private static final double ASIDE = 10;

  private static final double GAP = 5.6;

  /// There is room for as many between the mark and its neighbours.
  private static final int MOST = 2;

  private record Deviation(int count, String color, Legend.Drawing sign) {}

  /// What did not run to its end as one; then what became something else, the most frequent first.
  private static List<Deviation> of(CellSummary cell) {
    List<Deviation> all = new ArrayList<>();
    boolean complete = !cell.complete().isEmpty();
    if (complete && !cell.broken().isEmpty()) {
      all.add(
          new Deviation(
              cell.broken().size(),
              Theme.FAILED,
              (canvas, x, y) -> Marks.broken(canvas, x, y, RADIUS, cell.failure())));
    }
    if (!complete) {
      cell.failures().entrySet().stream()
          .skip(1)
          .forEach(each ->
              all.add(
                  new Deviation(
                      each.getValue(),
                      Theme.FAILED,
                      (canvas, x, y) -> Marks.broken(canvas, x, y, RADIUS, each.getKey()))));
    }
    cell.verdicts().entrySet().stream()
        .skip(1)
        .forEach(each ->
            all.add(
                new Deviation(
                    each.getValue(),
                    Theme.QUIET,
                    (canvas, x, y) ->
                        Marks.complete(canvas, x, y, RADIUS, Theme.QUIET, each.getKey()))));
    return all;
  }

  static boolean any(CellSummary cell) {
    return !of(cell).isEmpty();
  }

  /// @param x of the cell's mark
  /// @param right edge that nothing crosses
  static void draw(Canvas canvas, CellSummary cell, double x, double y, double right) {
    List<Deviation> shown = of(cell).stream().limit(MOST).toList();
    for (int i = 0; i < shown.size(); i++) {
      Deviation each = shown.get(i);
      String text = each.count + "/" + cell.trials().size();
      double length = GAP + Glyphs.REGULAR.width(text, Theme.NOTE);
      // In the corner between four neighbours, which no circle reaches; or, where there are only
      // two, between these.
      boolean corner = x + ASIDE + length <= right;
      double from = corner ? x + ASIDE : right - length;
      double at = y + (corner ? 13.5 : 15.8) * (i == 0 ? -1 : 1);
      each.sign.draw(canvas, from, at);
      TextStyle style = TextStyle.of(Theme.NOTE, each.color, Anchor.START);
      canvas.text(text, from + GAP, at + 2.6, style);
    }
  }

  /// Says in a legend what the numbers are.
  static void explain(Legend legend, String runs) {
    legend.sign(
        "n of N " + runs + " ended as the small sign says",
        (canvas, x, y) ->
            canvas.text("n/N", x, y + 2.6, TextStyle.of(Theme.NOTE, Theme.QUIET, Anchor.MIDDLE)));
  }

  private Deviations() {}
}
