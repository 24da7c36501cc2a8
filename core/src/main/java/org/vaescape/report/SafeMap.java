package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.study.LossUnit;
import org.vaescape.study.Status;

/// Where a scope's settings are safe: its grid of settings, latent size against learning rate with
/// a matrix for each optimizer, the box of the safe region framed.
///
/// @param region empty where no setting learned in every repeat
/// @param shown cells of the scope, of what neither tiles nor matrices tell apart only those in the
///   box
record SafeMap(
    FirstShares shares,
    Optional<SafeRegion> region,
    SettingSides sides,
    List<CellSummary> shown,
    Measure measure,
    ColorScale colors) {
  private static final String NONE =
      "No region is safe, as no setting learned in every repeat: what is not learned anew with another seed is nothing to rely on.";

  SafeMap {
    shown = List.copyOf(shown);
  }

  /// Empty where the settings of the scope are no grid, or nothing can be drawn of its outcome.
  ///
  /// @param region of the scope, by its first outcome
  /// @param cells of the scope
  static Optional<SafeMap> of(
      FirstShares shares,
      Optional<SafeRegion> region,
      StudyCells cells,
      Optional<TableColumns> table) {
    Optional<Measure> measure = Measure.of(shares.metric(), table);
    if (measure.isEmpty()
        || shares.design().variables().isEmpty()
        || cells.cells().isEmpty()
        || (region.isEmpty() && !shares.design().complete())) {
      return Optional.empty();
    }
    SettingSides sides = SettingSides.of(shares.design().variables());
    return Optional.of(
        new SafeMap(
            shares,
            region,
            sides,
            cells.cells().stream()
                .filter(cell ->
                    shares.design().variables().stream()
                        .filter(variable -> !sides.tells(variable.name()))
                        .allMatch(variable -> inside(region, variable, cell)))
                .toList(),
            measure.get(),
            measure.get().scale(cells)));
  }

  private static boolean inside(Optional<SafeRegion> region, Variable variable, CellSummary cell) {
    return region.isEmpty()
        || region.get().sides().stream()
            .filter(side -> side.variable().equals(variable.name()))
            .allMatch(side -> side.levels().contains(variable.text(cell.settings())));
  }

  Figure figure(String name, Format format) {
    String title =
        shares.scope()
            + (region.isPresent() ? ": " + word() + " by " : ": no safe region by ")
            + shares.metric();
    return new TileMap(panels(), 1)
        .figure(name, title, caption(title), alternative(title), this::legend, format);
  }

  /// Safe is what other repeats than those that chose it have shown to be.
  private String word() {
    boolean shown =
        region.filter(found -> found.claim().verdict() == Claim.Verdict.SUPPORTED).isPresent();
    return shown ? "safe region" : "region not shown to be safe";
  }

  private List<TileMap.Panel> panels() {
    List<TileMap.Panel> panels = new ArrayList<>();
    sides
        .grids(shown)
        .forEach((heading, grid) ->
            panels.add(
                grid.panel(
                    heading.isEmpty() ? "all settings" : heading,
                    pool -> tile(grid, pool, heading))));
    return panels;
  }

  private TileMap.Tile tile(LevelGrid grid, LevelGrid.Pool pool, String heading) {
    double mean = mean(pool);
    long learned = learned(pool);
    int runs = pool.trials().size();
    boolean safe = region.isPresent() && pool.cells().stream().allMatch(this::inside);
    return new TileMap.Tile(
        pool.column(),
        grid.tileRow(pool),
        Double.isFinite(mean) ? colors.color(mean) : Theme.PAPER,
        safe,
        Double.isFinite(mean) ? TileMap.number(mean) : runs == 0 ? "" : learned + "/" + runs,
        List.copyOf(pool.failures().keySet()),
        "%s%s: %s%s"
            .formatted(
                grid.words(pool),
                heading.isEmpty() ? "" : ", " + heading,
                runs == 0
                    ? "not run"
                    : "%s of %s learned%s"
                        .formatted(
                            learned,
                            Numbers.count(runs, "run"),
                            Double.isFinite(mean)
                                ? ", mean " + shares.metric() + " " + TileMap.number(mean)
                                : ""),
                safe ? ", in the " + word() : ""));
  }

  private boolean inside(CellSummary cell) {
    return shares.design().variables().stream()
        .allMatch(variable -> inside(region, variable, cell));
  }

  /// Of settings all of whose runs learned, which alone can be in a region; else NaN.
  private double mean(LevelGrid.Pool pool) {
    boolean all = !pool.trials().isEmpty() && learned(pool) == pool.trials().size();
    return all ? measure.mean(pool.complete(), scale()) : Double.NaN;
  }

  private Scale scale() {
    return region.map(SafeRegion::scale).orElse(shares.scale());
  }

  private static long learned(LevelGrid.Pool pool) {
    return pool.complete().stream().filter(CellSummary::learned).count();
  }

  private void legend(Legend legend) {
    List<Double> means =
        shown.stream()
            .map(cell -> mean(new LevelGrid.Pool(0, 0, List.of(cell))))
            .filter(Double::isFinite)
            .toList();
    if (!means.isEmpty()) {
      LossUnit unit = measure.unit(shown.getFirst());
      legend.colors(
          colors,
          measure.label(),
          measure.lowerIsBetter() ? "darker is better" : "lighter is better",
          unit.words(),
          (int) means.stream().filter(colors::isOver).count());
      legend.nextRow();
    }
    if (region.isPresent()) {
      legend.sign(
          word(),
          (canvas, x, y) -> canvas.rect(x - 6, y - 5, 12, 10, Paint.stroke(Theme.INK, 2.4)));
    }
    if (means.size() < shown.size()) {
      legend.sign(
          "n/N: n of N runs learned, so that it is not safe",
          (canvas, x, y) -> canvas.rect(x - 7, y - 6, 14, 12, Paint.stroke(Theme.FRAME, 1)));
    }
    for (Status status : Status.values()) {
      if (shown.stream()
          .flatMap(cell -> cell.broken().stream())
          .anyMatch(trial -> trial.status() == status)) {
        legend.sign(
            "some runs " + status.text(),
            (canvas, x, y) -> Marks.broken(canvas, x, y, 3.2, status));
      }
    }
  }

  private String caption(String title) {
    List<String> parts = new ArrayList<>(List.of(title + "."));
    parts.add(region.map(SafeMap::finding).orElse(NONE));
    if (region.isPresent()) {
      parts.add(
          "Framed: the largest box of settings every one of which did as well as the best in these runs.");
    }
    parts.add(
        "Colour and number: the mean of %s where all runs learned; elsewhere n of N that did."
            .formatted(measure.meaning()));
    for (SafeRegion.Side side : region.map(SafeRegion::sides).orElse(List.of())) {
      if (!sides.tells(side.variable())) {
        parts.add(
            side.all()
                ? "Tiles are of all values of %s together.".formatted(side.variable())
                : "Only settings of %s are drawn, as the box has them.".formatted(side.words()));
      }
    }
    return String.join(" ", parts);
  }

  /// What the analysis claims of it, and how sure that is.
  private static String finding(SafeRegion region) {
    Claim claim = region.claim();
    String sure =
        claim.probability().isPresent()
            ? "Probability %s: %s; %s."
                .formatted(
                    Digits.two(claim.probability().getAsDouble()),
                    claim.verdict().text(),
                    claim.reason())
            : Words.capital(claim.reason()) + ".";
    return claim.words() + " " + sure;
  }

  private String alternative(String title) {
    return "Heat maps of settings. %s. %s"
        .formatted(title, region.map(found -> found.claim().words()).orElse(NONE));
  }
}
