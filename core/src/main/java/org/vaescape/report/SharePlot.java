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

  /// Of a panel below two others.
  private static final double BOTH = 2 * WIDTH + Panels.GAP;

  /// In a column of a paper, where two panels stand side by side.
  private static final double NARROWEST = 80;

  /// Of a panel with a tick at each fifth.
  private static final double WIDE = 150;

  private static final double INSET = 12;
  private static final double PITCH = 21;

  /// Of rows whose labels have two lines.
  private static final double WIDE_PITCH = 24;

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

  /// Scopes with the same hyper-parameters, whose panels share their rows.
  ///
  /// @param pitch of the rows
  /// @param labels of the rows, from the top
  /// @param small labels of interactions that are too small in all of them
  /// @param beyond labels of the rows that are too many, with the smallest shares
  private record Block(
      double pitch,
      List<String> scopes,
      List<String> labels,
      List<String> small,
      List<String> beyond) {
    double plotHeight() {
      return labels.size() * pitch + 4;
    }

    /// Of a row, the first of which is the uppermost, from the lower edge.
    double upward(int place) {
      return 2 + pitch * (labels.size() - place - .5);
    }
  }

  private List<Block> blocks(Format format) {
    SequencedMap<Set<String>, List<String>> alike = new LinkedHashMap<>();
    panels.forEach((scope, rows) -> {
      Set<String> single =
          rows.stream()
              .filter(row -> row.factors().size() == 1 && !row.ofNone())
              .map(Row::label)
              .collect(Collectors.toSet());
      alike.computeIfAbsent(single, _ -> new ArrayList<>()).add(scope);
    });
    return alike.values().stream().map(scopes -> block(scopes, format)).toList();
  }

  /// Hyper-parameters from the largest share down, then interactions, then what is of none.
  private Block block(List<String> scopes, Format format) {
    Map<String, Double> most = new LinkedHashMap<>();
    Map<String, Row> rows = new LinkedHashMap<>();
    scopes.stream()
        .flatMap(scope -> panels.getOrDefault(scope, List.of()).stream())
        .forEach(row -> {
          most.merge(row.label(), row.share(), Math::max);
          rows.putIfAbsent(row.label(), row);
        });
    List<Row> ordered =
        rows.values().stream()
            .sorted(
                Comparator.comparing((Row row) -> row.factors().size() > 1)
                    .thenComparingDouble(row -> -most.getOrDefault(row.label(), 0.0)))
            .toList();
    List<String> labels = new ArrayList<>();
    List<String> small = new ArrayList<>();
    List<String> beyond = new ArrayList<>();
    List<String> none = ordered.stream().filter(Row::ofNone).map(Row::label).toList();
    for (Row row : ordered) {
      String label = row.label();
      if (row.ofNone()) {
        continue;
      }
      if (row.factors().size() > 1 && most.getOrDefault(label, 0.0) < LEAST) {
        small.add(label);
      } else if (labels.size() >= MOST_ROWS - none.size()) {
        beyond.add(label);
      } else {
        labels.add(label);
      }
    }
    labels.addAll(none);
    double room = Panels.Side.longest(format, LONGEST);
    boolean wide =
        labels.stream().anyMatch(label -> Glyphs.REGULAR.width(label, Theme.TICK) > room);
    double pitch = wide ? WIDE_PITCH : PITCH;
    return new Block(pitch, scopes, labels, small, beyond);
  }

  /// How many rows no panel has; empty if none.
  private static String leftOut(List<Block> blocks) {
    long small = blocks.stream().flatMap(block -> block.small.stream()).distinct().count();
    long beyond = blocks.stream().flatMap(block -> block.beyond.stream()).distinct().count();
    List<String> words = new ArrayList<>();
    if (small > 0) {
      words.add(Numbers.count(small, "interaction") + " below " + Words.percent(LEAST));
    }
    if (beyond > 0) {
      words.add(Numbers.count(beyond, "row") + " beyond the " + MOST_ROWS + " of a panel");
    }
    return words.isEmpty() ? "" : " Not drawn: " + String.join(", and ", words) + ".";
  }

  /// The figure, under this file name.
  Figure figure(String name, Format format) {
    List<Block> blocks = blocks(format);
    List<Panels> layouts =
        blocks.stream()
            .map(block -> layout(block, format, blocks.size() > 1 ? BOTH : ALONE))
            .toList();
    double width =
        Math.max(layouts.stream().mapToDouble(Panels::width).max().orElse(0), format.narrowest());
    double height = layouts.stream().mapToDouble(one -> one.height() + Theme.MARGIN).sum();
    return Figure.of(
        name,
        title,
        caption + leftOut(blocks),
        alternative(),
        width,
        height - Theme.MARGIN,
        (canvas, top) -> {
          double y = top;
          for (int i = 0; i < blocks.size(); i++) {
            draw(canvas, blocks.get(i), layouts.get(i), y);
            y += layouts.get(i).height() + Theme.MARGIN;
          }
        },
        _ -> {});
  }

  private void draw(Canvas canvas, Block block, Panels layout, double top) {
    layout.draw(canvas, top);
    for (int i = 0; i < block.scopes.size(); i++) {
      double left = layout.plotLeft(i);
      double bottom = layout.plotBottom(i, top);
      for (Row row : panels.getOrDefault(block.scopes.get(i), List.of())) {
        int place = block.labels.indexOf(row.label());
        if (place >= 0) {
          double y = bottom - block.upward(place);
          canvas.group(words(row), () -> draw(canvas, row, left, y, layout.plotWidth()));
        }
      }
    }
  }

  private static Panels layout(Block block, Format format, double alone) {
    List<Double> upward = new ArrayList<>();
    for (int i = block.labels.size() - 1; i >= 0; i--) {
      upward.add(block.upward(i));
    }
    Panels.Axis rows = new Panels.Axis("", block.labels.reversed(), upward);
    Panels.Side side = Panels.Side.of(format, rows, block.plotHeight(), LONGEST);
    int count = block.scopes.size();
    double least = side.room() < WIDTH ? NARROWEST : WIDTH;
    double plotWidth = side.shared(count, least, count > 1 ? WIDTH : alone);
    List<String> percents = new ArrayList<>();
    List<Double> across = new ArrayList<>();
    int step = plotWidth < WIDE ? 50 : 20;
    for (int percent = 0; percent <= 100; percent += step) {
      percents.add(Integer.toString(percent));
      across.add(across(percent / 100.0, plotWidth));
    }
    return new Panels(
        new Panels.Axis("share of the variation (%)", percents, across),
        side,
        block.scopes,
        plotWidth);
  }

  private static double across(double share, double plotWidth) {
    return INSET + (plotWidth - 2 * INSET) * Math.clamp(share, 0, 1);
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
    // The interval in numbers where there is room for it; its line shows it all the same.
    double after = Math.max(high, x + RADIUS) + 4;
    double before = Math.min(low, x - RADIUS) - 4;
    String share = TextTable.percent(row.share());
    String interval = row.interval().map(one -> " " + Words.of(one)).orElse("");
    for (String text : List.of(share + interval, share)) {
      double length = Glyphs.REGULAR.width(text, Theme.TICK);
      if (after + length <= left + plotWidth - 4) {
        canvas.text(text, after, y + 3.6, TextStyle.of(Theme.TICK, Theme.INK, Anchor.START));
        return;
      }
      if (before - length >= left + 4) {
        canvas.text(text, before, y + 3.6, TextStyle.of(Theme.TICK, Theme.INK, Anchor.END));
        return;
      }
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
