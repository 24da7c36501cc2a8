package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Cell;
import org.vaescape.search.Condition;
import org.vaescape.search.Dimension;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.NearMiss;
import org.vaescape.study.ByModel.Given;
import org.vaescape.study.StudyKeys.Named;
import org.vaescape.study.yaml.Place;
import org.vaescape.study.yaml.Yaml.Items;
import org.vaescape.study.yaml.Yaml.Section;
import org.vaescape.train.Optimizers;

/// Reads the sections whose values may vary: `space`, `readings`, `train`, `models`, `optimizers`.
final class DimensionReader {
  /// Keys that have keys of their own below them.
  private static final List<String> SPECIAL =
      Stream.concat(StudyKeys.NAMED.stream().map(Named::key), Stream.of("clip")).toList();

  private final Map<String, Place> readIn = new LinkedHashMap<>();

  /// Keys of `space`, in the order of the file.
  List<Dimension> space(SectionReader section) {
    OpenPoints.refuse(section);
    know(section);
    section.finish(StudyKeys.elsewhere());
    return section.keys().stream().flatMap(key -> dimensions(section, key).stream()).toList();
  }

  /// Keys of `readings`, in the order of the file: those of `space`, and those that else stand in a
  /// section of their own.
  List<Dimension> readings(SectionReader section) {
    List<Dimension> dimensions = new ArrayList<>();
    know(section);
    Models.CATALOGUE.names().forEach(section::has);
    Optimizers.CATALOGUE.names().forEach(section::has);
    OpenPoints.SECTIONS.forEach(section::has);
    section.finish(StudyKeys.elsewhere());
    for (String key : section.keys()) {
      dimensions.addAll(
          OpenPoints.sectionOf(key).isPresent() || OpenPoints.SECTIONS.contains(key)
              ? readings(section.below(key), key)
              : dimensions(section, key));
    }
    return dimensions;
  }

  private static void know(SectionReader section) {
    StudyKeys.dimensions().keySet().forEach(section::has);
    SPECIAL.forEach(section::has);
  }

  /// Settings of one model or optimizer, or keys of one section, that are readings.
  private List<Dimension> readings(SectionReader below, String name) {
    List<Dimension> dimensions = new ArrayList<>();
    for (HyperParameter setting : OpenPoints.settings(name)) {
      if (below.has(setting.name())) {
        String key = name + "." + setting.name();
        readIn.put(key, below.place(setting.name()));
        List<Object> values = below.many(setting);
        dimensions.add(
            OpenPoints.SECTIONS.contains(name) ? Dimension.of(key, values) : ofMember(key, values));
      }
    }
    below.finish(StudyKeys.elsewhere());
    return dimensions;
  }

  /// @param key the name of a model or optimizer, a dot and a setting
  private static Dimension ofMember(String key, List<Object> values) {
    String name = key.substring(0, key.indexOf('.'));
    String owner = Models.CATALOGUE.names().contains(name) ? "model" : "optimizer";
    return new Dimension(key, values, List.of(new Condition(owner, List.of(name))));
  }

  /// Keys of the network that no section has, at their defaults.
  ///
  /// @param read what sections have
  List<Dimension> missing(List<Dimension> read) {
    List<Dimension> dimensions = new ArrayList<>();
    for (HyperParameter setting : StudyKeys.NETWORK.values()) {
      if (!readIn.containsKey(setting.name())) {
        List<Given> defaults =
            setting.name().equals("kl-weight")
                ? ByModel.defaultKlWeight(setting, read)
                : List.of(Given.toAll(List.of(setting.defaultValue())));
        defaults.forEach(given -> dimensions.add(dimension(setting.name(), given)));
      }
    }
    return dimensions;
  }

  /// The keys of `train` that are not in `space` or `readings`, at their defaults where absent.
  List<Dimension> training(SectionReader train) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String key : StudyKeys.TRAINING.keySet()) {
      if (train.has(key) || !readIn.containsKey(key)) {
        dimensions.addAll(dimensions(train, key));
      }
    }
    for (String key : SPECIAL) {
      if (train.has(key) || !readIn.containsKey(key)) {
        dimensions.addAll(dimensions(train, key));
      }
    }
    return dimensions;
  }

  private List<Dimension> dimensions(SectionReader section, String key) {
    Place before = readIn.putIfAbsent(key, section.place(key));
    if (before != null) {
      throw section
          .place(key)
          .error(
              "%s stands here and in another section (%s); keep one"
                  .formatted(section.path(key), before));
    }
    HyperParameter plain = StudyKeys.dimensions().get(key);
    if (plain != null) {
      List<Given> all =
          key.equals("kl-weight")
              ? ByModel.values(section, plain)
              : List.of(Given.toAll(section.many(plain)));
      return all.stream().map(given -> dimension(key, given)).toList();
    }
    return key.equals("clip") ? clip(section) : named(section, StudyKeys.named(key));
  }

  private static Dimension dimension(String key, Given given) {
    return new Dimension(key, given.values(), given.conditions());
  }

  private static List<Condition> joined(List<Condition> some, List<Condition> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  /// A member of a catalogue that is chosen by name, and the settings of all members that are
  /// named, or given a value.
  ///
  /// @param section in which the key may stand, with the name alone or keys of its own
  static List<Dimension> named(SectionReader section, Named named) {
    String key = named.key();
    String path = section.path(key + ".");
    boolean nameAlone = section.has(key) && !(section.value(key) instanceof Section);
    SectionReader below =
        section.has(key) && !nameAlone
            ? section.below(key)
            : new SectionReader(empty(section), path);
    List<Given> given =
        nameAlone
            ? List.of(Given.toAll(SectionReader.values(named.choice(), section.value(key), path)))
            : ByModel.mayDiffer(named)
                ? ByModel.values(below, named.choice())
                : List.of(Given.toAll(below.many(named.choice())));
    List<Dimension> dimensions = new ArrayList<>();
    given.forEach(each -> dimensions.add(dimension(named.dimension(), each)));
    Set<Object> names = new LinkedHashSet<>();
    given.forEach(each -> names.addAll(each.values()));
    SequencedMap<String, SequencedMap<String, HyperParameter>> owners = new LinkedHashMap<>();
    for (Member<?> member : named.catalogue().members()) {
      for (HyperParameter setting : member.settings()) {
        owners
            .computeIfAbsent(setting.name(), _ -> new LinkedHashMap<>())
            .put(member.name(), setting);
      }
    }
    owners.forEach((setting, members) ->
        byValues(below, named, setting, members)
            .forEach((values, all) -> {
              List<Object> inUse = all.stream().filter(names::contains).toList();
              if (below.has(setting) || !inUse.isEmpty()) {
                dimensions.add(
                    new Dimension(
                        key + "." + setting,
                        values.values(),
                        joined(
                            List.of(
                                new Condition(named.dimension(), inUse.isEmpty() ? all : inUse)),
                            values.conditions())));
              }
            }));
    below.finish(List.of());
    return dimensions;
  }

  /// The members that have a setting, by the values that they take: those of the section, which may
  /// tell members apart (`gamma: {step: 0.5}`), or models, or their defaults.
  private static SequencedMap<Given, List<Object>> byValues(
      SectionReader below, Named named, String name, SequencedMap<String, HyperParameter> owners) {
    SequencedMap<Given, List<Object>> members = new LinkedHashMap<>();
    if (ByModel.mayDiffer(named) && ByModel.differs(below, name)) {
      owners.forEach((member, setting) -> {
        for (Given given : ByModel.values(below, setting)) {
          members.computeIfAbsent(given, _ -> new ArrayList<>()).add(member);
        }
      });
      return members;
    }
    boolean apart =
        below.has(name)
            && below.value(name) instanceof Section told
            && told.entries().keySet().stream().anyMatch(owners::containsKey);
    SectionReader each =
        apart ? below.below(name) : new SectionReader(empty(below), below.path(name + "."));
    owners.forEach((member, setting) -> {
      List<Object> values =
          each.has(member)
              ? SectionReader.values(setting, each.value(member), below.path(""))
              : apart ? List.of(setting.defaultValue()) : below.many(setting);
      members.computeIfAbsent(Given.toAll(values), _ -> new ArrayList<>()).add(member);
    });
    each.finish(List.of());
    return members;
  }

  private static Section empty(SectionReader section) {
    return new Section(new LinkedHashMap<>(), section.place(""));
  }

  private static List<Dimension> clip(SectionReader section) {
    List<Dimension> dimensions =
        ByModel.values(section, StudyKeys.CLIP).stream()
            .map(given -> dimension("clip", given))
            .toList();
    return dimensions.isEmpty()
        ? List.of(Dimension.of("clip", List.of(StudyKeys.NO_CLIP)))
        : dimensions;
  }

  /// The settings of every member of a catalogue that is in use or has a section.
  ///
  /// @param key that names the member in a cell: `model`, `optimizer`
  private List<Dimension> members(
      SectionReader section, Catalogue<?> catalogue, String key, List<Dimension> used) {
    checkNames(section, catalogue);
    Set<Object> inUse = new LinkedHashSet<>();
    used.stream().filter(d -> d.key().equals(key)).forEach(d -> inUse.addAll(d.values()));
    List<Dimension> dimensions = new ArrayList<>();
    for (Member<?> member : catalogue.members()) {
      if (!section.has(member.name()) && !inUse.contains(member.name())) {
        continue;
      }
      SectionReader below = section.below(member.name());
      for (HyperParameter setting : member.settings()) {
        boolean ofAll = key.equals("optimizer") && setting.name().equals(StudyKeys.WEIGHT_DECAY);
        if (ofAll && !below.has(setting.name())) {
          continue; // the training key says it
        }
        String name = member.name() + "." + setting.name();
        if (isReading(below, setting.name(), name)) {
          continue;
        }
        dimensions.add(ofMember(name, below.many(setting)));
      }
      below.finish(List.of());
    }
    return dimensions;
  }

  List<Dimension> members(SectionReader models, SectionReader optimizers, List<Dimension> used) {
    return Stream.concat(
            members(models, Models.CATALOGUE, "model", used).stream(),
            members(optimizers, Optimizers.CATALOGUE, "optimizer", used).stream())
        .toList();
  }

  /// A key of a section that may be a reading; empty if it is one.
  List<Dimension> ofSection(SectionReader section, String name) {
    HyperParameter setting = Objects.requireNonNull(OpenPoints.OF_SECTIONS.get(name));
    if (section.has(setting.name()) && section.value(setting.name()) instanceof Items list) {
      throw list.place()
          .error(
              "%s must be one value but was %s; a list stands under readings.%s"
                  .formatted(name, Cell.text(list.plain()), name));
    }
    return isReading(section, setting.name(), name)
        ? List.of()
        : List.of(Dimension.of(name, List.of(section.one(setting))));
  }

  /// Whether `readings` has the key.
  ///
  /// @param key as the section has it
  /// @param name as cells have it
  /// @throws UserError if the section has it as well
  private boolean isReading(SectionReader section, String key, String name) {
    Place reading = readIn.get(name);
    if (reading != null && section.has(key)) {
      throw section
          .place(key)
          .error(
              "%s stands here and as a reading (%s); keep one"
                  .formatted(section.path(key), reading));
    }
    return reading != null;
  }

  private static void checkNames(SectionReader section, Catalogue<?> catalogue) {
    for (String name : section.keys()) {
      if (!catalogue.names().contains(name)) {
        throw section
            .place(name)
            .error(NearMiss.unknown(catalogue.kind(), name, catalogue.names()));
      }
    }
  }
}
