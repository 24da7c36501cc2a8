package org.vaescape.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.study.yaml.Place;
import org.vaescape.study.yaml.Yaml;
import org.vaescape.study.yaml.Yaml.Section;
import org.vaescape.study.yaml.YamlReader;

/// What the command line changes in a study file.
///
/// @param sets `KEY=VALUE`, each a dotted key and a YAML flow value; the last one of a key counts
/// @param matrix replaces the study's matrix and drops its layer and what files say of its samples
///   and genes; null leaves all of it
/// @param labels null leaves them, or drops them with the matrix
/// @param precision null leaves it
/// @param folder what relative paths are relative to: the working directory
public record Overrides(
    List<String> sets,
    @Nullable Path matrix,
    @Nullable Path labels,
    @Nullable String precision,
    Path folder) {
  /// Sections of which one has a key of a cell.
  private static final List<String> FREE = List.of("space", "readings", "train");

  /// Keys that decide the content hash of the matrix.
  private static final List<String> CONTENT =
      List.of("data.matrix", "data.layer", "data.probe-map");

  /// Keys that a single value may stand for, and what it is then.
  private static final Map<String, String> SHORT = shortForms();

  private static Map<String, String> shortForms() {
    Map<String, String> names =
        new HashMap<>(
            Map.of("repeats", "count", "clip", ByModel.OTHERS, "kl-weight", ByModel.OTHERS));
    StudyKeys.NAMED.forEach(named -> names.put(named.key(), named.word()));
    return Map.copyOf(names);
  }

  public Overrides {
    sets = List.copyOf(sets);
  }

  /// Changes nothing; paths count from the working folder.
  public static Overrides none() {
    return new Overrides(List.of(), null, null, null, Path.of(""));
  }

  /// The file with the changes made; a changed value's place is the option.
  ///
  /// @throws UserError naming the option that is no `KEY=VALUE`
  Section apply(Section file) {
    Section changed = file;
    if (matrix != null) {
      changed = set(changed, "data.matrix", path("--data", matrix));
      for (String key :
          List.of("layer", "labels", "label-column", "batch-column", "survival", "probe-map")) {
        changed = without(changed, key);
      }
    }
    if (labels != null) {
      changed = set(changed, "data.labels", path("--labels", labels));
    }
    if (precision != null) {
      Place place = new Place("--precision " + precision, 0, folder);
      changed = set(changed, "precision", new Yaml.Scalar(precision, place));
    }
    for (Change change : changes()) {
      changed = set(changed, change.key, YamlReader.option(change.value, change.place(), folder));
    }
    return changed;
  }

  /// What an option says: a key has this value.
  private record Change(String key, String value) {
    String place() {
      return "--set %s=%s".formatted(key, value);
    }

    /// The key without the section, where it may stand in several.
    String inAnySection() {
      int dot = key.indexOf('.');
      return dot > 0 && FREE.contains(key.substring(0, dot)) ? key.substring(dot + 1) : key;
    }
  }

  /// The options in their order, but for those of a name, which come before those of keys below it:
  /// `scheduler=step` would undo `scheduler.gamma=0.5` if it came later.
  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (String option : sets) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new UserError(
            "--set %s: must be KEY=VALUE, such as space.latent=10,50".formatted(option));
      }
      String key = option.substring(0, equals).strip();
      if (List.of(key.split("\\.", -1)).contains("")) {
        throw new UserError(
            "--set %s: the key %s has an empty part; write it as space.latent"
                .formatted(option, key));
      }
      Change change = new Change(key, option.substring(equals + 1));
      changes.add(placeFor(change, changes), change);
    }
    return changes;
  }

  private static int placeFor(Change change, List<Change> changes) {
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).inAnySection().startsWith(change.inAnySection() + ".")) {
        return i;
      }
    }
    return changes.size();
  }

  private Yaml path(String option, Path path) {
    return new Yaml.Scalar(path.toString(), new Place(option + " " + path, 0, folder));
  }

  private static Section set(Section file, String dotted, Yaml value) {
    List<String> keys = List.of(dotted.split("\\.", -1));
    Section moved = keys.size() > 1 && FREE.contains(keys.getFirst()) ? move(file, keys) : file;
    List<String> other = OpenPoints.otherPlace(keys);
    Section changed = set(other.isEmpty() ? moved : without(moved, other), keys, value);
    // What the old matrix was, the new one is not.
    return CONTENT.contains(dotted) ? without(changed, "hash") : changed;
  }

  private static Section set(Section section, List<String> keys, Yaml value) {
    String key = keys.getFirst();
    if (keys.size() == 1) {
      return section.with(key, value);
    }
    List<String> rest = keys.subList(1, keys.size());
    Section below = new Section(new LinkedHashMap<>(), value.place());
    if (section.has(key)) {
      Yaml old = section.entry(key).value();
      if (old instanceof Section found) {
        below = found;
      } else if (SHORT.containsKey(key)) {
        below = below.with(String.valueOf(SHORT.get(key)), old);
      }
    }
    return section.with(key, set(below, rest, value));
  }

  /// A key that is set in one free section leaves the others.
  private static Section move(Section file, List<String> keys) {
    Section changed = file;
    String key = keys.get(1);
    for (String other : FREE) {
      if (!other.equals(keys.getFirst())
          && changed.has(other)
          && changed.entry(other).value() instanceof Section section
          && section.has(key)) {
        Yaml old = section.entry(key).value();
        changed = changed.with(other, section.without(key));
        if (keys.size() > 2) {
          changed = set(changed, List.of(keys.getFirst(), key), old);
        }
      }
    }
    return changed;
  }

  private static Section without(Section section, List<String> keys) {
    String key = keys.getFirst();
    if (keys.size() == 1) {
      return section.without(key);
    }
    return section.has(key) && section.entry(key).value() instanceof Section below
        ? section.with(key, without(below, keys.subList(1, keys.size())))
        : section;
  }

  private static Section without(Section file, String key) {
    return file.has("data") && file.entry("data").value() instanceof Section data
        ? file.with("data", data.without(key))
        : file;
  }
}
