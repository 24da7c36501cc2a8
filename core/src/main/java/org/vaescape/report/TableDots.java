package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.study.FinishedTrial;

/// What the dot plots of a table show: its outcome over the two hyper-parameters that account for
/// most of its variation, with the third as panels, and the share of runs that failed over those
/// that failures depend on most; runs that differ in others only are one circle.
///
/// @param runs all of the table
record TableDots(StudyCells runs, TableColumns columns, Sensitivity found) {
  /// Texts of a hyper-parameter that can stand along an axis.
  private static final int MOST_TEXTS = 16;

  /// Values that have a panel each.
  private static final int MOST_PANELS = 8;

  /// Parts of the values of a hyper-parameter that has more.
  private static final int PARTS = 4;

  /// A plot and the name of its files.
  record Named(String name, DotPlot plot) {}

  List<Named> plots() {
    String key = columns.model();
    List<Named> plots = new ArrayList<>();
    for (String model : key.isEmpty() ? List.of("") : runs.values(key)) {
      StudyCells cells = key.isEmpty() ? runs : runs.where(key, model);
      List<String> varied =
          cells.varying().stream()
              .filter(name -> columns.factors().contains(name) && !name.equals(key))
              .toList();
      String scope = new Scope(model, new LinkedHashMap<>()).text();
      List<String> ordered = sorted(varied, shares(scope));
      String end = model.isEmpty() ? "" : "-" + model;
      plot(cells, model, ordered, Measure.of(columns))
          .ifPresent(plot -> plots.add(new Named("dots" + end + "-" + columns.outcome(), plot)));
      if (cells.trials().stream().anyMatch(trial -> !CellSummary.isComplete(trial))) {
        plot(cells, model, sorted(ordered, failing(cells)), Measure.FAILURES)
            .ifPresent(plot -> plots.add(new Named("failures-map" + end, plot)));
      }
    }
    return plots;
  }

  private static List<String> sorted(List<String> names, ToDoubleFunction<String> share) {
    return names.stream().sorted(Comparator.comparingDouble(share).reversed()).toList();
  }

  /// Main effects on the outcome, on the scale that comes first.
  private ToDoubleFunction<String> shares(String scope) {
    List<EffectShare> mains =
        found.effects().stream()
            .filter(one -> one.scope().equals(scope) && one.metric().equals(columns.outcome()))
            .filter(EffectShare::isMain)
            .filter(one -> Double.isFinite(one.estimate()))
            .toList();
    Map<String, Double> shares = new HashMap<>();
    mains.stream()
        .filter(one -> one.scale() == mains.getFirst().scale())
        .forEach(one -> shares.putIfAbsent(one.factors().getFirst(), one.estimate()));
    return name -> shares.getOrDefault(name, 0.0);
  }

  /// How much of whether a run fails a factor tells.
  private static ToDoubleFunction<String> failing(StudyCells cells) {
    return name -> {
      Map<String, String> parts = parts(cells, name, MOST_PANELS, TableDots::upTo);
      Map<String, List<FinishedTrial>> byPart = new LinkedHashMap<>();
      for (CellSummary cell : cells.cells()) {
        byPart
            .computeIfAbsent(parts.getOrDefault(cell.setting(name), ""), _ -> new ArrayList<>())
            .addAll(cell.trials());
      }
      return beyondChance(List.copyOf(byPart.values()));
    };
  }

  /// Omega squared of the failure indicator: the share of its variation that lies between groups,
  /// less what as many groups tell by chance.
  private static double beyondChance(List<List<FinishedTrial>> groups) {
    double runs = groups.stream().mapToInt(List::size).sum();
    double mean = groups.stream().flatMap(List::stream).mapToDouble(TableDots::failed).sum() / runs;
    double total = runs * mean * (1 - mean);
    double between = 0;
    for (List<FinishedTrial> group : groups) {
      double own = group.stream().mapToDouble(TableDots::failed).average().orElse(mean);
      between += group.size() * (own - mean) * (own - mean);
    }
    double noise = runs > groups.size() ? (total - between) / (runs - groups.size()) : 0;
    return total > 0 ? (between - (groups.size() - 1) * noise) / (total + noise) : 0;
  }

  private static double failed(FinishedTrial trial) {
    return CellSummary.isComplete(trial) ? 0 : 1;
  }

  /// Empty where nothing that varied can be drawn.
  private Optional<DotPlot> plot(
      StudyCells cells, String model, List<String> ordered, Measure measure) {
    List<String> drawable =
        ordered.stream()
            .filter(name -> numeric(cells, name) || cells.values(name).size() <= MOST_TEXTS)
            .limit(3)
            .toList();
    if (drawable.isEmpty()) {
      return Optional.empty();
    }
    String panels = drawable.size() > 2 ? drawable.get(2) : "";
    DotAxes axes =
        new DotAxes(
            along(cells, drawable, 0, measure),
            along(cells, drawable, 1, measure),
            panels,
            parted(cells, panels, MOST_PANELS),
            true,
            ordered.stream().filter(name -> !drawable.contains(name)).toList());
    StudyCells places = places(cells, axes, measure);
    return Optional.of(
        new DotPlot(
            (model.isEmpty() ? "" : model + ": ") + measure.title(),
            axes,
            places,
            measure,
            "",
            List.of(),
            scale(places, measure),
            1,
            1));
  }

  private static ColorScale scale(StudyCells places, Measure measure) {
    if (measure.ofAll()) {
      return new ColorScale(0, 1, false);
    }
    double[] values = places.cells().stream().mapToDouble(measure::of).toArray();
    ColorScale scale = ColorScale.of(values);
    // Where large values are good, those beyond the limits are the best and not wild.
    return measure.lowerIsBetter() ? scale : scale.reaching(values);
  }

  /// Shares of failed runs need several runs at a place, so that numbers of a range are parted.
  private DotAxes.Along along(StudyCells cells, List<String> names, int place, Measure measure) {
    if (place >= names.size()) {
      return DotAxes.Along.NOTHING;
    }
    String name = names.get(place);
    return measure.ofAll() && ValueAxis.isRange(cells.values(name))
        ? DotAxes.Along.of(name + ", quarters up to", name, false)
        : DotAxes.Along.of(name, name, columns.logarithmic().contains(name));
  }

  /// The runs by what the axes tell of them, in the order of panels.
  private static StudyCells places(StudyCells cells, DotAxes axes, Measure measure) {
    Map<String, Map<String, String>> texts = new HashMap<>();
    for (String key : List.of(axes.across().key(), axes.upward().key())) {
      boolean parted = measure.ofAll() && ValueAxis.isRange(cells.values(key));
      texts.put(key, parts(cells, key, parted ? 1 : Integer.MAX_VALUE, TableDots::upTo));
    }
    Map<String, String> panels = parts(cells, axes.panels(), MOST_PANELS, TableDots::fromTo);
    SequencedMap<SequencedMap<String, String>, List<FinishedTrial>> places = new LinkedHashMap<>();
    Map<String, List<CellSummary>> byPanel =
        cells.cells().stream().collect(Collectors.groupingBy(cell -> cell.setting(axes.panels())));
    panels.forEach((value, panel) -> {
      for (CellSummary cell : byPanel.getOrDefault(value, List.of())) {
        SequencedMap<String, String> place = new LinkedHashMap<>();
        texts.forEach((key, own) -> place.put(key, own.getOrDefault(cell.setting(key), "")));
        place.put(axes.panels(), panel);
        place.values().removeIf(String::isEmpty);
        places.computeIfAbsent(place, _ -> new ArrayList<>()).addAll(cell.trials());
      }
    });
    return new StudyCells(
        places.entrySet().stream()
            .map(one -> new CellSummary(one.getKey(), one.getValue().size(), one.getValue()))
            .toList(),
        List.of());
  }

  /// Each value in order with its text: itself, or of many numbers the part of them that it is in;
  /// last what has no value, whose text is empty.
  ///
  /// @param most values that stand for themselves
  /// @param text of a part, by its values
  private static SequencedMap<String, String> parts(
      StudyCells cells, String key, int most, Function<List<String>, String> text) {
    List<String> values = new ArrayList<>(cells.values(key));
    boolean none = values.remove("");
    if (numeric(cells, key)) {
      values.sort(Comparator.comparingDouble(value -> PlainNumber.of(value).orElseThrow()));
    }
    boolean parted = parted(cells, key, most);
    int count = parted ? Math.min(PARTS, values.size()) : values.size();
    SequencedMap<String, String> parts = new LinkedHashMap<>();
    for (int part = 0; part < count; part++) {
      List<String> own =
          values.subList(part * values.size() / count, (part + 1) * values.size() / count);
      own.forEach(value -> parts.put(value, parted ? text.apply(own) : value));
    }
    if (none) {
      parts.put("", "");
    }
    return parts;
  }

  private static boolean parted(StudyCells cells, String key, int most) {
    long values = cells.values(key).stream().filter(value -> !value.isEmpty()).count();
    return numeric(cells, key) && values > most;
  }

  private static String fromTo(List<String> part) {
    return number(part.getFirst()) + " to " + number(part.getLast());
  }

  /// A number as settings have it, so that axes put it in order.
  private static String upTo(List<String> part) {
    return number(part.getLast()).replace('−', '-');
  }

  private static String number(String value) {
    double number = PlainNumber.of(value).orElseThrow();
    return number == Math.rint(number) ? Numbers.value(number, 6) : Numbers.value(number);
  }

  private static boolean numeric(StudyCells cells, String key) {
    return !key.isEmpty()
        && cells.values(key).stream()
            .allMatch(value -> value.isEmpty() || PlainNumber.of(value).isPresent());
  }
}
