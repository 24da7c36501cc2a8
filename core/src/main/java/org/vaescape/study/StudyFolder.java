package org.vaescape.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.vaescape.UserError;

/// The folder that a study writes to, kept from taking trials that cannot be compared.
///
/// The store keeps, under the note `comparable`, what its trials agree in. More repeats, more
/// values of a key and keys that move into `space` only add trials; anything else is refused.
public final class StudyFolder {
  private static final String COMPARABLE = "comparable";
  private static final String STUDY_FILE = "study.yaml";

  private StudyFolder() {}

  /// Makes the folder the study's, and writes its `study.yaml`.
  ///
  /// @throws UserError if the folder holds trials that cannot be compared with the plan's, naming
  ///   the keys that differ; if it has a `study.yaml` that no run wrote; or if it cannot be written
  public static void claim(Path folder, Study study, Plan plan, TrialStore store) {
    Path file = folder.resolve(STUDY_FILE);
    SequencedMap<String, Set<String>> kept = facts(store.note(COMPARABLE).orElse(""));
    if (kept.isEmpty() && Files.exists(file)) {
      throw new UserError(
          "%s was not written by a run and would be lost; choose another folder by --out"
              .formatted(file));
    }
    refuseDifferences(folder, kept, plan.facts());
    plan.facts()
        .forEach((key, values) -> {
          Set<String> all = new LinkedHashSet<>(kept.getOrDefault(key, Set.of()));
          all.addAll(values);
          kept.put(key, all);
        });
    store.note(COMPARABLE, text(kept));
    write(file, study.yaml());
  }

  private static void refuseDifferences(
      Path folder, Map<String, Set<String>> kept, Map<String, Set<String>> planned) {
    List<String> differences = new ArrayList<>();
    planned.forEach((key, values) -> {
      Set<String> old = kept.getOrDefault(key, values);
      if (!old.containsAll(values) && !values.containsAll(old)) {
        differences.add("%s is %s there and %s here".formatted(key, words(old), words(values)));
      }
    });
    if (!differences.isEmpty()) {
      throw new UserError(
          "%s holds trials that cannot be compared with these: %s; choose another folder by --out, or change that back"
              .formatted(folder, String.join(", ", differences)));
    }
  }

  private static String words(Set<String> values) {
    return values.stream()
        .map(value -> value.isEmpty() ? "none" : value)
        .collect(Collectors.joining(" or "));
  }

  private static SequencedMap<String, Set<String>> facts(String text) {
    SequencedMap<String, Set<String>> facts = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      List<String> cells = Arrays.asList(line.split("\t", -1));
      facts.put(cells.getFirst(), new LinkedHashSet<>(cells.subList(1, cells.size())));
    }
    return facts;
  }

  private static String text(Map<String, Set<String>> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "\t" + String.join("\t", fact.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static void write(Path file, String text) {
    Path part = file.resolveSibling(STUDY_FILE + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be written (%s); free some space or make the folder writable, and run the same command again"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
