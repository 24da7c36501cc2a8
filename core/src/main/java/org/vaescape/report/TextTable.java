package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Words;

/// A small table of words and numbers, for a terminal or a page.
///
/// @param header of its columns, the first of which names the rows
/// @param rows each with as many cells as there are columns
public record TextTable(String caption, List<String> header, List<List<String>> rows) {
  private static final String GAP = "  ";

  public TextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row must have " + header.size() + " cells but had " + row.size());
      }
    }
  }

  /// A share in percent, without the sign: `61`, `0.4`, `<0.1`.
  static String percent(double share) {
    return Words.percent(share).replace(" %", "").replace("less than ", "<");
  }

  /// Header and rows with columns below each other, without the caption.
  List<String> rowLines() {
    int[] widths = new int[header.size()];
    Stream.concat(Stream.of(header), rows.stream())
        .forEach(row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    List<String> lines = new ArrayList<>();
    lines.add(GAP + line(header, widths));
    rows.forEach(row -> lines.add(GAP + line(row, widths)));
    return lines;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length());
      line.append(i + 1 < widths.length ? GAP : "");
    }
    return line.toString().stripTrailing();
  }

  /// Without the caption, which is a sentence and no title.
  String html() {
    StringBuilder out = new StringBuilder("<table class=\"data\">\n<thead><tr>");
    header.forEach(
        cell -> out.append("<th scope=\"col\">").append(Markup.escape(cell)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr><th scope=\"row\">").append(Markup.escape(row.getFirst())).append("</th>");
      row.subList(1, row.size())
          .forEach(cell -> out.append("<td>").append(Markup.escape(cell)).append("</td>"));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table>\n").toString();
  }
}
