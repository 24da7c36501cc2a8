package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.study.MachineMemory;

/// What `bench` prints, whatever the machine; nothing here depends on how fast it is.
final class BenchCommandTest {
  private static final List<String> SMALL =
      List.of(
          "--samples=64", "--genes=40", "--batch=16", "--latent=3", "--seconds=0.01", "--quiet");

  private static Console bench(String... words) {
    List<String> all = new ArrayList<>(List.of("bench"));
    all.addAll(SMALL);
    all.addAll(Arrays.asList(words)); // the last one of an option counts
    return Console.run(all.toArray(String[]::new));
  }

  private static JsonNode json(String... words) throws JsonProcessingException {
    Console answer =
        bench(Stream.concat(Stream.of("--json"), Stream.of(words)).toArray(String[]::new));
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
    return new ObjectMapper().readTree(answer.out());
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// What other processes take changes from one moment to the next, so that it is not to the byte.
  @Test
  void mayTakeAsMuchMemoryAsRunMay() throws JsonProcessingException {
    long least = MachineMemory.defaultBytes() / 2;
    long taken = json("--models=vae", "--workers=1").at("/plan/memory_bytes").asLong();
    assertTrue(taken >= least, taken + " of " + least);
  }

  @Test
  void jsonHasEveryField() throws JsonProcessingException {
    JsonNode all = json("--models=vae,aae", "--workers=2");
    assertEquals(
        Set.of("schema", "machine", "plan", "products", "memory", "training", "conclusions"),
        fields(all));
    assertEquals(1, all.get("schema").asInt());
    assertEquals(
        Set.of("cpu", "cores", "vector_bits", "amx", "fast_bfloat16", "java", "library", "system"),
        fields(all.get("machine")));
    assertEquals(
        Set.of(
            "models",
            "samples",
            "genes",
            "batch",
            "hidden",
            "latent",
            "seconds",
            "workers",
            "memory_bytes",
            "epoch_samples",
            "trial_epochs"),
        fields(all.get("plan")));
    assertEquals(3 * 2 * 2, all.get("products").size());
    for (JsonNode product : all.get("products")) {
      assertEquals(
          Set.of(
              "product",
              "rows",
              "inner",
              "columns",
              "library",
              "precision",
              "operations_per_second",
              "reason"),
          fields(product));
      assertNumberOrReason(product, "operations_per_second");
    }
    for (JsonNode memory : all.get("memory")) {
      assertEquals(Set.of("kind", "cores", "bytes_per_second"), fields(memory));
      assertTrue(memory.get("bytes_per_second").asDouble() > 0, memory.toString());
    }
    assertEquals(2 * 2 * 2, all.get("training").size());
    for (JsonNode row : all.get("training")) {
      assertEquals(
          Set.of(
              "model",
              "path",
              "precision",
              "reason",
              "step_seconds_min",
              "step_seconds_median",
              "steps_timed",
              "steps_per_second",
              "epoch_seconds",
              "step_operations",
              "products_seconds",
              "products_share",
              "step_bytes",
              "memory_seconds",
              "trials_per_minute",
              "at_once"),
          fields(row));
      assertNumberOrReason(row, "step_seconds_min");
      assertEquals(
          Set.of("trials", "step_seconds_median", "trials_per_minute", "reason"),
          fields(row.get("at_once")));
      assertNumberOrReason(row.get("at_once"), "trials_per_minute");
    }
    assertTrue(all.get("conclusions").size() >= 1, all.toString());
  }

  private static void assertNumberOrReason(JsonNode node, String number) {
    assertTrue(
        node.get(number).isNull()
            ? !node.get("reason").asText().isBlank()
            : node.get(number).asDouble() > 0 && node.get("reason").isNull(),
        node.toString());
  }

  @Test
  void plainPathInFp32IsMeasuredEverywhereWithWhatFollowsFromIt() throws JsonProcessingException {
    JsonNode row = json("--models=vae").get("training").get(0);
    assertEquals("plain", row.get("path").asText());
    assertEquals("fp32", row.get("precision").asText());
    double median = row.get("step_seconds_median").asDouble();
    assertTrue(row.get("step_seconds_min").asDouble() <= median, row.toString());
    assertEquals(619 * median, row.get("epoch_seconds").asDouble(), 1e-9); // 9900 / 16, upwards
    assertEquals(60 / (17 * 619 * median), row.get("trials_per_minute").asDouble(), 1e-6);
    // 40 x 256 weights on either side, two heads and the way out of them: forward, and back to
    // weights and inputs, but not to the data.
    double operations = 2.0 * 3 * 16 * (2 * 40 * 256 + 3 * 3 * 256) - 2.0 * 16 * 40 * 256;
    assertEquals(operations, row.get("step_operations").asDouble());
    // The samples once; each weight and Adam's two numbers read and written.
    assertEquals(
        4.0 * (16 * 40 + 2 * 3 * (2 * 40 * 256 + 3 * 3 * 256)), row.get("step_bytes").asDouble());
  }

  @Test
  void tableHasARowForEachPathAndPrecision() {
    Console answer = bench("--models=vae");
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
    for (String path : List.of("plain", "fused")) {
      for (String precision : List.of("fp32", "bf16")) {
        List<String> rows =
            answer
                .out()
                .lines()
                .filter(l -> l.matches("vae +%s +%s .*".formatted(path, precision)))
                .toList();
        assertEquals(1, rows.size(), answer.out());
        // Numbers, or the reason why there are none.
        assertTrue(rows.getFirst().strip().split(" +").length > 4, rows.getFirst());
      }
    }
    assertTrue(answer.out().contains("Products on one core"), answer.out());
    assertTrue(answer.out().contains("read + write"), answer.out());
    assertTrue(answer.out().contains("\nFastest here is path "), answer.out());
  }

  @Test
  void saysWhyAModelCannotBeMeasured() throws JsonProcessingException {
    for (JsonNode row : json("--models=vae", "--memory=1k").get("training")) {
      assertTrue(row.get("step_seconds_min").isNull(), row.toString());
      assertFalse(row.get("reason").asText().isBlank(), row.toString());
    }
  }

  @Test
  void tellsWhatItDoesUnlessAskedToBeQuiet() {
    List<String> words =
        Stream.concat(
                Stream.of("bench", "--models=ae"),
                SMALL.stream().filter(word -> !word.equals("--quiet")))
            .toList();
    assertEquals(
        "Measuring products and memory ...\nTraining ae ...\n",
        Console.run(words.toArray(String[]::new)).err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --models=vea|--models: unknown model vea; did you mean vae?
          --models=vae,logcosh|--models: unknown model logcosh; known:
          --genes=0|--genes must be at least 1 but was 0
          --batch=1|--batch must be at least 2 but was 1
          --latent=0|--latent must be at least 1 but was 0
          --workers=0|--workers must be at least 1 but was 0
          --samples=31|--samples must be at least 32, two batches of 16, but was 31
          --samples=2000000000|--samples (or 256) times --genes must be at most 2147483647 but was 80000000000
          --seconds=0|--seconds must be above 0 and at most 3600 but was 0.0
          --seconds=NaN|--seconds must be above 0 and at most 3600 but was NaN
          --memory=much|--memory must be an amount such as 8g or 512m but was much
          --genes=many|Invalid value for option '--genes': 'many' is not an int
          """)
  void refusesInOneSentence(String option, String sentence) {
    List<String> words = new ArrayList<>(List.of("bench"));
    String name = option.substring(0, option.indexOf('=') + 1);
    SMALL.stream().filter(word -> !word.startsWith(name)).forEach(words::add);
    words.add(option);
    Console answer = Console.run(words.toArray(String[]::new));
    assertEquals(2, answer.code());
    assertEquals("", answer.out());
    assertTrue(answer.err().startsWith("vaescape: " + sentence), answer.err());
  }
}
