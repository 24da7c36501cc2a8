package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.study.FinishedTrial;

class PageDataTest {
  private static JsonNode data(ReportInput input) throws IOException {
    return new ObjectMapper().readTree(new PageData(input, StudyCells.of(input)).json());
  }

  /// Commas, quotes and line breaks in a name are what a table of text trips over.
  @Test
  void everyTextIsThatOfTheTable(@TempDir Path folder) throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae", "a, \"b\"\nc").withRepeats(2).input(7);
    Path file = folder.resolve("trials.csv");
    List<String> plan = input.plan().stream().map(ReportInput.Planned::id).toList();
    TrialTable.write(file, plan, input.seed(), input.trials().reversed());
    List<CsvRecord> records;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().ofCsvRecord(Files.newBufferedReader(file))) {
      records = reader.stream().toList();
    }
    JsonNode data = data(input);
    List<String> header = records.getFirst().getFields();
    assertEquals(header, data.get("columns").findValuesAsText("name"));
    for (int column = 0; column < header.size(); column++) {
      int place = column;
      assertEquals(
          records.stream().skip(1).map(row -> row.getField(place)).toList(),
          PageJson.column(data, header.get(column)),
          header.get(column));
    }
  }

  /// But for the digest of the weights, which nobody reads.
  @Test
  void tellsHowEachTrialWasMade() throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae").withLatents("10").input(0);
    JsonNode data = data(input);
    List<String> facts = data.get("made").findValuesAsText("name");
    assertEquals(
        List.copyOf(input.trials().getFirst().provenance().keySet()), facts, "in their order");
    assertTrue(facts.contains("jdk"), facts.toString());
    for (int fact = 0; fact < facts.size(); fact++) {
      JsonNode column = data.get("made").get(fact);
      for (int row = 0; row < input.trials().size(); row++) {
        String text =
            column.has("texts")
                ? column.get("texts").get(row).asText()
                : column.get("levels").get(column.get("rows").get(row).asInt()).asText();
        assertEquals(input.trials().get(row).provenance().get(facts.get(fact)), text);
      }
    }
  }

  @Test
  void curvesAreThoseOfTheTrialsToThreeDigits() throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae").withLatents("10").input(0);
    JsonNode data = data(input);
    assertEquals("val_reconstruction", data.get("terms").get(0).asText());
    for (int row = 0; row < input.trials().size(); row++) {
      JsonNode curve = data.get("curves").get(row);
      List<FinishedTrial.Epoch> epochs = input.trials().get(row).curve();
      assertEquals(epochs.size(), curve.get(0).size());
      for (int i = 0; i < epochs.size(); i++) {
        double value = epochs.get(i).terms().getOrDefault("val_reconstruction", Double.NaN);
        JsonNode shown = curve.get(1).get(i);
        assertEquals(epochs.get(i).number(), curve.get(0).get(i).asInt());
        assertEquals(Double.isNaN(value), shown.isNull());
        if (!shown.isNull()) {
          assertEquals(value, shown.asDouble(), 5e-3 * Math.abs(value));
        }
      }
    }
  }

  @Test
  void nothingInItEndsTheElementThatItStandsIn() {
    String hostile = "</script><!--<script>" + "x".repeat(10_000) + "\u202E";
    ReportInput input = SampleStudy.full().withModels(hostile).withLatents("10").input(0);
    String json = new PageData(input, StudyCells.of(input)).json();
    assertFalse(json.contains("<"));
    assertTrue(json.contains("\\u003c/script>\\u003c!--"));
  }

  /// 10,000 trials of 30 epochs each keep every curve, with fewer points.
  @Test
  void manyLongCurvesAreThinnedAndKeepTheStop() throws IOException {
    String[] latents = new String[667];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = Integer.toString(10 + i);
    }
    ReportInput input = SampleStudy.full().withModels("vae").withLatents(latents).input(0);
    assertTrue(input.trials().size() > 10_000);
    JsonNode data = data(input);
    assertTrue(data.get("step").asInt() > 1);
    for (int row = 0; row < input.trials().size(); row++) {
      JsonNode epochs = data.get("curves").get(row).get(0);
      int stop = input.trials().get(row).epochs();
      assertEquals(1, epochs.get(0).asInt());
      assertEquals(stop, epochs.get(epochs.size() - 1).asInt());
    }
  }
}
