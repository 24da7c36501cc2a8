package org.vaescape.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.study.LossUnit;
import org.vaescape.study.Status;

/// The two hyper-parameters of a scope that interact most: the mean of its first outcome at each
/// pair of their levels.
///
/// @param pair what the two do together
/// @param colors as the dot plots of the same cells have them
record InteractionMeans(
    FirstShares shares, EffectShare pair, LevelGrid grid, Measure measure, ColorScale colors) {
  /// Levels for each of which the best partner can be named.
  private static final int MOST_NAMED = 6;

  /// Empty where no pair has a share, or its levels have no mean: losses of different units.
  ///
  /// @param cells of the scope
  static Optional<InteractionMeans> of(
      FirstShares shares, StudyCells cells, Optional<TableColumns> table) {
    Optional<EffectShare> pair = shares.strongestPair();
    Optional<Measure> measure = Measure.of(shares.metric(), table);
    if (pair.isEmpty() || measure.isEmpty() || cells.cells().isEmpty()) {
      return Optional.empty();
    }
    List<LevelAxis> axes =
        shares.design().variables().stream()
            .filter(variable -> pair.get().factors().contains(variable.name()))
            .sorted(Comparator.comparingInt((Variable one) -> -one.levels().size()))
            .map(LevelAxis::of)
            .toList();
    LossUnit unit = measure.get().unit(cells.cells().getFirst());
    if (axes.size() != 2
        || !cells.cells().stream().allMatch(cell -> measure.get().unit(cell).equals(unit))) {
      return Optional.empty();
    }
    LevelGrid grid = new LevelGrid(axes.getFirst(), axes.getLast(), cells.cells());
    return Optional.of(
        new InteractionMeans(shares, pair.get(), grid, measure.get(), measure.get().scale(cells)));
  }

  Figure figure(String name, Format format) {
    String title = shares.scope() + ": " + String.join(" × ", pair.factors());
    TileMap.Panel panel = grid.panel("", this::tile);
    return new TileMap(List.of(panel), 1)
        .figure(name, title, caption(title), alternative(title), this::legend, format);
  }

  private void legend(Legend legend) {
    List<Double> means = values().toList();
    if (!means.isEmpty()) {
      legend.colors(
          colors,
          measure.label(),
          measure.lowerIsBetter() ? "darker is better" : "lighter is better",
          measure.unit(grid.cells().getFirst()).words(),
          (int) means.stream().filter(colors::isOver).count());
      legend.nextRow();
    }
    for (Status status : Status.values()) {
      if (grid.pools().stream().anyMatch(pool -> pool.failures().containsKey(status))) {
        legend.sign(
            "some runs " + status.text(),
            (canvas, x, y) -> Marks.broken(canvas, x, y, 3.2, status));
      }
    }
  }

  private Stream<Double> values() {
    return grid.pools().stream().map(this::mean).filter(Double::isFinite);
  }

  /// Over runs that ran to their end, on the scale of the shares; NaN without one.
  private double mean(LevelGrid.Pool pool) {
    return measure.mean(pool.complete(), shares.scale());
  }

  private TileMap.Tile tile(LevelGrid.Pool pool) {
    double mean = mean(pool);
    return new TileMap.Tile(
        pool.column(),
        grid.tileRow(pool),
        Double.isFinite(mean) ? colors.color(mean) : Theme.PAPER,
        false,
        Double.isFinite(mean) ? TileMap.number(mean) : "–",
        List.copyOf(pool.failures().keySet()),
        words(pool, mean));
  }

  private String words(LevelGrid.Pool pool, double mean) {
    String failed =
        pool.failures().entrySet().stream()
            .map(one -> "; " + one.getValue() + " " + one.getKey().text())
            .collect(Collectors.joining());
    return "%s: mean %s %s (%s)%s"
        .formatted(
            grid.words(pool),
            measure.label(),
            TileMap.number(mean),
            Numbers.count(pool.complete().size(), "run"),
            failed);
  }

  private String caption(String title) {
    String share =
        Words.percent(pair.estimate())
            + pair.interval().map(interval -> " " + Words.of(interval)).orElse("");
    return "%s. What the two do together, beyond what each does alone, is the strongest interaction: %s of the variation of %s (%s scale). %sColour and number: the mean%s of %s over the runs at these levels that ran to their end."
        .formatted(
            title,
            share,
            shares.metric(),
            shares.scale().text(),
            best(),
            shares.scale() == Scale.LOG ? " (geometric)" : "",
            measure.meaning());
  }

  /// `Best learning-rate: 10⁻² with optimizer adam, ...`: an interaction is where these differ.
  private String best() {
    if (grid.upward().size() > MOST_NAMED) {
      return "";
    }
    Comparator<LevelGrid.Pool> byMean = Comparator.comparingDouble(this::mean);
    return grid.pools().stream()
        .filter(pool -> Double.isFinite(mean(pool)))
        .collect(Collectors.groupingBy(LevelGrid.Pool::row))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(row ->
            row.getValue().stream()
                .min(measure.lowerIsBetter() ? byMean : byMean.reversed())
                .map(pool ->
                    "%s with %s%s"
                        .formatted(
                            grid.across().labels().get(pool.column()),
                            grid.upward().words(pool.row()),
                            learned(row.getValue()) ? "" : " (where no run learned)"))
                .orElseThrow())
        .collect(Collectors.joining(", ", "Best " + grid.across().name() + ": ", ". "));
  }

  private static boolean learned(List<LevelGrid.Pool> pools) {
    return pools.stream().flatMap(pool -> pool.complete().stream()).anyMatch(CellSummary::learned);
  }

  private String alternative(String title) {
    return "Heat map of means. %s. %sMeans from %s to %s."
        .formatted(
            title,
            best(),
            TileMap.number(values().min(Comparator.naturalOrder()).orElse(Double.NaN)),
            TileMap.number(values().max(Comparator.naturalOrder()).orElse(Double.NaN)));
  }
}
