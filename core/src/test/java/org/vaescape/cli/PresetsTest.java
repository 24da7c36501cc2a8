package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.model.Models;
import org.vaescape.search.Cell;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Preset;
import org.vaescape.study.Presets;
import org.vaescape.study.Status;
import org.vaescape.study.yaml.YamlReader;

/// Every preset trains each of its models, on a small matrix and with small networks, and what is
/// recorded of them is what the preset's text says.
final class PresetsTest {
  private static final Path DATA =
      Path.of(System.getProperty("basedir", "."), "..", "data").toAbsolutePath().normalize();

  private static final Path MATRIX = DATA.resolve("smoke_cc0.tsv.gz");

  /// What is made smaller; of every other key that varies the first value is taken.
  private static final Map<String, String> SMALL =
      Map.of(
          "data.select.keep", "40",
          "train.batch", "40",
          "train.max-epochs", "2",
          "repeats", "1");

  private static final Set<String> CHANGED = Set.of("batch", "max-epochs", "hidden");

  private static final List<String> MODELS = Models.CATALOGUE.names();

  @TempDir private Path folder;

  static Stream<String> presets() {
    return Presets.ALL.stream().map(Preset::name);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void trainsAndRecordsWhatItSays(String name) throws IOException {
    Map<String, List<String>> says = leaves(text(name));
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                name,
                "--quiet",
                "--out",
                folder.resolve("out").toString(),
                "--data",
                MATRIX.toString(),
                "--labels",
                DATA.resolve("smoke_cc0.labels.tsv").toString()));
    sets(says).forEach(set -> words.addAll(List.of("--set", set)));
    Console answer = Console.run(words.toArray(String[]::new));
    assertEquals(0, answer.code(), answer.err());

    List<FinishedTrial> trials;
    try (SqliteStore store = SqliteStore.open(folder.resolve("out/study.db"))) {
      trials = store.trials();
    }
    assertEquals(
        Set.copyOf(Objects.requireNonNull(says.get("space.model"))),
        Set.copyOf(trials.stream().map(trial -> setting(trial, "model")).toList()));
    for (FinishedTrial trial : trials) {
      assertEquals(Status.MAX_EPOCHS, trial.status(), trial.message());
      assertEquals(2, trial.curve().size());
      assertTrue(Double.isFinite(trial.metric("val_mse")), trial.metrics().toString());
      assertTrue(recorded(says, trial) >= 12, "hardly any key was compared");
    }
    Map<String, List<String>> resolved = leaves(Files.readString(folder.resolve("out/study.yaml")));
    says.forEach((path, values) -> {
      boolean ofCells = path.matches("(space|readings|models|optimizers|train)\\..*");
      boolean changed = path.matches("data\\.(matrix|labels)|repeats.*");
      if (!ofCells && !changed && !SMALL.containsKey(path)) {
        assertEquals(values, resolved.get(path), path);
      }
    });
  }

  /// Of every key that varies the first value, and what is [#SMALL].
  private static List<String> sets(Map<String, List<String>> says) {
    List<String> sets = new ArrayList<>();
    SMALL.forEach((key, value) -> sets.add(key + "=" + value));
    says.forEach((path, values) -> {
      String key = path.substring(path.indexOf('.') + 1);
      if (key.equals("hidden") && !values.getFirst().equals("[]")) {
        sets.add("space.hidden=[8]");
      } else if (values.size() > 1 && !key.equals("model") && !SMALL.containsKey("train." + key)) {
        sets.add(path + "=" + values.getFirst());
      }
    });
    return sets;
  }

  /// Compares what a trial records with the preset's text; of how many keys.
  private static int recorded(Map<String, List<String>> says, FinishedTrial trial) {
    int compared = 0;
    for (Map.Entry<String, List<String>> line : says.entrySet()) {
      String path = line.getKey();
      String model = setting(trial, "model");
      String last = path.substring(path.lastIndexOf('.') + 1);
      String above = path.substring(0, Math.max(0, path.length() - last.length() - 1));
      boolean apart = last.equals("others") || MODELS.contains(last);
      boolean ofOthers = last.equals("others") && !says.containsKey(above + "." + model);
      if (apart && !ofOthers && !last.equals(model)) {
        continue; // a line of other models
      }
      String key =
          (apart ? above : path)
              .replaceFirst("^(space|readings|models|optimizers|train)\\.", "")
              .replaceFirst("^(scheduler|reconstruction|kl-warm-up)\\.name$", "$1");
      String value = trial.settings().get(key);
      if (value != null && !CHANGED.contains(key)) {
        assertTrue(line.getValue().contains(value), "%s is %s".formatted(path, value));
        compared++;
      }
    }
    return compared;
  }

  private static String setting(FinishedTrial trial, String key) {
    return Objects.requireNonNull(trial.settings().get(key));
  }

  private static String text(String name) {
    return Presets.ALL.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow()
        .text();
  }

  /// Every value of a file under its dotted path; a list where there are several.
  private static Map<String, List<String>> leaves(String text) {
    Map<String, List<String>> leaves = new LinkedHashMap<>();
    collect("", YamlReader.file(text, "file", Path.of("")).plain(), leaves);
    return leaves;
  }

  private static void collect(String path, Object value, Map<String, List<String>> leaves) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (key, below) -> collect(path.isEmpty() ? "" + key : path + "." + key, below, leaves));
      case List<?> list -> leaves.put(path, list.stream().map(Cell::text).toList());
      default -> leaves.put(path, List.of(Cell.text(value)));
    }
  }
}
