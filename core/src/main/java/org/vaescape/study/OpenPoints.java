package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.NearMiss;
import org.vaescape.study.yaml.Yaml.Entry;
import org.vaescape.study.yaml.Yaml.Section;
import org.vaescape.train.Optimizers;

/// Keys that stand in a section of their own and that `readings` takes as well, under the name that
/// they have in a cell: `iwae.compat`, which else stands in `models`, and `validation.latent`.
final class OpenPoints {
  private static final String MODELS = "models";
  private static final String OPTIMIZERS = "optimizers";

  /// Keys of other sections than `models` and `optimizers`, with the section's name first.
  static final Map<String, HyperParameter> OF_SECTIONS =
      Map.of(StudyKeys.VALIDATION_LATENT, StudyKeys.LATENT, StudyKeys.DATA_FIT, StudyKeys.FIT);

  /// These sections.
  static final List<String> SECTIONS = List.of("validation", "data");

  private OpenPoints() {}

  /// The section of a key that readings take too, by what stands before the dot of its name.
  static Optional<String> sectionOf(String owner) {
    if (Models.CATALOGUE.names().contains(owner)) {
      return Optional.of(MODELS);
    }
    return Optimizers.CATALOGUE.names().contains(owner)
        ? Optional.of(OPTIMIZERS)
        : Optional.empty();
  }

  /// Where else in a study file a key stands that has one of both places, empty if it has but one:
  /// `models.iwae.compat` of `readings.iwae.compat`, and the other way round.
  static List<String> otherPlace(List<String> keys) {
    String dotted = String.join(".", keys);
    if (OF_SECTIONS.containsKey(dotted)) {
      return Stream.concat(Stream.of("readings"), keys.stream()).toList();
    }
    if (keys.size() != 3) {
      return List.of();
    }
    if (OF_SECTIONS.keySet().stream().anyMatch(key -> dotted.equals("readings." + key))) {
      return keys.subList(1, keys.size());
    }
    String name = keys.get(1);
    Optional<String> home = sectionOf(name);
    if (keys.getFirst().equals("readings")) {
      return home.map(section -> List.of(section, name, keys.getLast())).orElse(List.of());
    }
    return home.filter(keys.getFirst()::equals).isPresent()
        ? List.of("readings", name, keys.getLast())
        : List.of();
  }

  /// What may be a reading below this name: settings of the model or optimizer, keys of the
  /// section.
  static List<HyperParameter> settings(String name) {
    if (SECTIONS.contains(name)) {
      return OF_SECTIONS.entrySet().stream()
          .filter(key -> key.getKey().startsWith(name + "."))
          .map(Map.Entry::getValue)
          .toList();
    }
    return Stream.of(Models.CATALOGUE, Optimizers.CATALOGUE)
        .flatMap(catalogue -> catalogue.members().stream())
        .filter(member -> member.name().equals(name))
        .map(Member::settings)
        .flatMap(List::stream)
        .toList();
  }

  /// Points to the place of keys that somebody looks for in this section.
  ///
  /// @throws UserError with place and near miss
  static void refuse(SectionReader section) {
    for (String key : section.keys()) {
      Optional<String> home = sectionOf(key);
      boolean misplaced = SECTIONS.contains(key) && !section.path("").isEmpty();
      if (home.isEmpty() && !misplaced) {
        continue;
      }
      String unknown = key;
      Optional<String> near = Optional.empty();
      if (section.value(key) instanceof Section below && !below.entries().isEmpty()) {
        String setting = below.entries().firstEntry().getKey();
        unknown += "." + setting;
        near = NearMiss.of(setting, settings(key).stream().map(HyperParameter::name).toList());
      }
      if (home.isEmpty() && near.isEmpty()) {
        continue; // a key of data, say, that is no reading
      }
      throw section
          .place(key)
          .error(
              "unknown key %s; did you mean %s.%s%s, where a list is a dimension too?"
                  .formatted(
                      section.path(unknown),
                      home.orElse("readings"),
                      key,
                      near.map(setting -> "." + setting).orElse("")));
    }
  }

  /// The file with dotted keys of `space` and `readings` as keys below keys.
  ///
  /// @throws UserError if a key is there in both ways
  static Section nested(Section file) {
    Section changed = file;
    for (String free : List.of("space", "readings")) {
      if (file.has(free) && file.entry(free).value() instanceof Section section) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        section
            .entries()
            .forEach((key, entry) -> {
              List<String> keys = List.of(key.split("\\.", -1));
              put(entries, free, keys.contains("") ? List.of(key) : keys, entry);
            });
        changed = changed.with(free, new Section(entries, section.place()));
      }
    }
    return changed;
  }

  private static void put(
      SequencedMap<String, Entry> entries, String path, List<String> keys, Entry entry) {
    String key = keys.getFirst();
    String dotted = path + "." + key;
    Entry old = entries.get(key);
    if (old == null && keys.size() == 1) {
      entries.put(key, entry);
      return;
    }
    SequencedMap<String, Entry> below = new LinkedHashMap<>();
    if (old != null) {
      if (!(old.value() instanceof Section section)) {
        throw entry
            .place()
            .error("%s stands here and above (%s); keep one".formatted(dotted, old.place()));
      }
      below.putAll(section.entries());
    }
    if (keys.size() > 1) {
      put(below, dotted, keys.subList(1, keys.size()), entry);
    } else if (entry.value() instanceof Section section) {
      section.entries().forEach((name, each) -> put(below, dotted, List.of(name), each));
    } else {
      throw entry
          .place()
          .error(
              "%s stands here and above (%s); keep one"
                  .formatted(dotted, Objects.requireNonNull(old).place()));
    }
    Entry first = old == null ? entry : old;
    entries.put(
        key,
        new Entry(
            new Section(below, first.value().place()),
            first.place(),
            old == null ? List.of() : old.comments()));
  }
}
