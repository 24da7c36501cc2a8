package org.vaescape.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.Run;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.study.FinishedTrial;

/// A study among those that it is compared with.
///
/// @param name that tells it from the others
/// @param table whether it is a table of anybody's runs, all of which have ended
/// @param plan every trial that it asks for
/// @param ended how many of them have ended
/// @param made how these were made, by fact: on which device, for instance
/// @param resolved settings by dotted key that are no part of a trial's: of the data, for instance
public record StudyFacts(
    String name,
    boolean table,
    List<Planned> plan,
    int ended,
    Map<String, SequencedSet<String>> made,
    SequencedMap<String, String> resolved) {
  private static final String NOTHING = "none";

  /// Beyond so many, keys that differ are counted.
  private static final int MOST_NAMED = 12;

  public StudyFacts {
    plan = List.copyOf(plan);
    made = new LinkedHashMap<>(made);
    resolved = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(resolved));
  }

  /// Of a study that `run` works through.
  ///
  /// @param trials those that have ended
  public static StudyFacts ofStudy(
      String name,
      List<Planned> plan,
      List<FinishedTrial> trials,
      SequencedMap<String, String> resolved) {
    Map<String, SequencedSet<String>> made = new LinkedHashMap<>();
    made.put("precision", made(trials, FinishedTrial::precision));
    made.put("path", made(trials, FinishedTrial::path));
    for (String fact : List.of("device", "libraries", "numerics")) {
      made.put(fact, made(trials, trial -> trial.provenance().getOrDefault(fact, "")));
    }
    return new StudyFacts(name, false, plan, trials.size(), made, resolved);
  }

  /// Of anybody's table.
  public static StudyFacts ofTable(String name, List<Run> runs) {
    return new StudyFacts(
        name,
        true,
        runs.stream().map(run -> new Planned(run.id(), run.settings(), run.repeat())).toList(),
        runs.size(),
        Map.of(),
        new LinkedHashMap<>());
  }

  /// Whether every trial that it asks for has ended.
  boolean finished() {
    return ended == plan.size();
  }

  /// `tcga: 80 of 108 planned trials have ended; varied: latent (3), optimizer (2); 3 repeats.`
  String sentence() {
    long repeats = plan.stream().map(Planned::repeat).distinct().count();
    Map<String, SequencedSet<String>> values = new LinkedHashMap<>();
    plan.forEach(trial ->
        trial
            .settings()
            .forEach((key, value) ->
                values.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(value)));
    String varied =
        VaryingKeys.of(plan.stream().map(Planned::settings)).stream()
            .map(key -> "%s (%s)".formatted(key, values.getOrDefault(key, none()).size()))
            .collect(Collectors.joining(", "));
    String extent =
        table
            ? "a table of " + Numbers.count(ended, "run")
            : "%s of %s %s ended"
                .formatted(
                    ended,
                    Numbers.count(plan.size(), "planned trial"),
                    plan.size() == 1 ? "has" : "have");
    return "%s: %s; varied: %s; %s."
        .formatted(
            name, extent, varied.isEmpty() ? "nothing" : varied, Numbers.count(repeats, "repeat"));
  }

  /// What is constant in each of these studies and not the same in all, in a sentence.
  static String differences(List<StudyFacts> studies) {
    List<String> differing = differing(studies);
    if (differing.isEmpty()) {
      return "Nothing that is constant in each of them differs between them.";
    }
    int named = Math.min(MOST_NAMED, differing.size());
    return "Constant in each and different between them: %s%s."
        .formatted(
            String.join("; ", differing.subList(0, named)),
            named < differing.size() ? "; and %s more".formatted(differing.size() - named) : "");
  }

  /// A loss is of the genes, scaling and samples of its study: its height says nothing beside one
  /// of others.
  static boolean ofOneData(List<StudyFacts> studies) {
    return differing(studies).stream().noneMatch(one -> one.matches("data[ .].*"));
  }

  private static List<String> differing(List<StudyFacts> studies) {
    Set<String> models = new LinkedHashSet<>(studies.getFirst().models());
    studies.forEach(study -> models.retainAll(study.models()));
    List<Map<String, SequencedSet<String>>> all =
        studies.stream().map(study -> study.constants(models)).toList();
    SequencedSet<String> keys = new LinkedHashSet<>();
    all.forEach(own -> keys.addAll(own.keySet()));
    List<String> differing = new ArrayList<>();
    for (String key : keys) {
      // Settings of a model or a rule mean nothing in a study that has not got it.
      boolean common = all.stream().allMatch(own -> own.containsKey(key));
      boolean constant = all.stream().allMatch(own -> own.getOrDefault(key, none()).size() <= 1);
      if (constant && (common || !key.contains("."))) {
        differing.addAll(difference(key, studies, all));
      }
    }
    return differing;
  }

  /// `precision fp32 in one and bf16 in other`; empty where all have the same.
  private static List<String> difference(
      String key, List<StudyFacts> studies, List<Map<String, SequencedSet<String>>> all) {
    Map<String, List<String>> byValue = new LinkedHashMap<>();
    for (int study = 0; study < studies.size(); study++) {
      SequencedSet<String> own = all.get(study).getOrDefault(key, none());
      byValue
          .computeIfAbsent(
              own.isEmpty() || own.getFirst().isEmpty() ? NOTHING : own.getFirst(),
              _ -> new ArrayList<>())
          .add(studies.get(study).name());
    }
    return byValue.size() < 2
        ? List.of()
        : List.of(
            key
                + " "
                + byValue.entrySet().stream()
                    .map(value -> value.getKey() + " in " + String.join(", ", value.getValue()))
                    .collect(Collectors.joining(" and ")));
  }

  private Set<String> models() {
    return plan.stream()
        .map(trial -> trial.settings().getOrDefault(StudyCells.MODEL, ""))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Values by key, of trials of these models.
  private Map<String, SequencedSet<String>> constants(Set<String> models) {
    Map<String, SequencedSet<String>> values = new LinkedHashMap<>();
    resolved.forEach((key, value) -> values.put(key, new LinkedHashSet<>(List.of(value))));
    values.putAll(made);
    plan.stream()
        .filter(trial -> models.contains(trial.settings().getOrDefault(StudyCells.MODEL, "")))
        .forEach(trial ->
            trial
                .settings()
                .forEach((key, value) ->
                    values.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(value)));
    return values;
  }

  private static SequencedSet<String> made(
      List<FinishedTrial> trials, Function<FinishedTrial, String> fact) {
    return trials.stream().map(fact).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static SequencedSet<String> none() {
    return new LinkedHashSet<>();
  }
}
