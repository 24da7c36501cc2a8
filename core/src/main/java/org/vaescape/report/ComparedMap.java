package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.compare.LandscapePair;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.report.Canvas.Paint;

/// The landscapes of two studies on one scale, and their difference: three matrices for each
/// optimizer, or what else parts their settings.
///
/// @param oneData whether the heights of their losses compare
record ComparedMap(LandscapePair pair, boolean oneData) {
  static final String OTHER_DATA =
      "Losses are of each study's own genes, scaling and samples, which differ: their heights do not compare between studies, only the order of settings does.";

  private static final String LOWER = ColorMap.at(.25);
  private static final String HIGHER = Theme.FAILED;

  /// Of percents that a tile holds.
  private static final int DIGITS = 2;

  Figure figure(String name, Format format) {
    String title =
        "%s: %s in %s and %s".formatted(pair.scope(), pair.metric(), pair.one(), pair.other());
    ColorScale colors = colors();
    double reach = reach();
    List<TileMap.Panel> panels = new ArrayList<>();
    SettingSides.of(pair.variables())
        .grids(pair.settings().stream().map(ComparedMap::cell).toList())
        .forEach((heading, grid) -> {
          String end = heading.isEmpty() ? "" : ", " + heading;
          panels.add(grid.panel(pair.one() + end, pool -> value(grid, pool, colors, true)));
          panels.add(grid.panel(pair.other() + end, pool -> value(grid, pool, colors, false)));
          panels.add(grid.panel("difference" + end, pool -> difference(grid, pool, reach)));
        });
    return new TileMap(panels, 3)
        .figure(
            name,
            title,
            caption(title),
            alternative(title),
            legend -> legend(legend, colors, reach),
            format);
  }

  /// A setting without runs, to be placed by its levels.
  private static CellSummary cell(LandscapePair.Setting setting) {
    return new CellSummary(setting.settings(), 0, List.of());
  }

  private List<LandscapePair.Setting> settings(LevelGrid.Pool pool) {
    Set<SequencedMap<String, String>> own =
        pool.cells().stream().map(CellSummary::settings).collect(Collectors.toSet());
    return pair.settings().stream().filter(each -> own.contains(each.settings())).toList();
  }

  private TileMap.Tile value(LevelGrid grid, LevelGrid.Pool pool, ColorScale colors, boolean one) {
    OptionalDouble value =
        mean(settings(pool).stream().map(each -> one ? each.one() : each.other()).toList());
    return new TileMap.Tile(
        pool.column(),
        grid.tileRow(pool),
        value.isPresent() ? colors.color(value.getAsDouble()) : Theme.PAPER,
        false,
        value.isPresent() ? TileMap.number(value.getAsDouble()) : "–",
        List.of(),
        "%s, %s: %s"
            .formatted(
                one ? pair.one() : pair.other(),
                grid.words(pool),
                value.isPresent()
                    ? pair.metric() + " " + TileMap.number(value.getAsDouble())
                    : "no run learned"));
  }

  /// Over settings that share a tile; empty unless all have a value.
  private static OptionalDouble mean(List<OptionalDouble> values) {
    return values.stream().allMatch(OptionalDouble::isPresent)
        ? values.stream().mapToDouble(OptionalDouble::getAsDouble).average()
        : OptionalDouble.empty();
  }

  private TileMap.Tile difference(LevelGrid grid, LevelGrid.Pool pool, double reach) {
    List<LandscapePair.Setting> settings = settings(pool);
    OptionalDouble difference =
        mean(settings.stream().map(LandscapePair.Setting::difference).toList());
    boolean noise = settings.stream().allMatch(setting -> setting.withinNoise().orElse(false));
    return new TileMap.Tile(
        pool.column(),
        grid.tileRow(pool),
        difference.isEmpty()
            ? Theme.PAPER
            : noise ? Theme.OVER : color(difference.getAsDouble(), reach),
        false,
        difference.isEmpty() ? "–" : number(difference.getAsDouble()),
        List.of(),
        "%s: %s"
            .formatted(
                grid.words(pool),
                difference.isEmpty()
                    ? "not learned in both"
                    : "difference %s%s%s"
                        .formatted(
                            number(difference.getAsDouble()), unit(), interval(settings, noise))));
  }

  private String interval(List<LandscapePair.Setting> settings, boolean noise) {
    if (settings.size() != 1) {
      return ", mean of %s%s".formatted(settings.size(), noise ? ", each within noise" : "");
    }
    if (settings.getFirst().interval().isEmpty()) {
      return ", noise not known";
    }
    Interval bounds = settings.getFirst().interval().get();
    return " [%s, %s]%s"
        .formatted(number(bounds.low()), number(bounds.high()), noise ? ", within noise" : "");
  }

  private static String color(double difference, double reach) {
    if (difference == 0) {
      return Theme.PAPER;
    }
    // So that the least difference is told from none.
    double strength = .15 + .85 * Math.min(1, Math.abs(difference) / reach);
    return ColorMap.tint(difference < 0 ? LOWER : HIGHER, strength);
  }

  private boolean logarithmic() {
    return pair.scale() == Scale.LOG;
  }

  /// `+12`, in percent on the logarithmic scale.
  private String number(double difference) {
    double number = logarithmic() ? 100 * Math.expm1(difference) : difference;
    return (number > 0 ? "+" : "") + Numbers.value(number, DIGITS);
  }

  private String unit() {
    return logarithmic() ? " %" : "";
  }

  private ColorScale colors() {
    double[] values =
        pair.settings().stream()
            .flatMapToDouble(
                setting -> DoubleStream.concat(setting.one().stream(), setting.other().stream()))
            .toArray();
    ColorScale scale = ColorScale.of(values);
    return pair.lowerIsBetter() ? scale : scale.reaching(values);
  }

  /// The largest difference; 0 where there is none.
  private double reach() {
    return pair.settings().stream()
        .flatMapToDouble(setting -> setting.difference().stream())
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  private void legend(Legend legend, ColorScale colors, double reach) {
    legend.colors(
        colors,
        pair.metric(),
        pair.lowerIsBetter() ? "darker is better" : "lighter is better",
        oneData ? "" : "of other data: heights do not compare between the two",
        (int)
            pair.settings().stream()
                .flatMapToDouble(setting ->
                    DoubleStream.concat(setting.one().stream(), setting.other().stream()))
                .filter(colors::isOver)
                .count());
    legend.nextRow();
    if (differs(difference -> difference < 0)) {
      String lower = "lower in %s, darkest: %s%s".formatted(pair.other(), number(-reach), unit());
      swatch(legend, lower, LOWER);
    }
    if (differs(difference -> difference > 0)) {
      String higher = "higher in %s, darkest: %s%s".formatted(pair.other(), number(reach), unit());
      swatch(legend, higher, HIGHER);
    }
    if (pair.settings().stream().anyMatch(setting -> setting.withinNoise().orElse(false))) {
      swatch(legend, "within noise", Theme.OVER);
    }
  }

  private boolean differs(DoublePredicate way) {
    return pair.settings().stream()
        .flatMapToDouble(setting -> setting.difference().stream())
        .anyMatch(way);
  }

  private static void swatch(Legend legend, String meaning, String color) {
    legend.sign(meaning, (canvas, x, y) -> canvas.rect(x - 6, y - 5, 12, 10, Paint.fill(color)));
  }

  private String caption(String title) {
    List<String> parts = new ArrayList<>(List.of(title + ".", finding()));
    if (!oneData) {
      parts.add(OTHER_DATA);
    }
    parts.add(
        "Left and middle: the mean of the runs that learned, on one scale, of the settings that both tried; – is where none did. Right: %s less %s%s."
            .formatted(pair.other(), pair.one(), logarithmic() ? ", in percent of it" : ""));
    parts.add(
        pair.settings().stream().anyMatch(setting -> setting.interval().isPresent())
            ? "Grey: the %s interval of the difference, by the noise of runs of each optimizer in either study, holds 0. What a split shifts in all settings alike is no part of that noise."
                .formatted(Words.percent(Claim.CONFIDENCE))
            : "Noise is not known, so that any difference may be one of seeds.");
    if (!pair.averaged().isEmpty()) {
      parts.add("Means over %s stand side by side.".formatted(String.join(", ", pair.averaged())));
    }
    return String.join(" ", parts);
  }

  /// How many settings differ by more than noise, and where most.
  private String finding() {
    List<LandscapePair.Setting> both =
        pair.settings().stream().filter(setting -> setting.difference().isPresent()).toList();
    if (both.isEmpty()) {
      return "No setting learned in both.";
    }
    LandscapePair.Setting most =
        both.stream()
            .max(
                Comparator.comparingDouble(setting -> Math.abs(setting.difference().getAsDouble())))
            .orElseThrow();
    String largest =
        "%s%s (%s)"
            .formatted(
                number(most.difference().getAsDouble()), unit(), Digits.rounded(most.settings()));
    long known = both.stream().filter(setting -> setting.interval().isPresent()).count();
    long beyond = both.stream().filter(setting -> !setting.withinNoise().orElse(true)).count();
    return known == 0
        ? "%s learned in both; the largest difference: %s."
            .formatted(Numbers.count(both.size(), "setting"), largest)
        : "%s of %s whose noise is known differ by more than noise; the largest difference: %s."
            .formatted(beyond, Numbers.count(known, "setting"), largest);
  }

  private String alternative(String title) {
    return "Heat maps of two studies and their difference. %s. %s".formatted(title, finding());
  }
}
