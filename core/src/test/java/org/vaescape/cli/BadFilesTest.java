package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file of `bad` is refused in the sentence that `bad/sentences.txt` has for it, and nothing
/// is written.
class BadFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/bad");
  private static final List<String> KINDS =
      List.of("matrix", "labels", "probe-map", "survival", "study", "table");

  @TempDir Path out;

  /// By the name of the file.
  private static SequencedMap<String, String> sentences() throws IOException {
    SequencedMap<String, String> sentences = new LinkedHashMap<>();
    String name = "";
    for (String line : Files.readAllLines(FOLDER.resolve("sentences.txt"))) {
      if (line.startsWith("    ")) {
        sentences.merge(name, line.strip(), (first, more) -> first + "\n" + more);
      } else {
        name = line;
      }
    }
    return sentences;
  }

  static Stream<Arguments> cases() throws IOException {
    return sentences().entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @Test
  void everyFileHasItsSentence() throws IOException {
    List<String> files = new ArrayList<>();
    for (String kind : KINDS) {
      try (Stream<Path> found = Files.list(FOLDER.resolve(kind))) {
        found.forEach(file -> files.add(FOLDER.relativize(file).toString()));
      }
    }
    assertEquals(new TreeSet<>(sentences().keySet()), new TreeSet<>(files));
    assertTrue(files.size() >= 100, "only " + files.size());
  }

  @Test
  void refusesAStudyFileThatIsFarTooLong() throws IOException {
    Path file = Files.writeString(out.resolve("x.yaml"), "# " + "x".repeat(4 << 20));
    Console console = Console.run("run", file.toString(), "--dry-run");
    assertEquals(
        "vaescape: %s: has 4194306 bytes, and a study file a few thousand; is it one?%n"
            .formatted(file),
        console.err());
    assertEquals(Main.USER_ERROR, console.code());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  @Timeout(30)
  void isRefused(String name, String sentence) {
    Path file = FOLDER.resolve(name);
    Path study = FOLDER.resolve("study.yaml");
    Path results = out.resolve("results");
    List<String> run = List.of("--dry-run", "--out", results.toString());
    List<String> words =
        switch (name.substring(0, name.indexOf('/'))) {
          case "matrix" -> List.of("run", study.toString(), "--data", file.toString());
          case "labels" -> List.of("run", study.toString(), "--labels", file.toString());
          case "probe-map", "survival" ->
              List.of(
                  "run",
                  study.toString(),
                  "--set",
                  "data." + name.substring(0, name.indexOf('/')) + "=" + file);
          case "study" -> List.of("run", file.toString());
          default ->
              List.of("analyze", file.toString(), "--outcome", "loss", "--factors", "lr,latent");
        };
    List<String> all = new ArrayList<>(words);
    if (words.getFirst().equals("run")) {
      all.addAll(run);
    }
    Console console = Console.run(all.toArray(String[]::new));
    assertEquals(
        Map.of(Main.USER_ERROR, "vaescape: " + sentence + "\n"),
        Map.of(
            console.code(),
            console.err().replace(FOLDER + "/", "").replace(FOLDER.toString(), ".")));
    assertEquals("", console.out());
    assertFalse(Files.exists(results), "wrote " + results);
  }
}
