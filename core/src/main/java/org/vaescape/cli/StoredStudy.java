package org.vaescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;
import org.vaescape.study.Plan;
import org.vaescape.study.Repeats;
import org.vaescape.study.Study;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialStore;
import org.vaescape.study.yaml.YamlReader;

/// What the store keeps of a study beside its trials, so that tables and report can be made again
/// without the data.
///
/// @param yaml the resolved study file
/// @param readings keys of cells whose values are readings
/// @param plan every trial that the study asks for, in order
/// @param crossed whether each repeat has a split of its own
/// @param warnings about data and settings, a sentence each
record StoredStudy(
    String name,
    long seed,
    String yaml,
    List<String> readings,
    List<Planned> plan,
    boolean crossed,
    List<String> warnings) {
  private static final String NAME = "study.name";
  private static final String SEED = "study.seed";
  private static final String YAML = "study.yaml";
  private static final String READINGS = "study.readings";
  private static final String PLAN = "study.plan";
  private static final String CROSSED = "study.crossed";
  private static final String WARNINGS = "study.warnings";

  static StoredStudy of(Study study, Plan plan, List<String> warnings) {
    return new StoredStudy(
        study.name(),
        study.seed(),
        study.yaml(),
        study.readings().stream().map(Dimension::key).toList(),
        plan.trials().stream().map(StoredStudy::planned).toList(),
        study.repeats().split() == Repeats.SplitMode.CROSSED,
        warnings);
  }

  /// What [#keep] kept.
  ///
  /// @throws UserError if no run has got as far as that
  static StoredStudy read(TrialStore store, String folder) {
    return read(store::note, folder);
  }

  /// Whether [#keep] has come to its end.
  static boolean isKept(Function<String, Optional<String>> notes) {
    return notes.apply(WARNINGS).isPresent();
  }

  /// The same from notes by their keys.
  static StoredStudy read(Function<String, Optional<String>> notes, String folder) {
    try {
      return read(folder, notes);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new UserError(
          "%s: what its database keeps of the study is damaged; restore the folder, or let run write to another (--out)"
              .formatted(folder),
          e);
    }
  }

  /// @throws NumberFormatException if they are damaged
  /// @throws IndexOutOfBoundsException if they are damaged
  private static StoredStudy read(String folder, Function<String, Optional<String>> notes) {
    return new StoredStudy(
        note(notes, NAME, folder),
        Long.parseLong(note(notes, SEED, folder)),
        note(notes, YAML, folder),
        // Stores of earlier versions lack it.
        notes.apply(READINGS).orElse("").lines().toList(),
        note(notes, PLAN, folder).lines().map(StoredStudy::planned).toList(),
        // Earlier versions did not keep it; what is estimated for splits is 0 if there are none.
        Boolean.parseBoolean(notes.apply(CROSSED).orElse("true")),
        note(notes, WARNINGS, folder).lines().toList());
  }

  void keep(TrialStore store) {
    store.note(NAME, name);
    store.note(SEED, Long.toString(seed));
    store.note(YAML, yaml);
    store.note(READINGS, String.join("\n", readings));
    store.note(PLAN, plan.stream().map(StoredStudy::line).collect(Collectors.joining("\n")));
    store.note(CROSSED, Boolean.toString(crossed));
    store.note(WARNINGS, String.join("\n", warnings));
  }

  /// The resolved study file by dotted key.
  SequencedMap<String, String> settings() {
    return settings(yaml);
  }

  /// A resolved study file by dotted key.
  static SequencedMap<String, String> settings(String yaml) {
    SequencedMap<String, String> flat = new LinkedHashMap<>();
    flatten("", YamlReader.file(yaml, "study.yaml", Path.of("")).plain(), flat);
    return flat;
  }

  private static void flatten(String key, Object value, SequencedMap<String, String> flat) {
    if (value instanceof Map<?, ?> section) {
      section.forEach(
          (own, inner) -> flatten(key.isEmpty() ? "" + own : key + "." + own, inner, flat));
    } else {
      flat.put(key, Cell.text(value));
    }
  }

  List<String> ids() {
    return plan.stream().map(Planned::id).toList();
  }

  private static String note(Function<String, Optional<String>> notes, String key, String folder) {
    return notes
        .apply(key)
        .orElseThrow(() ->
            new UserError(
                "%s holds a study that was stopped before it began; run it first"
                    .formatted(folder)));
  }

  private static Planned planned(Trial trial) {
    return new Planned(trial.id(), trial.cell().texts(), trial.repeat());
  }

  /// Id, repeat, then key and value by turns, between tabs.
  private static String line(Planned trial) {
    List<String> words = new ArrayList<>(List.of(trial.id(), Integer.toString(trial.repeat())));
    trial.settings().forEach((key, value) -> words.addAll(List.of(key, value)));
    return String.join("\t", words);
  }

  private static Planned planned(String line) {
    List<String> words = Arrays.asList(line.split("\t", -1));
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    for (int i = 2; i < words.size(); i += 2) {
      settings.put(words.get(i), words.get(i + 1));
    }
    return new Planned(words.get(0), settings, Integer.parseInt(words.get(1)));
  }
}
