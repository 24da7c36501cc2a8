package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.UserError;
import org.vaescape.model.Models;
import org.vaescape.search.Catalogue;
import org.vaescape.search.Cell;
import org.vaescape.study.StudyKeys.Named;
import org.vaescape.study.yaml.Yaml;
import org.vaescape.study.yaml.YamlReader;
import org.vaescape.train.Optimizers;

/// The keys that `list keys` prints, against those that are read and those that are written.
final class StudyKeysTest {
  private static final String NO_KEY = "qqqqqqqq";

  @TempDir static Path folder;

  @BeforeAll
  static void writeFiles() throws IOException {
    for (String name : List.of("m.tsv", "l.tsv", "s.tsv")) {
      Files.writeString(folder.resolve(name), "");
    }
  }

  private static Study study(String... sets) {
    return StudyFile.parse("data: {matrix: m.tsv}", "s.yaml", folder, List.of(sets))
        .withDataHash("0");
  }

  @Test
  void listsTheKeysOfAResolvedFileAndNoOther() {
    List<Study> studies =
        List.of(
            study(
                "data.labels=l.tsv",
                "data.layer=counts",
                "data.probe-map=l.tsv",
                "data.survival=s.tsv",
                "space.model=iwae",
                "space.dropout=0.1",
                "seeds.split=1",
                "seeds.initialization=2",
                "seeds.order=3",
                "seeds.noise=4"),
            study("readings.batch=10"));
    Set<String> leaves = new TreeSet<>();
    studies.forEach(study -> leaves.addAll(leaves(study).keySet()));
    assertEquals(
        new TreeSet<>(paths()),
        leaves.stream().map(StudyKeysTest::listed).collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(Set.copyOf(paths()).size(), paths().size());
  }

  /// What the list has instead of a key that is named by another one, or by a catalogue.
  private static String listed(String leaf) {
    List<String> parts = List.of(leaf.split("\\."));
    return switch (parts.getFirst()) {
      case "space" -> StudyKeys.TRAINING.containsKey(parts.getLast()) ? "space.KEY" : leaf;
      case "readings" -> "readings.KEY";
      case "models" -> isSetting(Models.CATALOGUE, parts) ? "models.MODEL.SETTING" : leaf;
      case "optimizers" ->
          isSetting(Optimizers.CATALOGUE, parts) ? "optimizers.OPTIMIZER.SETTING" : leaf;
      case "train" ->
          StudyKeys.NAMED.stream()
              .filter(named -> parts.get(1).equals(named.key()) && hasSetting(named, parts.get(2)))
              .map(named -> "train.%s.%s".formatted(named.key(), named.word()))
              .findFirst()
              .orElse(leaf);
      default -> leaf;
    };
  }

  private static boolean isSetting(Catalogue<?> catalogue, List<String> parts) {
    return catalogue.member(parts.get(1)).setting(parts.get(2)).name().equals(parts.get(2));
  }

  private static boolean hasSetting(Named named, String setting) {
    return named.catalogue().members().stream()
        .flatMap(member -> member.settings().stream())
        .anyMatch(candidate -> candidate.name().equals(setting));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data.",
        "data.select.",
        "data.split.",
        "train.",
        "validation.",
        "outcomes.",
        "repeats.",
        "seeds.",
        "keep."
      })
  void listsTheKeysThatASectionTakes(String section) {
    assertEquals(below(section), known(section));
  }

  @Test
  void spaceTakesTheKeysOfTrainToo() {
    Set<String> either = below("space.");
    either.remove("KEY");
    either.addAll(below("train."));
    either.remove(StudyKeys.TIME_LIMIT.name());
    assertEquals(either, known("space."));
  }

  /// As the refusal of another key tells them.
  private static Set<String> known(String section) {
    UserError refused = assertThrows(UserError.class, () -> study(section + NO_KEY + "=1"));
    String message = String.valueOf(refused.getMessage());
    String start = "unknown key %s%s; known here: ".formatted(section, NO_KEY);
    assertTrue(message.contains(start), message);
    String known = message.substring(message.indexOf(start) + start.length());
    return new TreeSet<>(List.of(known.split(", ")));
  }

  private static Set<String> below(String section) {
    return paths().stream()
        .filter(path -> path.startsWith(section))
        .map(path -> path.substring(section.length()).replaceFirst("\\..*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> paths() {
    return StudyKeys.all().stream().map(StudyKey::path).toList();
  }

  @Test
  void saysOfEveryKeyWhatItMeansAndWhatItTakes() {
    for (StudyKey key : StudyKeys.all()) {
      for (String part : List.of(key.rule(), key.meaning())) {
        assertFalse(part.isBlank() || part.contains("\n") || part.endsWith("."), key.toString());
      }
    }
    List<String> withoutDefault =
        Stream.of(
                StudyKeys.MATRIX,
                StudyKeys.HASH,
                StudyKeys.LAYER,
                StudyKeys.PROBE_MAP,
                StudyKeys.LABELS,
                StudyKeys.SURVIVAL)
            .map(StudyKey::path)
            .toList();
    assertEquals(
        new TreeSet<>(withoutDefault),
        StudyKeys.all().stream()
            .filter(key -> key.initial().isEmpty())
            .map(StudyKey::path)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void listsTheDefaultsThatAResolvedFileHas() {
    Map<String, String> leaves = leaves(study());
    leaves.keySet().removeAll(List.of("name", "data.matrix", "data.hash"));
    // The file has a list of such lists.
    leaves.computeIfPresent("space.hidden", (_, text) -> text.substring(1, text.length() - 1));
    Map<String, String> listed = new TreeMap<>();
    StudyKeys.all().forEach(key -> listed.put(key.path(), key.initial()));
    listed.keySet().retainAll(leaves.keySet());
    leaves.keySet().retainAll(listed.keySet());
    assertEquals(listed, leaves);
    assertTrue(listed.size() > 40, listed.toString());
  }

  /// Value by dotted path.
  private static Map<String, String> leaves(Study study) {
    Map<String, String> leaves = new TreeMap<>();
    collect("", YamlReader.file(study.yaml(), "study.yaml", folder), leaves);
    return leaves;
  }

  private static void collect(String path, Yaml value, Map<String, String> leaves) {
    if (value instanceof Yaml.Section section) {
      section
          .entries()
          .forEach((key, entry) ->
              collect(path.isEmpty() ? key : path + "." + key, entry.value(), leaves));
    } else {
      leaves.put(path, Cell.text(value.plain()));
    }
  }
}
