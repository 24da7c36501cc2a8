package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.Condition;
import org.vaescape.search.Dimension;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.NearMiss;
import org.vaescape.study.StudyKeys.Named;
import org.vaescape.study.yaml.Yaml.Section;

/// Keys whose value may differ between models: `kl-weight: {dip-vae: 1, others: batch/n}`. The KL
/// weight may differ between objectives too.
final class ByModel {
  /// Stands for all models that a key does not name.
  static final String OTHERS = "others";

  private static final String MODEL = "model";
  private static final String OBJECTIVE = "objective";
  private static final String KL_WEIGHT = "kl-weight";

  /// Catalogues whose member, and its settings, may differ between models.
  private static final Set<String> CATALOGUES = Set.of("scheduler");

  private ByModel() {}

  /// Values, and the cells that have them.
  ///
  /// @param conditions empty for all cells
  record Given(List<Object> values, List<Condition> conditions) {
    Given {
      values = List.copyOf(values);
      conditions = List.copyOf(conditions);
    }

    static Given toAll(List<Object> values) {
      return new Given(values, List.of());
    }
  }

  static boolean mayDiffer(Named named) {
    return CATALOGUES.contains(named.key());
  }

  /// Whether a section has, under a key, values by model.
  static boolean differs(SectionReader section, String key) {
    return section.has(key)
        && section.value(key) instanceof Section told
        && told.entries().keySet().stream().anyMatch(name -> names(key).contains(name));
  }

  /// The values under a setting's name: of each model that is named, and of the others.
  static List<Given> values(SectionReader section, HyperParameter setting) {
    String key = setting.name();
    if (!section.has(key) || !(section.value(key) instanceof Section)) {
      return List.of(Given.toAll(section.many(setting)));
    }
    SectionReader below = section.below(key);
    List<Object> others = models(key);
    others.removeIf(model -> below.has((String) model));
    List<Given> all = new ArrayList<>();
    for (String name : below.keys()) {
      if (!names(key).contains(name)) {
        throw below.place(name).error(unknown(key, name));
      }
      List<Object> values =
          SectionReader.values(setting, below.value(name), section.path(key) + ": ");
      if (Models.CATALOGUE.names().contains(name)) {
        all.add(new Given(values, List.of(new Condition(MODEL, List.of(name)))));
      } else if (name.equals(OTHERS)) {
        all.add(new Given(values, List.of(new Condition(MODEL, others))));
      } else if (below.has(OTHERS)) {
        throw below
            .place(name)
            .error(
                "%s.%s stands beside others; give a value to others, or one to each objective"
                    .formatted(section.path(key), name));
      } else {
        List<Condition> conditions = new ArrayList<>();
        if (others.size() < models(key).size()) {
          conditions.add(new Condition(MODEL, others));
        }
        conditions.add(new Condition(OBJECTIVE, List.of(name)));
        all.add(new Given(values, conditions));
      }
    }
    return all;
  }

  private static String unknown(String key, String name) {
    return Models.CATALOGUE.names().contains(name)
        ? "the model %s has no KL term that %s could weigh; take it away here".formatted(name, key)
        : NearMiss.unknown(MODEL, name, names(key));
  }

  /// What may stand below the key.
  private static List<String> names(String key) {
    Stream<String> objectives =
        key.equals(KL_WEIGHT) ? StudyKeys.OBJECTIVES.stream() : Stream.empty();
    return Stream.of(models(key).stream().map(String::valueOf), Stream.of(OTHERS), objectives)
        .flatMap(each -> each)
        .toList();
  }

  /// The models that have the key at all.
  private static List<Object> models(String key) {
    return Models.CATALOGUE.members().stream()
        .filter(model -> !key.equals(KL_WEIGHT) || model.create(Map.of()).weighsKl())
        .<Object>map(Member::name)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// The default weight of the KL: where the loss is in nats, that of the evidence bound.
  static List<Given> defaultKlWeight(HyperParameter setting, List<Dimension> all) {
    List<Object> objectives = valuesOf(OBJECTIVE, all);
    List<Given> weights = new ArrayList<>();
    for (Object objective : objectives) {
      Object weight = objective.equals(StudyKeys.ELBO) ? (Object) 1.0 : setting.defaultValue();
      weights.add(
          new Given(
              List.of(weight),
              objectives.size() == 1
                  ? List.of()
                  : List.of(new Condition(OBJECTIVE, List.of(objective)))));
    }
    return weights;
  }

  /// Refuses a key that some models or objectives of the study have no value of.
  ///
  /// @param source of the study, for the message
  static void checkComplete(String source, List<Dimension> all) {
    Set<String> keys = new LinkedHashSet<>();
    all.stream().filter(ByModel::differs).forEach(dimension -> keys.add(dimension.key()));
    for (String key : keys) {
      List<Dimension> same = all.stream().filter(d -> d.key().equals(key)).toList();
      List<Object> having = models(key);
      for (Object model : valuesOf(MODEL, all)) {
        for (Object objective : valuesOf(OBJECTIVE, all)) {
          if (having.contains(model)
              && same.stream()
                  .noneMatch(d -> holds(d, MODEL, model) && holds(d, OBJECTIVE, objective))) {
            throw new UserError(
                "%s: %s has values for some models or objectives, but none for %s under objective %s; add it, or others for all that are not named"
                    .formatted(source, key, model, objective));
          }
        }
      }
    }
  }

  /// Whether a dimension is there for some models only because somebody named models.
  private static boolean differs(Dimension dimension) {
    String owner = dimension.key().replaceFirst("\\..*", "");
    return (owner.equals(KL_WEIGHT) || CATALOGUES.contains(owner))
        && dimension.conditions().stream()
            .anyMatch(condition ->
                condition.key().equals(OBJECTIVE)
                    || (condition.key().equals(MODEL)
                        && condition.values().size() < models(owner).size()));
  }

  private static boolean holds(Dimension dimension, String key, Object value) {
    return dimension.conditions().stream()
        .allMatch(condition -> !condition.key().equals(key) || condition.values().contains(value));
  }

  private static List<Object> valuesOf(String key, List<Dimension> all) {
    Set<Object> values = new LinkedHashSet<>();
    all.stream().filter(d -> d.key().equals(key)).forEach(d -> values.addAll(d.values()));
    return List.copyOf(values);
  }

  /// What stands before the values of one of several dimensions of one key in a study file.
  static String label(Dimension dimension) {
    List<Condition> objectives =
        dimension.conditions().stream().filter(c -> c.key().equals(OBJECTIVE)).toList();
    if (!objectives.isEmpty()) {
      return String.valueOf(objectives.getLast().values().getFirst());
    }
    List<Object> models =
        dimension.conditions().stream()
            .filter(condition -> condition.key().equals(MODEL))
            .toList()
            .getLast()
            .values();
    return models.size() == 1 ? String.valueOf(models.getFirst()) : OTHERS;
  }

  /// Whether a dimension is one of several of its key, which models tell apart.
  static boolean isLabelled(Dimension dimension, List<Dimension> all) {
    if (dimension.key().equals("clip")) {
      return !dimension.conditions().isEmpty();
    }
    return differs(dimension)
        && all.stream().filter(other -> other.key().equals(dimension.key())).count() > 1;
  }
}
