package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.data.DataSettings;
import org.vaescape.model.Models;
import org.vaescape.search.Dimension;
import org.vaescape.study.yaml.YamlWriter;
import org.vaescape.train.Optimizers;

/// Writes a study as a study file.
final class StudyText {
  private StudyText() {}

  static String of(Study study) {
    SequencedMap<String, Object> file = new LinkedHashMap<>();
    file.put("name", study.name());
    file.put("data", data(study.data(), study.rules()));
    file.put("space", section(study.space()));
    file.put("readings", section(study.readings()));
    file.put("models", members(study.rules(), Models.CATALOGUE.names()));
    file.put("optimizers", members(study.rules(), Optimizers.CATALOGUE.names()));
    SequencedMap<String, Object> train =
        section(study.rules().stream().filter(StudyText::isTraining).toList());
    train.put("time-limit", study.timeLimit() == null ? "none" : TimeLimit.text(study.timeLimit()));
    file.put("train", train);
    SequencedMap<String, Object> validation = new LinkedHashMap<>();
    find(study.rules(), StudyKeys.VALIDATION_LATENT)
        .ifPresent(latent -> validation.put("latent", value(latent)));
    validation.put("compat", study.validationCompat());
    file.put("validation", validation);
    file.put("outcomes", map("compat", study.outcomesCompat()));
    file.put("search", study.search());
    SequencedMap<String, Object> repeats = map("count", (long) study.repeats().count());
    repeats.put("split", study.repeats().split().name().toLowerCase(Locale.ROOT));
    file.put("repeats", repeats);
    file.put("seed", study.seed());
    // Only those that are set, so that whoever changes the seed of this file changes everything.
    if (!study.seeds().own().isEmpty()) {
      file.put("seeds", new LinkedHashMap<>(study.seeds().own()));
    }
    file.put("precision", study.precision());
    file.put("path", study.path());
    file.put("device", study.device());
    file.put("threads", (long) study.threads());
    file.put("keep", map("weights", study.keepWeights().name().toLowerCase(Locale.ROOT)));
    file.put("store", study.store());
    return YamlWriter.write(file, study.comments());
  }

  private static SequencedMap<String, Object> data(StudyData data, List<Dimension> rules) {
    DataSettings settings = data.settings();
    SequencedMap<String, Object> section = map("matrix", data.matrix().toString());
    if (!data.layer().isEmpty()) {
      section.put("layer", data.layer());
    }
    if (data.probeMap() != null) {
      section.put("probe-map", data.probeMap().toString());
    }
    if (!data.hash().isEmpty()) {
      section.put("hash", data.hash());
    }
    if (data.labels() != null) {
      section.put("labels", data.labels().toString());
    }
    if (data.labels() != null || !data.labelColumn().equals(StudyKeys.LABEL_COLUMN.initial())) {
      section.put("label-column", data.labelColumn());
      section.put("batch-column", data.batchColumn());
    }
    if (data.survival() != null) {
      section.put("survival", data.survival().toString());
    }
    section.put("orientation", settings.orientation().text());
    section.put("missing", settings.missing().text());
    section.put("normalize", settings.counts().normalize().text());
    section.put("log", settings.counts().log().text());
    find(rules, StudyKeys.DATA_FIT).ifPresent(fit -> section.put("fit", value(fit)));
    SequencedMap<String, Object> select = map("by", settings.by().text());
    select.put("keep", (long) settings.keep());
    section.put("select", select);
    section.put("scale", settings.scale().text());
    SequencedMap<String, Object> split = map("validation", settings.validation());
    split.put("test", settings.test());
    split.put("group", settings.group().text());
    split.put("stratify", settings.stratify().text());
    section.put("split", split);
    return section;
  }

  private static boolean isTraining(Dimension dimension) {
    String owner = owner(dimension);
    return OpenPoints.sectionOf(owner).isEmpty() && !OpenPoints.SECTIONS.contains(owner);
  }

  private static Optional<Dimension> find(List<Dimension> dimensions, String key) {
    return dimensions.stream().filter(dimension -> dimension.key().equals(key)).findFirst();
  }

  /// What stands before the dot of the key, or the key.
  private static String owner(Dimension dimension) {
    return dimension.key().replaceFirst("\\..*", "");
  }

  private static SequencedMap<String, Object> members(
      List<Dimension> dimensions, List<String> names) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    for (String name : names) {
      SequencedMap<String, Object> settings = new LinkedHashMap<>();
      for (Dimension dimension : dimensions) {
        if (dimension.key().startsWith(name + ".")) {
          settings.put(dimension.key().substring(name.length() + 1), value(dimension));
        }
      }
      if (!settings.isEmpty()) {
        members.put(name, settings);
      }
    }
    return members;
  }

  /// Keys of `space`, `readings` or `train`: members of catalogues, `stop` and a `clip` of some
  /// models have keys of their own below them.
  private static SequencedMap<String, Object> section(List<Dimension> dimensions) {
    SequencedMap<String, Object> section = new LinkedHashMap<>();
    for (String owner : dimensions.stream().map(StudyText::owner).distinct().toList()) {
      SequencedMap<String, Object> below = new LinkedHashMap<>();
      for (Dimension dimension : dimensions) {
        if (!owner(dimension).equals(owner)) {
          continue;
        }
        if (dimension.key().contains(".")) {
          putSetting(below, dimension.key().substring(owner.length() + 1), dimension, dimensions);
        } else if (StudyKeys.NAMED.stream().anyMatch(named -> named.dimension().equals(owner))) {
          put(below, "name", dimension, dimensions);
        } else if (ByModel.isLabelled(dimension, dimensions)) {
          below.put(ByModel.label(dimension), value(dimension));
        } else {
          section.put(owner, value(dimension));
        }
      }
      if (!below.isEmpty()) {
        section.put(owner, below);
      }
    }
    return section;
  }

  /// The values of a key; by model where models have different ones.
  private static void put(
      SequencedMap<String, Object> below,
      String key,
      Dimension dimension,
      List<Dimension> dimensions) {
    if (!ByModel.isLabelled(dimension, dimensions)) {
      below.put(key, value(dimension));
      return;
    }
    SequencedMap<String, Object> apart = new LinkedHashMap<>();
    dimensions.stream()
        .filter(same -> same.key().equals(dimension.key()))
        .forEach(same -> apart.put(ByModel.label(same), value(same)));
    below.put(key, apart);
  }

  /// The values of a setting; by member where members of a catalogue have different ones.
  private static void putSetting(
      SequencedMap<String, Object> below,
      String setting,
      Dimension dimension,
      List<Dimension> dimensions) {
    if (dimensions.stream().filter(d -> d.key().equals(dimension.key())).count() == 1) {
      below.put(setting, value(dimension));
      return;
    }
    if (ByModel.isLabelled(dimension, dimensions)) {
      put(below, setting, dimension, dimensions);
      return;
    }
    SequencedMap<String, Object> apart = new LinkedHashMap<>();
    for (Dimension same : dimensions) {
      if (same.key().equals(dimension.key())) {
        for (Object member : same.conditions().getLast().values()) {
          apart.put(member.toString(), value(same));
        }
      }
    }
    below.put(setting, apart);
  }

  private static Object value(Dimension dimension) {
    return dimension.varies() || dimension.key().equals("hidden")
        ? dimension.values()
        : dimension.values().getFirst();
  }

  private static SequencedMap<String, Object> map(String key, Object value) {
    SequencedMap<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }
}
