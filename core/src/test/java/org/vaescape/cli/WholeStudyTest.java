package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.PageJson;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;

/// What `analyze --all` and the page say of a study, held against its `sensitivity.json`.
final class WholeStudyTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static String text = "";
  private static String page = "";
  private static String html = "";
  private static List<String> table = List.of();
  private static List<JsonNode> claims = List.of();

  @BeforeAll
  static void analyze(@TempDir Path folder) throws IOException {
    plant(folder);
    Console answer = Console.run("analyze", folder.toString(), "--all");
    assertEquals("", answer.err());
    text = oneLine(answer.out());
    assertEquals("", Console.run("report", folder.toString()).err());
    html = Files.readString(folder.resolve("report.html"));
    page = oneLine(unescaped(html));
    table = Files.readAllLines(folder.resolve("trials.csv"));
    claims = new ArrayList<>();
    JSON.readTree(folder.resolve("sensitivity.json").toFile()).get("claims").forEach(claims::add);
  }

  /// Three optimizers, the rate of SGD too low, in two models whose own losses differ in scale.
  private static void plant(Path folder) throws IOException {
    List<Planned> plan = new ArrayList<>();
    List<FinishedTrial> trials = new ArrayList<>();
    for (String model : List.of("vae", "iwae")) {
      for (String optimizer : List.of("adam", "sgd", "rmsprop")) {
        for (String rate : List.of("0.001", "0.01", "0.1")) {
          for (String latent : List.of("10", "50", "200")) {
            for (int repeat = 0; repeat < 2; repeat++) {
              SequencedMap<String, String> settings = new LinkedHashMap<>();
              settings.put("model", model);
              settings.put("optimizer", optimizer);
              settings.put("learning-rate", rate);
              settings.put("latent", latent);
              String id = "id-" + plan.size();
              plan.add(new Planned(id, settings, repeat));
              trials.add(trial(id, settings, repeat));
            }
          }
        }
      }
    }
    StoredStudy study =
        new StoredStudy("planted", 3, "name: planted\n", List.of(), plan, true, List.of());
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      study.keep(store);
      trials.forEach(store::save);
    }
  }

  private static FinishedTrial trial(String id, SequencedMap<String, String> settings, int repeat) {
    boolean sgd = settings.containsValue("sgd");
    double rate = Double.parseDouble(settings.getOrDefault("learning-rate", ""));
    int latent = Integer.parseInt(settings.getOrDefault("latent", ""));
    double off = Math.log10(rate) - (sgd ? 1 : -2);
    double noise = new SplittableRandom(id.hashCode()).nextGaussian();
    double error = 0.01 * Math.exp(0.4 * off * off + 0.001 * latent + 0.03 * noise);
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_reconstruction", settings.containsValue("vae") ? error : 300 * error);
    metrics.put("val_mse", error);
    metrics.put("mean_mse", 0.5);
    metrics.put("knn_balanced_accuracy", 0.9 - 0.1 * error + 0.01 * noise);
    int epochs = 12 + latent / 10 + Math.floorMod(id.hashCode(), 3);
    return FinishedTrials.learned(id, settings, repeat, epochs, metrics);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Test
  void everyClaimOfTheFileIsInTheTextAndOnThePage() {
    Set<String> kinds = new TreeSet<>();
    for (JsonNode claim : claims) {
      String id = claim.get("id").textValue();
      kinds.add(
          id.startsWith("user/") ? id.substring(id.lastIndexOf('/')) : id.replaceAll("/.*", ""));
      String scope = claim.get("scope").textValue() + ": ";
      String sentence = claim.get("sentence").textValue();
      assertTrue(sentence.startsWith(scope), sentence);
      assertTrue(said(text, scope, sentence), id + " is not in the text: " + sentence);
      assertTrue(said(page, scope, sentence), id + " is not on the page: " + sentence);
    }
    assertTrue(
        kinds.containsAll(
            List.of(
                "/closeness",
                "/budget",
                "start",
                "first-settings",
                "metric-agreement",
                "korkic2021",
                "best-model")),
        kinds::toString);
    assertTrue(
        claims.stream()
            .anyMatch(claim -> claim.get("id").textValue().equals("importance/all runs/epochs")),
        "one of an outcome that no setting is chosen by");
  }

  @Test
  void theTrialsOfThePageAreThoseOfTheTable() throws IOException {
    JsonNode data = PageJson.of(html, "page-data");
    List<String> header = List.of(table.getFirst().split(",", -1));
    assertEquals(header, data.get("columns").findValuesAsText("name"));
    for (int column = 0; column < header.size(); column++) {
      int place = column;
      assertEquals(
          table.stream().skip(1).map(line -> line.split(",", -1)[place]).toList(),
          PageJson.column(data, header.get(column)));
    }
  }

  @Test
  void theAnswerOfThePageHasTheNumbersOfTheFile() {
    JsonNode claim = claim("importance/all runs/val_mse");
    String answer = page.substring(page.indexOf("<ol class=\"answer\""), page.indexOf("</ol>"));
    assertEquals(3, answer.split("<li", -1).length - 1, answer);
    String start =
        "What matters most is %s: by itself it accounts for %.0f %% (95 %% interval [%.0f, %.0f]) of the variation of val_mse in all runs"
            .formatted(
                claim.get("answer").textValue(),
                100 * claim.get("estimate").doubleValue(),
                100 * claim.get("interval").get(0).doubleValue(),
                100 * claim.get("interval").get(1).doubleValue());
    assertTrue(answer.contains(start), () -> start + "\n" + answer);
  }

  /// An undecided or contradicted claim says so before its sentence.
  private static boolean said(String all, String scope, String sentence) {
    String rest = sentence.substring(scope.length());
    return Stream.of("", "these runs do not tell whether ", "these runs contradict that ")
        .anyMatch(doubt -> all.contains("] " + scope + doubt + rest));
  }

  @Test
  void aClaimOfThePublishedStudyStandsBesideItsVerdictWithItsNumbers() {
    JsonNode claim = claim("korkic2021/optimizer-most-important/vae");
    String start =
        "[%s: optimizer-most-important] %s Estimate 0."
            .formatted(claim.get("verdict").textValue(), claim.get("sentence").textValue());
    for (String all : List.of(text, page)) {
      assertTrue(all.contains(start), start);
      assertTrue(
          all.substring(all.indexOf(start) + start.length())
              .matches("\\d+ \\[[-\\d.]+, [-\\d.]+], probability [\\d.]+\\..*"),
          all);
    }
  }

  /// By what they share they are compared.
  @Test
  void modelsAreNotComparedByTheirOwnLossesAndTheReasonIsGiven() {
    String refusal =
        "] all runs: no comparison of models by val_reconstruction. (each model's own loss has its own terms and weights.)";
    for (String all : List.of(text, page)) {
      assertEquals(2, all.split(Pattern.quote(refusal), -1).length, all);
      assertTrue(all.contains(" by val_mse, each model at its best, "), all);
    }
    JsonNode claim = claim("best-model/all runs/val_reconstruction");
    assertEquals("undecided", claim.get("verdict").textValue());
    assertTrue(claim.get("estimate").isNull(), claim.toString());
    assertFalse(
        claims.stream().anyMatch(one -> one.get("id").textValue().startsWith("best-model/vae/")));
  }

  @Test
  void aBestRateAtTheEdgeSaysSoInTheTableOfRates() {
    assertTrue(text.contains(" vae sgd 0.1, at the edge 0.001 to 0.1 "), text);
    assertTrue(text.contains(" vae adam 0.01 0.001 to 0.1 "), text);
    assertTrue(page.contains("<td>0.1, at the edge</td>"), page);
  }

  private static JsonNode claim(String id) {
    return claims.stream()
        .filter(claim -> claim.get("id").textValue().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
