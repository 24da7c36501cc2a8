package org.vaescape.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.model.Activations;
import org.vaescape.model.Initializers;
import org.vaescape.model.Models;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Catalogue;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Searches;
import org.vaescape.study.Metric;
import org.vaescape.study.Metrics;
import org.vaescape.study.Presets;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Schedulers;
import org.vaescape.train.StopRules;
import org.vaescape.train.WarmUps;

/// Everything that `list` can print.
final class Catalogues {
  static final String NO_SOURCE = "-";

  private Catalogues() {}

  /// What can be chosen, by the word that `list` takes.
  static SequencedMap<String, List<Line>> all() {
    SequencedMap<String, List<Line>> all = new LinkedHashMap<>();
    all.put("models", lines(Models.CATALOGUE));
    all.put("optimizers", lines(Optimizers.CATALOGUE));
    all.put("initializers", lines(Initializers.CATALOGUE));
    all.put("schedulers", lines(Schedulers.CATALOGUE));
    all.put("activations", lines(Activations.CATALOGUE));
    all.put("normalizations", lines(Normalizations.CATALOGUE));
    all.put("outputs", lines(Outputs.CATALOGUE));
    all.put("stop-rules", lines(StopRules.CATALOGUE));
    all.put("reconstructions", lines(Reconstructions.CATALOGUE));
    all.put("warm-ups", lines(WarmUps.CATALOGUE));
    all.put("metrics", metrics());
    all.put("searches", lines(Searches.CATALOGUE));
    all.put(
        "presets",
        Presets.ALL.stream()
            .map(preset -> new Line(preset.name(), preset.summary(), List.of(), NO_SOURCE))
            .toList());
    return all;
  }

  private static List<Line> lines(Catalogue<?> catalogue) {
    return catalogue.members().stream()
        .map(
            member -> new Line(member.name(), member.summary(), member.settings(), member.source()))
        .toList();
  }

  private static List<Line> metrics() {
    List<Line> lines = new ArrayList<>();
    for (Metric metric : Metrics.ALL) {
      lines.add(new Line(metric.name(), metric.text(), List.of(), metric.source()));
    }
    Metrics.variants()
        .forEach((name, meaning) -> lines.add(new Line(name, meaning, List.of(), NO_SOURCE)));
    return lines;
  }

  /// One thing that can be chosen.
  ///
  /// @param source `-` where there is none to name
  record Line(String name, String summary, List<HyperParameter> settings, String source) {}

  /// The words that `list` takes, for its help.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return all().keySet().iterator();
    }
  }
}
