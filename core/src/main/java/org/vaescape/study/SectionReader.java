package org.vaescape.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.search.Cell;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.NearMiss;
import org.vaescape.study.yaml.Place;
import org.vaescape.study.yaml.Yaml;
import org.vaescape.study.yaml.Yaml.Items;
import org.vaescape.study.yaml.Yaml.Scalar;
import org.vaescape.study.yaml.Yaml.Section;

/// Reads a section of a study file key by key; a key that nobody asked for is an error at the end.
final class SectionReader {
  /// No network, batch or epoch count comes near, and sums of a few of them fit into 32 bits.
  private static final long LARGEST_COUNT = 100_000_000;

  private final Section section;
  private final String path;
  private final Set<String> known = new LinkedHashSet<>();

  /// @param path of the section's keys: empty, or ending in a dot
  SectionReader(Section section, String path) {
    this.section = section;
    this.path = path;
  }

  boolean has(String key) {
    known.add(key);
    return section.has(key);
  }

  Yaml value(String key) {
    return section.entry(key).value();
  }

  /// Where the key stands, or the section where it has none; an empty key is the section's.
  Place place(String key) {
    return !key.isEmpty() && has(key) ? section.entry(key).place() : section.place();
  }

  /// Keys of the file, in its order.
  List<String> keys() {
    return List.copyOf(section.entries().keySet());
  }

  String path(String key) {
    return path + key;
  }

  /// The section under a key, an empty one if the key is not there.
  SectionReader below(String key) {
    if (!has(key)) {
      return new SectionReader(
          new Section(new LinkedHashMap<>(), section.place()), path(key) + ".");
    }
    if (value(key) instanceof Section below) {
      return new SectionReader(below, path(key) + ".");
    }
    throw value(key)
        .place()
        .error(path(key) + " must be keys with values but was " + Cell.text(value(key).plain()));
  }

  /// The value under the setting's name, or its default.
  Object one(HyperParameter setting) {
    return has(setting.name())
        ? checked(setting, value(setting.name()), path)
        : setting.defaultValue();
  }

  /// The values under the setting's name, or its default.
  List<Object> many(HyperParameter setting) {
    return has(setting.name())
        ? values(setting, value(setting.name()), path)
        : List.of(setting.defaultValue());
  }

  /// The text under a key, or its default.
  String text(StudyKey of) {
    String key = of.name();
    if (!has(key)) {
      return of.initial();
    }
    if (value(key) instanceof Scalar(String word, Place place)) {
      if (word.isBlank() || word.chars().anyMatch(c -> c < ' ')) {
        throw place.error(path(key) + " must not be empty, nor have control characters");
      }
      return word;
    }
    throw value(key)
        .place()
        .error(path(key) + " must be a text but was " + Cell.text(value(key).plain()));
  }

  /// Every value of a list, or the one value; all different.
  static List<Object> values(HyperParameter setting, Yaml given, String path) {
    boolean list =
        given instanceof Items items
            && (!(setting instanceof HyperParameter.Counts) || isListOfLists(items));
    if (!list) {
      return List.of(checked(setting, given, path));
    }
    List<Object> values = new ArrayList<>();
    for (Yaml item : ((Items) given).items()) {
      Object value = checked(setting, item, path);
      if (values.contains(value)) {
        throw item.place()
            .error("%s%s has %s twice".formatted(path, setting.name(), Cell.text(value)));
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      throw given.place().error(path + setting.name() + " has no value; give it at least one");
    }
    return values;
  }

  private static boolean isListOfLists(Items items) {
    return !items.items().isEmpty() && items.items().stream().allMatch(Items.class::isInstance);
  }

  private static Object checked(HyperParameter setting, Yaml given, String path) {
    if (given instanceof Section section) {
      if (section.has("from") || section.has("to")) {
        throw given
            .place()
            .error(
                "%s%s is a range, which search: grid cannot go through; list the values"
                    .formatted(path, setting.name()));
      }
      throw given
          .place()
          .error(
              "%s%s must be %s but has keys below it"
                  .formatted(path, setting.name(), setting.rule()));
    }
    try {
      Object value = setting.check(given.plain());
      if (setting instanceof HyperParameter.Count
          && value instanceof Long count
          && count > LARGEST_COUNT
          && !setting.equals(StudyKeys.SEED)
          && !StudyKeys.OWN_SEEDS.contains(setting)) {
        throw new IllegalArgumentException(
            "%s must be at most %d but was %d".formatted(setting.name(), LARGEST_COUNT, count));
      }
      return value;
    } catch (IllegalArgumentException e) {
      throw given.place().error(path + e.getMessage(), e);
    }
  }

  /// Refuses keys that nobody asked for.
  ///
  /// @param elsewhere dotted keys of other sections, to point to
  /// @throws UserError with place and near miss
  void finish(Collection<String> elsewhere) {
    for (Map.Entry<String, Yaml.Entry> entry : section.entries().entrySet()) {
      String key = entry.getKey();
      if (!known.contains(key)) {
        String hint =
            NearMiss.of(key, known)
                .map(this::path)
                .or(() -> elsewhere.stream().filter(k -> k.endsWith("." + key)).findFirst())
                .map(near -> "did you mean " + near + "?")
                .orElse(
                    known.isEmpty()
                        ? "nothing can be set here"
                        : "known here: " + String.join(", ", known));
        throw entry.getValue().place().error("unknown key %s; %s".formatted(path(key), hint));
      }
    }
  }
}
