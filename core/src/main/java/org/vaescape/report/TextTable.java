package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Words;

/// A small table of words and numbers, for a terminal or a page.
///
/// @param header of its columns, the first of which names the rows
/// @param rows each with as many cells as there are columns
/// @param answers place of the first column that answers a question with `holds`, `fails` or
///   `open`, and whose name is far longer: a terminal numbers these columns and names them below, a
///   page breaks the name and tints the answers
public record TextTable(String caption, List<String> header, List<List<String>> rows, int answers) {
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

  /// Without columns of answers.
  public TextTable(String caption, List<String> header, List<List<String>> rows) {
    this(caption, header, rows, header.size());
  }

  /// A share in percent, without the sign: `61`, `0.4`, `<0.1`, `>99.9`.
  static String percent(double share) {
    return Words.percent(share)
        .replace(" %", "")
        .replace("less than ", "<")
        .replace("more than ", ">");
  }

  /// Header and rows with columns below each other, without the caption.
  List<String> rowLines() {
    List<String> heads = new ArrayList<>(header.subList(0, answers));
    List<String> named = new ArrayList<>();
    for (int i = answers; i < header.size(); i++) {
      String number = Integer.toString(i - answers + 1);
      heads.add(number);
      named.add(number + " " + header.get(i));
    }
    int[] widths = new int[header.size()];
    Stream.concat(Stream.of(heads), rows.stream())
        .forEach(row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    List<String> lines = new ArrayList<>();
    lines.add(GAP + line(heads, widths));
    rows.forEach(row -> lines.add(GAP + line(row, widths)));
    if (!named.isEmpty()) {
      lines.addAll(Wrapped.lines(String.join(", ", named), GAP, GAP));
    }
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
    for (int i = 0; i < header.size(); i++) {
      out.append("<th scope=\"col\"").append(i < answers ? ">" : " class=\"broken\">");
      out.append(Markup.escape(header.get(i))).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr><th scope=\"row\">").append(Markup.escape(row.getFirst())).append("</th>");
      for (int i = 1; i < row.size(); i++) {
        out.append("<td").append(i < answers ? "" : tint(row.get(i))).append(">");
        out.append(Markup.escape(row.get(i))).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table>\n").toString();
  }

  private static String tint(String answer) {
    return Stream.of("holds", "fails")
        .filter(answer::contains)
        .map(" class=\"%s\""::formatted)
        .findFirst()
        .orElse("");
  }
}
