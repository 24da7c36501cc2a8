package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.rates.BestRate;
import org.vaescape.analysis.rates.LearningRates;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class SensitivityTextTest {
  private static final List<SensitivityText.Part> GRID =
      SensitivityText.parts(Sensitivity.of(set(grid())));

  @Test
  void tablesStandBelowAllSentencesAndNoneIsEmpty() {
    List<String> headings = GRID.stream().map(SensitivityText.Part::heading).toList();
    assertEquals(List.of("What was tried", "In short, by val_mse"), headings.subList(0, 2));
    assertEquals(
        List.of(
            "Whether claims survive other ways of looking",
            "Shares with and without runs that did not learn",
            "Learning rates",
            "What trying costs",
            "Latent sizes",
            "Whether outcomes agree"),
        headings.subList(headings.size() - 6, headings.size()));
    for (SensitivityText.Part part : GRID) {
      assertTrue(part.tables().stream().noneMatch(table -> table.rows().isEmpty()), part.heading());
    }
  }

  /// SGD learned nothing, at any rate.
  @Test
  void theTableOfRatesHasTheBestOfEachOptimizer() {
    TextTable rates = table("Learning rates");
    assertEquals(List.of("vae", "adam", "0.01"), rates.rows().get(0).subList(0, 3));
    assertEquals(List.of("vae", "sgd", "-"), rates.rows().get(1).subList(0, 3));
    assertEquals("9 of 9", rates.rows().get(0).get(4));
  }

  @Test
  void aBestRateAtTheEdgeOfWhatWasTriedSaysSo() {
    List<Run> low =
        grid().stream().filter(run -> !run.setting("learning-rate").equals("0.1")).toList();
    TextTable rates = table("Learning rates", SensitivityText.parts(Sensitivity.of(set(low))));
    assertEquals(List.of("vae", "adam", "0.01, at the edge"), rates.rows().get(0).subList(0, 3));
    assertTrue(rates.caption().contains("At the edge: the lowest or the highest"), rates.caption());
    assertTrue(rates.html().contains(">0.01, at the edge<"), rates.html());
  }

  /// Without one of the repeats the highest rate is the best.
  @Test
  void aBestRateThatHangsOnARepeatSaysSo() {
    BestRate best =
        new BestRate(
            "rate",
            "adam",
            OptionalDouble.of(0.01),
            List.of(0.01, 0.1),
            0.001,
            0.1,
            6,
            6,
            List.of(1.0));
    LearningRates.Row row =
        new LearningRates.Row(
            best,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            2,
            OptionalDouble.empty(),
            "",
            "");
    TextTable rates =
        UserTables.rates(
            List.of(new LearningRates("vae", "val_mse", OptionalInt.empty(), List.of(row))));
    assertEquals("0.01, at the edge without one repeat", rates.rows().getFirst().get(2));
  }

  @Test
  void theTableOfLatentsHasTheSpectrumOfEachSize() {
    List<String> row = table("Latent sizes").rows().getFirst();
    assertEquals(List.of("vae", "10"), row.subList(0, 2));
    assertEquals(List.of("0.015", "2", "4", "-"), row.subList(3, 7));
  }

  @Test
  void whatTheDefaultIsIsSaidOnce() {
    assertEquals(
        1,
        SensitivityText.lines(Sensitivity.of(set(grid()))).stream()
            .filter(line -> line.contains("The default is what nobody has tuned: optimizer adam"))
            .count());
  }

  @Test
  void anOptimizerThatNeverLearnedHasNoOutcome() {
    List<List<String>> rows = table("What trying costs").rows();
    List<String> sgd =
        rows.stream().filter(row -> row.get(1).equals("sgd")).findFirst().orElseThrow();
    assertEquals("never learned", sgd.get(5));
    assertTrue(sgd.subList(6, sgd.size()).stream().allMatch("-"::equals), sgd.toString());
  }

  @Test
  void runsThatAreNoGridHaveATableOfEveryMethod() {
    List<SensitivityText.Part> parts = SensitivityText.parts(Sensitivity.of(set(random())));
    TextTable table =
        parts.stream()
            .filter(part -> part.heading().equals("Importances by every method"))
            .findFirst()
            .orElseThrow()
            .tables()
            .getFirst();
    assertEquals(
        List.of("", "alone", "with interactions", "Shapley", "fANOVA", "PED-ANOVA"),
        table.header());
    assertEquals("learning-rate", table.rows().getFirst().getFirst());
    table.rows().forEach(row -> assertFalse(row.contains("-"), row.toString()));
  }

  @Test
  void columnsStandBelowEachOther() {
    TextTable table =
        new TextTable("made up", List.of("", "share"), List.of(List.of("latent", "9")));
    assertEquals(List.of("          share", "  latent  9"), table.rowLines());
    assertThrows(
        IllegalArgumentException.class,
        () -> new TextTable("made up", List.of("", "share"), List.of(List.of("latent"))));
  }

  @Test
  void aTableIsSafeOnAPage() {
    TextTable table = new TextTable("<b>", List.of("", "a & b"), List.of(List.of("<i>", "\"1\"")));
    String html = table.html();
    assertTrue(html.contains("<th scope=\"col\">a &amp; b</th>"), html);
    assertTrue(html.contains("<th scope=\"row\">&lt;i&gt;</th><td>&quot;1&quot;</td>"), html);
  }

  @Test
  void sharesOfATableHaveNoWords() {
    assertEquals(
        List.of("61", "<0.1", ">99.9", "100"),
        Stream.of(0.61, 0.0004, 0.9996, 1.0).map(TextTable::percent).toList());
  }

  /// Names of claims are wider than what stands below them.
  @Test
  void columnsOfAnswersGoByNumberInATerminalAndAreTintedOnAPage() {
    TextTable table =
        new TextTable(
            "made up",
            List.of("reading", "norm", "low-latents-favoured", "sgd-is-worst"),
            List.of(List.of("1", "none", "(holds)", "fails"), List.of("2", "batch", "open", "-")),
            2);
    assertEquals(
        """
          reading  norm   1        2
          1        none   (holds)  fails
          2        batch  open     -
          1 low-latents-favoured, 2 sgd-is-worst
        """,
        String.join("\n", table.rowLines()) + "\n");
    assertTrue(table.html().contains("<th scope=\"col\" class=\"broken\">sgd-is-worst</th>"));
    assertTrue(
        table
            .html()
            .contains(
                "<td>none</td><td class=\"holds\">(holds)</td><td class=\"fails\">fails</td></tr>"),
        table.html());
    assertTrue(table.html().contains("<td>batch</td><td>open</td><td>-</td></tr>"), table.html());
  }

  private static TextTable table(String heading) {
    return table(heading, GRID);
  }

  private static TextTable table(String heading, List<SensitivityText.Part> parts) {
    return parts.stream()
        .filter(part -> part.heading().equals(heading))
        .findFirst()
        .orElseThrow()
        .tables()
        .getFirst();
  }

  @Test
  void whereThereIsNoAdviceNoneIsCounted() {
    Sensitivity found = Sensitivity.of(set(grid()));
    assertTrue(left(found).contains(" pieces of advice in full"), left(found));
    Sensitivity without =
        new Sensitivity(
            found.study(),
            found.designs(),
            found.effects(),
            found.failures(),
            found.failureRules(),
            found.fairRanges(),
            found.learningRates(),
            found.userSensitivity(),
            found.safeRegions(),
            found.smallestLatent(),
            found.firstSettings(),
            found.noise(),
            found.models(),
            found.metricAgreement(),
            found.multiverse(),
            List.of(),
            found.claims());
    assertFalse(left(without).contains("advice"), left(without));
  }

  /// The last sentence, in one line.
  private static String left(Sensitivity found) {
    String text = String.join("\n", SensitivityText.shortLines(found));
    return text.substring(text.indexOf("Left out: ")).replaceAll("\\s+", " ");
  }

  private static List<Run> grid() {
    List<Run> runs = new ArrayList<>();
    for (String optimizer : List.of("adam", "sgd")) {
      for (String rate : List.of("0.001", "0.01", "0.1")) {
        for (String latent : List.of("10", "20", "30")) {
          runs.add(run(optimizer, rate, latent, runs.size()));
        }
      }
    }
    return runs;
  }

  private static List<Run> random() {
    SplittableRandom random = new SplittableRandom(2);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String rate = Double.toString(Math.pow(10, -3 + 2 * random.nextDouble()));
      runs.add(run("adam", rate, Integer.toString(10 + random.nextInt(90)), i));
    }
    return runs;
  }

  private static Run run(String optimizer, String rate, String latent, int number) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model", "vae");
    settings.put("optimizer", optimizer);
    settings.put("learning-rate", rate);
    settings.put("latent", latent);
    boolean learned = optimizer.equals("adam");
    double off = Math.log10(Double.parseDouble(rate)) + 2;
    double loss = learned ? 0.01 * Math.exp(off * off + 0.001 * Double.parseDouble(latent)) : 0.08;
    return new Run(
        Integer.toString(number),
        settings,
        0,
        learned ? Fate.LEARNED : Fate.UNLEARNED,
        learned ? "learned" : "untrained",
        Map.of(
            StopPoint.STOP,
            Map.of(
                "val_mse", loss,
                "knn_accuracy", 1 - loss,
                "pca_mse", 0.015,
                "mean_mse", 0.08,
                "val_kl_unit_1", 3.0,
                "val_kl_unit_2", 1.0)));
  }

  private static RunSet set(List<Run> runs) {
    return new RunSet(
        "made up",
        1,
        runs,
        List.of(),
        false,
        List.of("learning-rate"),
        OptionalInt.empty(),
        List.of(
            new RunSet.Outcome("val_mse", Metric.Better.LOWER, true),
            new RunSet.Outcome("knn_accuracy", Metric.Better.HIGHER, true)));
  }

  @Test
  void whatOneSeedDoesNotTellIsSaidOnceASection() {
    for (String heading : List.of("What matters", "Advice", "What a user meets")) {
      List<String> sentences = sentences(heading);
      assertTrue(sentences.size() > 1, heading);
      assertEquals(
          1,
          sentences.stream().filter(line -> line.startsWith("One seed: ")).count(),
          sentences.toString());
      assertTrue(sentences.stream().noneMatch(line -> line.contains("(one seed:")));
      assertTrue(sentences.stream().noneMatch(line -> line.contains("; one seed:")));
    }
  }

  @Test
  void whyAFairRangeIsNotEstimableIsSaidOnce() {
    List<String> fair =
        sentences("What matters").stream().filter(line -> line.contains("one decade")).toList();
    assertFalse(fair.isEmpty());
    for (String line : fair) {
      assertTrue(line.contains(" is not estimable, "), line);
      assertFalse(line.contains("(not estimable"), line);
    }
  }

  private static List<String> sentences(String heading) {
    return GRID.stream()
        .filter(part -> part.heading().equals(heading))
        .findFirst()
        .orElseThrow()
        .sentences();
  }
}
