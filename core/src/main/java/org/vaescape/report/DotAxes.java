package org.vaescape.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.runs.PlainNumber;

/// What a dot plot has across, upward and in panels.
///
/// @param panels setting whose values have a panel each; empty if all cells are in one
/// @param parted whether a panel is of a quarter of the values
/// @param table whether the runs are anybody's; else they are a study's, whose area is epochs
/// @param pooled factors of the table that runs of one circle differ in
record DotAxes(
    Along across, Along upward, String panels, boolean parted, boolean table, List<String> pooled) {
  private static final double CLOSEST = 34;
  private static final double WIDEST = 56;

  /// An axis.
  ///
  /// @param key of the setting; empty where there is none, and all cells are at one place
  /// @param title beside the axis
  /// @param word for it in sentences
  record Along(String key, String title, String word, boolean logarithmic) {
    static final Along NOTHING = new Along("", "", "", false);

    /// Of a factor of a table, which is called as its column is.
    static Along of(String title, String factor, boolean logarithmic) {
      return new Along(factor, title, title, logarithmic);
    }

    /// @param room that a panel has at least, inside its frame
    /// @param sorted whether values stand by size, texts by their letters; else as they come
    ValueAxis axis(StudyCells cells, double room, boolean sorted) {
      List<String> values = cells.values(key);
      if (sorted) {
        values =
            values.stream()
                .sorted(
                    Comparator.comparing(String::isEmpty)
                        .thenComparingDouble(text -> PlainNumber.of(text).orElse(0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
      }
      double pitch = Math.clamp(room / Math.max(1, values.size() - 1), CLOSEST, WIDEST);
      if (ValueAxis.isRange(values)) {
        return ValueAxis.range(values, logarithmic);
      }
      return logarithmic ? ValueAxis.logarithmic(values, pitch) : ValueAxis.ordinal(values, pitch);
    }

    private String caption() {
      return logarithmic ? title + " (log axis)" : title;
    }

    /// `latent 10`.
    private String words(CellSummary cell) {
      return cell.setting(key).isEmpty() ? "no " + word : word + " " + cell.setting(key);
    }
  }

  /// Those of every study.
  static final DotAxes STUDY =
      new DotAxes(
          new Along(StudyCells.LATENT, "latent dimensions", "latent", false),
          new Along(StudyCells.LEARNING_RATE, "learning rate", "learning rate", true),
          StudyCells.OPTIMIZER,
          false,
          false,
          List.of());

  DotAxes {
    pooled = List.copyOf(pooled);
  }

  /// Above the panel of this value.
  String heading(String value) {
    if (panels.isEmpty() || value.isEmpty()) {
      return !table ? "all" : panels.isEmpty() ? "all runs" : "no " + panels;
    }
    return table ? panels + " " + value : value;
  }

  /// `Across: latent dimensions; upward: learning rate (log axis); a panel for each optimizer.`
  String caption() {
    return Stream.of(
            "Across: " + across.caption(),
            upward.key.isEmpty() ? "" : "upward: " + upward.caption(),
            panels.isEmpty() ? "" : "a panel for each " + (parted ? "quarter of " : "") + panels)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; ", "", "."));
  }

  /// `latent 10, learning rate 0.01`.
  String place(CellSummary cell) {
    return Stream.of(across, upward)
        .filter(along -> !along.key.isEmpty())
        .map(along -> along.words(cell))
        .collect(Collectors.joining(", "));
  }

  /// The same with the panel's value.
  String words(CellSummary cell) {
    String panel = cell.setting(panels);
    return place(cell) + (panels.isEmpty() ? "" : ", " + (table ? heading(panel) : panel));
  }

  /// What a mark stands for, and one of those that it is the mean of.
  String place() {
    return table ? "place" : "cell";
  }

  String run() {
    return table ? "run" : "trial";
  }
}
