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
import org.vaescape.study.StudyKey;
import org.vaescape.study.StudyKeys;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Schedulers;
import org.vaescape.train.StopRules;
import org.vaescape.train.WarmUps;

/// Everything that `list` can print.
final class Catalogues {
  static final String NO_SOURCE = "-";

  private Catalogues() {}

  /// By the words that `list` takes.
  private static final SequencedMap<String, Catalogue<?>> CATALOGUES = catalogues();

  private static SequencedMap<String, Catalogue<?>> catalogues() {
    SequencedMap<String, Catalogue<?>> catalogues = new LinkedHashMap<>();
    catalogues.put("models", Models.CATALOGUE);
    catalogues.put("optimizers", Optimizers.CATALOGUE);
    catalogues.put("initializers", Initializers.CATALOGUE);
    catalogues.put("schedulers", Schedulers.CATALOGUE);
    catalogues.put("activations", Activations.CATALOGUE);
    catalogues.put("normalizations", Normalizations.CATALOGUE);
    catalogues.put("outputs", Outputs.CATALOGUE);
    catalogues.put("stop-rules", StopRules.CATALOGUE);
    catalogues.put("reconstructions", Reconstructions.CATALOGUE);
    catalogues.put("warm-ups", WarmUps.CATALOGUE);
    catalogues.put("searches", Searches.CATALOGUE);
    return catalogues;
  }

  /// What a study consists of and can choose, by the word that `list` takes.
  static SequencedMap<String, List<Line>> all() {
    SequencedMap<String, List<Line>> all = new LinkedHashMap<>();
    all.put("keys", StudyKeys.all().stream().map(Catalogues::line).toList());
    CATALOGUES.forEach((kind, catalogue) -> all.put(kind, lines(catalogue)));
    all.put("metrics", metrics());
    all.put(
        "presets",
        Presets.ALL.stream()
            .map(preset -> new Line(preset.name(), preset.summary(), List.of(), NO_SOURCE))
            .toList());
    return all;
  }

  /// A key with default, rule and meaning; members of catalogues have lists of their own.
  private static Line line(StudyKey key) {
    String initial = key.initial().isEmpty() ? "no default" : "default " + key.initial();
    String rule =
        CATALOGUES.entrySet().stream()
            .filter(kind -> kind.getValue().names().equals(key.words()))
            .findFirst()
            .map(kind -> "see list " + kind.getKey())
            .orElse(key.rule());
    return new Line(
        key.path(), String.join("; ", initial, rule, key.meaning()), List.of(), NO_SOURCE);
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
