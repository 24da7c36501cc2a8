package org.vaescape.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;

/// Shares of a variation with their intervals, a row for each effect of hyper-parameters, a panel
/// for each scope.
///
/// @param panels rows by scope
record SharePlot(String title, String caption, SequencedMap<String, List<Row>> panels) {
  private static final double WIDTH = 250;
  private static final double ALONE = 420;
  private static final double INSET = 12;
  private static final double PITCH = 21;
  private static final double HEAD = 30;
  private static final double RADIUS = 3.6;
  private static final double LONGEST = 230;
  private static final int MOST_ROWS = 14;
  private static final int MOST_SCOPES = 12;

  /// Between the parts of a scope's name.
  private static final String GAP = ", ";

  /// An interaction below this is nothing that anybody would look for.
  private static final double LEAST = 0.005;

  /// A share, from 0 to 1.
  ///
  /// @param factors as [EffectShare#factors]
  private record Row(List<String> factors, double share, Optional<Interval> interval) {
    String label() {
      return String.join(" × ", factors);
    }

    boolean ofNone() {
      return EffectShare.OF_NONE.contains(factors.getFirst());
    }
  }

  /// Of one outcome, on the scale that comes first in each scope; empty where it has no shares.
  static Optional<SharePlot> of(Sensitivity found, String metric) {
    Map<String, EffectShare> first = new LinkedHashMap<>();
    SequencedMap<String, List<Row>> panels = new LinkedHashMap<>();
    for (EffectShare one : found.effects()) {
      if (!one.metric().equals(metric) || !one.isPart() || !Double.isFinite(one.estimate())) {
        continue;
      }
      EffectShare known = first.computeIfAbsent(one.scope(), _ -> one);
      if (known.scale() == one.scale() && known.method().equals(one.method())) {
        panels
            .computeIfAbsent(one.scope(), _ -> new ArrayList<>())
            .add(new Row(one.factors(), one.estimate(), one.interval()));
      }
    }
    String scales =
        first.values().stream()
            .map(one -> one.scale().text())
            .distinct()
            .collect(Collectors.joining(" or "));
    String method =
        first.values().stream().anyMatch(one -> one.method().equals(EffectShare.FOREST))
            ? " Runs that are no grid are judged on the surface of a forest."
            : "";
    return plot(
        metric + ": what its variation comes from",
        "Dots: the share of the variation of %s (%s scale) that a hyper-parameter accounts for alone, and several (×) together beyond that; lines: %s intervals, where there are any.%s"
            .formatted(metric, scales, Words.percent(Claim.CONFIDENCE), method),
        panels);
  }

  /// Of whether a run fails; empty where runs are no complete grid, or none failed.
  static Optional<SharePlot> ofFailures(Sensitivity found) {
    SequencedMap<String, List<Row>> panels = new LinkedHashMap<>();
    for (Failures failures : found.failures()) {
      if (!failures.shares().isEmpty()) {
        panels.put(
            failures.scope(),
            failures.shares().stream()
                .map(one -> new Row(one.factors(), one.share(), Optional.empty()))
                .toList());
      }
    }
    return plot(
        "What it depends on whether a run fails",
        "Dots: the share of the variation of failing, 1 or 0, that a hyper-parameter accounts for alone, and two (×) together beyond that: of these very runs, counted and not estimated.",
        panels);
  }

  private static Optional<SharePlot> plot(
      String title, String caption, SequencedMap<String, List<Row>> panels) {
    if (panels.isEmpty()) {
      return Optional.empty();
    }
    SequencedMap<String, List<Row>> shown = new LinkedHashMap<>();
    Set<String> common = commonParts(panels.sequencedKeySet());
    panels.entrySet().stream()
        .limit(MOST_SCOPES)
        .forEach(one -> shown.put(withoutParts(one.getKey(), common), one.getValue()));
    String ofAll = common.isEmpty() ? "" : " (" + String.join(GAP, common) + ")";
    String left =
        shown.size() < panels.size()
            ? " The first %s of %s scopes.".formatted(shown.size(), panels.size())
            : "";
    return Optional.of(new SharePlot(title + ofAll, title + ofAll + ". " + caption + left, shown));
  }

  /// What all scopes have in their names, such as the only model: panels are narrow, and what tells
  /// them apart stands last. Empty of a single scope.
  private static Set<String> commonParts(Collection<String> scopes) {
    Set<String> common = new LinkedHashSet<>();
    if (scopes.size() > 1) {
      scopes.stream().limit(1).forEach(scope -> common.addAll(List.of(scope.split(GAP))));
      scopes.forEach(scope -> common.retainAll(List.of(scope.split(GAP))));
    }
    return common;
  }

  private static String withoutParts(String scope, Set<String> common) {
    String rest =
        Arrays.stream(scope.split(GAP))
            .filter(part -> !common.contains(part))
            .collect(Collectors.joining(GAP));
    return rest.isEmpty() ? scope : rest;
  }

  /// Hyper-parameters from the largest share down, then interactions, then what is of none.
  private List<String> labels() {
    Map<String, Double> most = new LinkedHashMap<>();
    Map<String, Row> rows = new LinkedHashMap<>();
    panels.values().stream()
        .flatMap(List::stream)
        .forEach(row -> {
          most.merge(row.label(), row.share(), Math::max);
          rows.putIfAbsent(row.label(), row);
        });
    List<Row> ordered =
        rows.values().stream()
            .filter(
                row -> row.factors().size() == 1 || most.getOrDefault(row.label(), 0.0) >= LEAST)
            .sorted(
                Comparator.comparing(Row::ofNone)
                    .thenComparing(row -> row.factors().size() > 1)
                    .thenComparingDouble(row -> -most.getOrDefault(row.label(), 0.0)))
            .toList();
    List<String> none = ordered.stream().filter(Row::ofNone).map(Row::label).toList();
    List<String> labels =
        new ArrayList<>(
            ordered.stream()
                .filter(row -> !row.ofNone())
                .map(Row::label)
                .limit(MOST_ROWS - none.size())
                .toList());
    labels.addAll(none);
    return List.copyOf(new LinkedHashSet<>(labels));
  }

  /// The figure, under this file name.
  Figure figure(String name) {
    List<String> labels = labels();
    double plotWidth = panels.size() > 1 ? WIDTH : ALONE;
    double plotHeight = labels.size() * PITCH + 4;
    Panels layout = layout(labels, plotWidth, plotHeight);
    double width = Math.max(layout.width(), Theme.NARROWEST);
    List<String> scopes = List.copyOf(panels.keySet());
    return new Figure(
        name,
        title,
        caption,
        alternative(),
        width,
        HEAD + layout.height() + Theme.MARGIN,
        canvas -> {
          canvas.text(
              Glyphs.BOLD.fit(title, Theme.TITLE, width - 2 * Theme.MARGIN),
              Theme.MARGIN,
              Theme.MARGIN + 9,
              TextStyle.of(Theme.TITLE, Theme.INK, Anchor.START).inBold());
          layout.draw(canvas, HEAD);
          for (int i = 0; i < scopes.size(); i++) {
            double left = layout.plotLeft(i);
            double bottom = layout.plotBottom(i, HEAD);
            for (Row row : panels.getOrDefault(scopes.get(i), List.of())) {
              int place = labels.indexOf(row.label());
              if (place >= 0) {
                double y = bottom - upward(place, labels.size());
                canvas.group(words(row), () -> draw(canvas, row, left, y, plotWidth));
              }
            }
          }
        });
  }

  private Panels layout(List<String> labels, double plotWidth, double plotHeight) {
    List<String> percents = new ArrayList<>();
    List<Double> across = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 20) {
      percents.add(Integer.toString(percent));
      across.add(across(percent / 100.0, plotWidth));
    }
    List<Double> upward = new ArrayList<>();
    for (int i = labels.size() - 1; i >= 0; i--) {
      upward.add(upward(i, labels.size()));
    }
    return Panels.of(
        new Panels.Axis("share of the variation (%)", percents, across),
        new Panels.Axis("", labels.reversed(), upward),
        List.copyOf(panels.keySet()),
        plotWidth,
        plotHeight,
        LONGEST);
  }

  private static double across(double share, double plotWidth) {
    return INSET + (plotWidth - 2 * INSET) * Math.clamp(share, 0, 1);
  }

  /// Of a row, the first of which is the uppermost.
  private static double upward(int place, int rows) {
    return 2 + PITCH * (rows - place - .5);
  }

  private static void draw(Canvas canvas, Row row, double left, double y, double plotWidth) {
    String color = row.ofNone() ? Theme.QUIET : ColorMap.at(.25);
    double x = left + across(row.share(), plotWidth);
    double low = x;
    double high = x;
    if (row.interval().isPresent()) {
      low = left + across(row.interval().get().low(), plotWidth);
      high = left + across(row.interval().get().high(), plotWidth);
      canvas.polyline(new double[] {low, y, high, y}, Paint.stroke(color, 2));
    }
    canvas.circle(x, y, RADIUS, Paint.fill(color).outlined(Theme.INK, .5));
    String text =
        TextTable.percent(row.share())
            + row.interval().map(interval -> " " + Words.of(interval)).orElse("");
    double length = Glyphs.REGULAR.width(text, Theme.TICK);
    double after = Math.max(high, x + RADIUS) + 4;
    double before = Math.min(low, x - RADIUS) - 4;
    double end = left + plotWidth - 4;
    if (after + length <= end) {
      canvas.text(text, after, y + 3.6, TextStyle.of(Theme.TICK, Theme.INK, Anchor.START));
    } else if (before - length >= left + 4) {
      canvas.text(text, before, y + 3.6, TextStyle.of(Theme.TICK, Theme.INK, Anchor.END));
    } else {
      canvas.text(text, end, y - 4, TextStyle.of(Theme.TICK, Theme.INK, Anchor.END));
    }
  }

  private static String words(Row row) {
    return row.label()
        + ": "
        + Words.percent(row.share())
        + row.interval().map(interval -> " " + Words.of(interval)).orElse("");
  }

  private String alternative() {
    StringBuilder text = new StringBuilder("Dot plot of shares.");
    panels.forEach((scope, rows) -> {
      text.append(' ').append(scope).append(": ");
      text.append(
          rows.stream()
              .sorted(Comparator.comparingDouble(row -> -row.share()))
              .limit(3)
              .map(SharePlot::words)
              .collect(Collectors.joining(", ")));
      text.append('.');
    });
    return text.toString();
  }
}
