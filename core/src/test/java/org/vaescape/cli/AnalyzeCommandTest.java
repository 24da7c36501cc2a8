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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;

/// Over 400 lines because each table stands beside what has to be said of it, word by word.
final class AnalyzeCommandTest {
  private static final List<String> RATES = List.of("1e-4", "0.001", "1e-2");
  private static final List<String> OPTIMIZERS = List.of("adam", "sgd");

  @TempDir private Path folder;

  /// exp of: 2 for sgd, 1 for each decade away from 0.001 under adam, noise of 0.1.
  private Path planted(int repeats) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<String> lines = new ArrayList<>(List.of("rate,optimizer,batch,split,loss"));
    for (int split = 0; split < repeats; split++) {
      for (int rate = 0; rate < 3; rate++) {
        for (String optimizer : OPTIMIZERS) {
          for (int batch : new int[] {50, 100}) {
            double loss =
                (optimizer.equals("sgd") ? 2 : Math.abs(rate - 1)) + 0.1 * random.nextGaussian();
            lines.add(
                "%s,%s,%d,s%d,%s"
                    .formatted(RATES.get(rate), optimizer, batch, split, Math.exp(loss)));
          }
        }
      }
    }
    return Files.write(folder.resolve("runs.csv"), lines);
  }

  private static Console analyze(Path table, String... more) {
    return Console.run(
        Stream.concat(
                Stream.of(
                    "analyze",
                    table.toString(),
                    "--outcome",
                    "loss",
                    "--factors",
                    "rate,optimizer,batch"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode effect(JsonNode all, String scale, String... factors) {
    for (JsonNode effect : all.get("effects")) {
      List<String> names = new ArrayList<>();
      effect.get("factors").forEach(name -> names.add(name.textValue()));
      if (effect.get("scale").textValue().equals(scale) && names.equals(List.of(factors))) {
        return effect;
      }
    }
    throw new AssertionError("no effect of " + List.of(factors) + " in " + all.get("effects"));
  }

  @Test
  void findsThePlantedSharesOfATableWithIntervals() throws IOException {
    Console answer = analyze(planted(4), "--repeat", "split", "--log", "rate", "--json");
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
    JsonNode all = JsonMapper.builder().build().readTree(answer.out());
    assertEquals("runs.csv", all.get("study").textValue());
    // Means of log loss: adam 1, 0, 1, sgd 2, 2, 2. Optimizer: +-2/3; rate: 1/6, -1/3, 1/6;
    // both: the same with signs. Variances 4/9, 1/18, 1/18, and noise 1/100.
    double total = 4.0 / 9 + 1.0 / 9 + 0.01;
    expect(effect(all, "log", "optimizer"), 4.0 / 9 / total, 0.02);
    expect(effect(all, "log", "rate"), 1.0 / 18 / total, 0.02);
    expect(effect(all, "log", "rate", "optimizer"), 1.0 / 18 / total, 0.02);
    expect(effect(all, "log", "noise"), 0.01 / total, 0.01);
    expect(effect(all, "log", "batch"), 0, 0.005);
    assertFalse(all.get("claims").isEmpty());
  }

  private static void expect(JsonNode effect, double share, double tolerance) {
    assertEquals(share, effect.get("estimate").doubleValue(), tolerance, effect.toString());
    assertTrue(effect.get("interval").get(0).doubleValue() <= share, effect.toString());
    assertTrue(effect.get("interval").get(1).doubleValue() >= share, effect.toString());
  }

  @Test
  void saysTheSameInWordsAndWritesNothingUnasked() throws IOException {
    Path table = planted(4);
    Console answer = analyze(table, "--repeat", "split");
    assertEquals("", answer.err());
    assertTrue(
        answer
            .out()
            .startsWith(
                """
                What was tried
                  all runs: 48 runs of rate (3) x optimizer (2) x batch (2); a complete grid, 4 repeats.

                In short, by loss
                  Matters most, by share of the variation: optimizer (79 % [\
                """),
        answer.out());
    assertTrue(
        answer
            .out()
            .contains(
                """

                What matters
                  [supported] all runs: optimizer has the largest main effect on log loss. Shares of variation:
                    optimizer 79 % [\
                """),
        answer.out());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(table), files.toList());
    }
    Path out = folder.resolve("new/out");
    String json = analyze(table, "--repeat", "split", "--json", "--out", out.toString()).out();
    assertEquals(json, Files.readString(out.resolve("sensitivity.json")));
    assertEquals(json, analyze(table, "--repeat", "split", "--json").out());
  }

  @Test
  void allPrintsWhatIsLeftOutOfTheShortText() throws IOException {
    Path table = planted(1);
    String brief = analyze(table).text();
    String all = analyze(table, "--all").text();
    assertFalse(brief.contains("[undecided]"), brief);
    assertTrue(
        brief.contains(
            "Left out: 10 statements that these runs do not decide, 7 pieces of advice in full, 1 table."),
        brief);
    assertEquals(10, all.split("\\[undecided]", -1).length - 1, all);
    for (String heading : List.of("Advice", "What trying costs")) {
      assertFalse(brief.contains("\n" + heading + "\n"), brief);
      assertTrue(all.contains("\n" + heading + "\n"), all);
    }
    assertFalse(all.contains("Left out: "), all);
    assertEquals(analyze(table, "--json").out(), analyze(table, "--json", "--all").out());
  }

  @Test
  void noSentenceIsWiderThanATerminal() throws IOException {
    assertTrue(
        analyze(planted(4), "--repeat", "split")
            .out()
            .lines()
            .allMatch(one -> one.length() <= 100));
  }

  @Test
  void withoutARepeatColumnEqualSettingsAreRepeats() throws IOException {
    JsonNode all = JsonMapper.builder().build().readTree(analyze(planted(3), "--json").out());
    assertEquals(3, all.get("designs").get(0).get("repeats").intValue());
    assertFalse(all.get("designs").get(0).get("crossed").booleanValue());
    assertTrue(effect(all, "log", "optimizer").get("interval").isArray());
  }

  /// `1d` and `0x1p3` are names; Java would read them as the numbers 1 and 8.
  @Test
  void onlyDecimalAndScientificNotationIsANumber() throws IOException {
    List<String> lines = new ArrayList<>(List.of("kernel,size,loss"));
    for (String kernel : List.of("1d", "0x1p3", "1f", "Infinity", "NaN")) {
      for (String size : List.of("1e1", ".5", "+3", " -2.50 ")) {
        lines.add(kernel + "," + size + ",1." + lines.size());
      }
    }
    Path table = Files.write(folder.resolve("names.csv"), lines);
    String[] words = {"analyze", table.toString(), "--outcome", "loss", "--factors", "kernel,size"};
    JsonNode variables =
        JsonMapper.builder()
            .build()
            .readTree(Console.run(concat(words, "--json")).out())
            .get("designs")
            .get(0)
            .get("variables");
    assertEquals(
        "[\"0x1p3\",\"1d\",\"1f\",\"Infinity\",\"NaN\"]",
        variables.get(0).get("levels").toString());
    assertFalse(variables.get(0).get("numeric").booleanValue());
    assertEquals("[\"-2.5\",\"0.5\",\"3\",\"10\"]", variables.get(1).get("levels").toString());
    assertTrue(variables.get(1).get("numeric").booleanValue());
    Path wrong = Files.write(folder.resolve("wrong.csv"), List.of("size,loss", "1,2d"));
    assertRefused(
        wrong + ", line 2: loss must be a number, or empty for a run that failed, but is '2d'",
        Console.run("analyze", wrong.toString(), "--outcome", "loss", "--factors", "size"));
  }

  private static String[] concat(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theOrderOfRowsMakesNoDifference() throws IOException {
    Path table = planted(3);
    String before = analyze(table, "--json").out();
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    Collections.reverse(lines.subList(1, lines.size()));
    Files.write(table, lines);
    assertEquals(before, analyze(table, "--json").out());
  }

  @Test
  void givesNoIntervalFromASingleRunOfEach() throws IOException {
    Console answer = analyze(planted(1), "--json");
    JsonNode all = JsonMapper.builder().build().readTree(answer.out());
    JsonNode effect = effect(all, "log", "optimizer");
    assertTrue(effect.get("interval").isNull());
    assertTrue(effect.get("reason").textValue().contains("one seed"), effect.toString());
    assertTrue(analyze(planted(1)).out().contains("one seed"));
  }

  /// log loss = 1/2 (log10 rate + 3)^2 with rates over 4 decades, 1.5 for one of three optimizers,
  /// and a momentum that only this one has and that does nothing.
  @Test
  void fitsASurfaceWhereRunsAreNoGrid() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    List<String> lines = new ArrayList<>(List.of("rate,optimizer,momentum,loss"));
    List<String> optimizers = List.of("adam", "rmsprop", "sgd");
    for (int run = 0; run < 150; run++) {
      double decades = random.nextDouble(-5, -1);
      String optimizer = optimizers.get(random.nextInt(3));
      boolean sgd = optimizer.equals("sgd");
      double loss = 0.5 * (decades + 3) * (decades + 3) + (sgd ? 1.5 : 0);
      lines.add(
          "%s,%s,%s,%s"
              .formatted(
                  Math.pow(10, decades),
                  optimizer,
                  sgd ? random.nextDouble() : "",
                  Math.exp(loss)));
    }
    Path table = Files.write(folder.resolve("random.csv"), lines);
    Console answer =
        Console.run(
            "analyze",
            table.toString(),
            "--outcome",
            "loss",
            "--factors",
            "rate,optimizer,momentum",
            "--log",
            "rate",
            "--json");
    assertEquals("", answer.err());
    JsonNode all = JsonMapper.builder().build().readTree(answer.out());
    // Variances: of t^2 / 2 with t even over [-2, 2] 16 / 45, of 1.5 in a third 1/2.
    double total = 16.0 / 45 + 0.5;
    expect(effect(all, "log", "rate"), 16.0 / 45 / total, 0.08);
    expect(effect(all, "log", "optimizer"), 0.5 / total, 0.08);
    expect(effect(all, "log", "momentum"), 0, 0.02);
    assertEquals("forest", effect(all, "log", "rate").get("method").textValue());
    assertFalse(all.get("designs").get(0).get("complete").booleanValue());
  }

  @Test
  void countsEmptyAndNonFiniteOutcomesAsFailures() throws IOException {
    Path table = planted(2);
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    List<String> noOutcomes = new ArrayList<>(List.of("NaN", "", "1e200", "-inf"));
    lines.replaceAll(line ->
        line.startsWith("1e-2,sgd")
            ? line.substring(0, line.lastIndexOf(',') + 1) + noOutcomes.removeFirst()
            : line);
    Files.write(table, lines);
    Console answer = analyze(table, "--repeat", "split");
    assertEquals("", answer.err());
    assertTrue(
        answer.text().contains("4 of 24 runs failed, all at rate 0.01, optimizer sgd."),
        answer.out());
  }

  @Test
  void saysWhatIsWrongWithATable() throws IOException {
    Path table = planted(2);
    String name = table + ": ";
    assertRefused(
        name + "unknown column los; did you mean loss?",
        Console.run("analyze", table.toString(), "--outcome", "los", "--factors", "rate"));
    assertRefused(
        table
            + " is a table: name its columns by --outcome COL and --factors A,B,...; it has rate, optimizer, batch, split, loss",
        Console.run("analyze", table.toString()));
    assertRefused(
        "loss is named twice; a column is the outcome, a factor or the repeat",
        Console.run("analyze", table.toString(), "--outcome", "loss", "--factors", "rate,loss"));
    assertRefused(
        "--log names split, which --factors does not; it names rate,optimizer,batch",
        analyze(table, "--log", "split"));
    assertRefused(
        name.replace(": ", "") + ", line 2: optimizer must be above 0 for --log but is 'adam'",
        analyze(table, "--log", "optimizer"));
    Files.writeString(folder.resolve("words.csv"), "rate,loss\n1,low\n2,high\n");
    assertRefused(
        folder.resolve("words.csv")
            + ", line 2: loss must be a number, or empty for a run that failed, but is 'low'",
        Console.run(
            "analyze",
            folder.resolve("words.csv").toString(),
            "--outcome",
            "loss",
            "--factors",
            "rate"));
    assertRefused(
        "there is no %s; name a folder that 'run' wrote, or a table of runs"
            .formatted(folder.resolve("none")),
        Console.run("analyze", folder.resolve("none").toString()));
    assertRefused(
        folder + " holds no study (no study.db); name one that 'run' wrote",
        Console.run("analyze", folder.toString()));
  }

  @Test
  void refusesTwoRunsOfOneSettingInOneRepeat() throws IOException {
    Path table = folder.resolve("twice.csv");
    Files.writeString(table, "a,split,loss\n1,x,3\n2,x,4\n1,x,5\n");
    assertRefused(
        table
            + ": lines 2 and 4 are both repeat 'x' of {a=1}; name every factor that varied, or leave --repeat out",
        Console.run(
            "analyze",
            table.toString(),
            "--outcome",
            "loss",
            "--factors",
            "a",
            "--repeat",
            "split"));
  }

  @Test
  void saysWhichRunsOfAnUnequalTableAreLeftOut() throws IOException {
    Path table = planted(3);
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    String whole = analyze(table, "--repeat", "split").text();
    lines.add("1e-2,sgd,50,s9,0.001");
    Files.write(table, lines);
    assertEquals(
        whole.replace(
            "36 runs of rate (3) x optimizer (2) x batch (2); a complete grid, 3 repeats.",
            "37 runs of rate (3) x optimizer (2) x batch (2); a complete grid, 3 repeats; 1 of 37 runs is left out of all but counts and forests: repeats that only some settings have."),
        analyze(table, "--repeat", "split").text());
    Path two = planted(2);
    lines = new ArrayList<>(Files.readAllLines(two));
    lines.removeLast();
    Files.write(two, lines);
    String lacking = analyze(two, "--repeat", "split").text();
    assertTrue(
        lacking.contains(
            "no complete grid, 2 repeats; 1 of 23 runs is left out of all but counts and forests: settings differ in their repeats, and 1 of 12 lack some of those that count."),
        lacking);
  }

  @Test
  void refusesAColumnOfRepeatsThatHardlyRecur() throws IOException {
    Path table = planted(3);
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i).replaceAll(",s[0-9],", ",run-" + i + ","));
    }
    Files.write(table, lines);
    assertRefused(
        table
            + ": column 'split' has 36 labels, each in 1 of 12 settings, so that it tells no repeats; leave --repeat out, and rows of equal settings are repeats",
        analyze(table, "--repeat", "split"));
    assertTrue(analyze(table).out().contains("a complete grid, 3 repeats."));
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i).replaceAll(",run-[0-9]+,", ",seed " + i % 13 + ","));
    }
    Files.write(table, lines);
    assertRefused(
        table
            + ": column 'split' has 13 labels, each in at most 3 of 12 settings, so that it tells no repeats; leave --repeat out, and rows of equal settings are repeats",
        analyze(table, "--repeat", "split"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "config/model_name"})
  void takesRepeatsThatRecurWithinEachModelOnly(String column) throws IOException {
    List<String> lines = new ArrayList<>(List.of(column + ",rate,seed,loss"));
    for (String model : List.of("vae", "iwae", "infovae")) {
      for (String rate : RATES) {
        for (int seed = 0; seed < 2; seed++) {
          lines.add("%s,%s,%s %d,%d".formatted(model, rate, model, seed, lines.size()));
        }
      }
    }
    Path table = Files.write(folder.resolve("models.csv"), lines);
    Console answer =
        Console.run(
            "analyze",
            table.toString(),
            "--outcome",
            "loss",
            "--factors",
            column + ",rate",
            "--repeat",
            "seed");
    assertEquals("", answer.err());
    assertTrue(
        answer.out().contains("iwae: 6 runs of rate (3); a complete grid, 2 repeats."),
        answer.out());
  }

  /// Adam learns in one reading, and is as bad as SGD in the other.
  @Test
  void aStudyOfReadingsHasATableOfWhichReadingMakesWhichClaimHold() throws IOException {
    List<Planned> plan = new ArrayList<>();
    List<FinishedTrial> trials = new ArrayList<>();
    for (String norm : List.of("batch", "none")) {
      for (String optimizer : OPTIMIZERS) {
        for (String rate : RATES) {
          for (String latent : List.of("10", "20")) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("model", "vae");
            settings.put("latent", latent);
            settings.put("learning-rate", rate);
            settings.put("optimizer", optimizer);
            settings.put("output-norm", norm);
            boolean good = optimizer.equals("adam") && norm.equals("none");
            double loss =
                (good ? 0.01 : 0.08) * (1 + 0.1 * RATES.indexOf(rate)) + 1e-5 * plan.size();
            SequencedMap<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("val_reconstruction", loss);
            metrics.put("val_mse", loss);
            String id = "id-" + plan.size();
            plan.add(new Planned(id, settings, 0));
            trials.add(FinishedTrials.learned(id, settings, 0, 20, metrics));
          }
        }
      }
    }
    StoredStudy study =
        new StoredStudy(
            "korkic2021-readings",
            3,
            "name: korkic2021-readings\n",
            List.of("output-norm"),
            plan,
            true,
            List.of());
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      study.keep(store);
      trials.forEach(store::save);
    }
    Console answer = Console.run("analyze", folder.toString(), "--all");
    assertEquals("", answer.err());
    assertTrue(answer.out().contains("Which reading makes which claim hold\n"), answer.out());
    assertTrue(
        answer.out().lines().anyMatch(line -> line.matches(" +holds by estimate +[0-9/ -]+")),
        answer.out());
    Path table = folder.resolve("multiverse.csv");
    assertTrue(
        answer
            .out()
            .endsWith("Numbers: %s, %s\n".formatted(folder.resolve("sensitivity.json"), table)),
        answer.out());
    List<String> lines = Files.readAllLines(table);
    int important =
        List.of(lines.getFirst().split(",", -1)).indexOf("korkic2021/optimizer-most-important");
    assertEquals(
        List.of("batch fails", "none holds", " 0.5"),
        lines.stream()
            .map(line -> List.of(line.split(",", -1)))
            .filter(row -> row.get(0).equals("vae") && row.get(1).equals("estimate"))
            .map(row -> row.get(3) + " " + row.get(important))
            .toList());

    String byAnalyze = Files.readString(table);
    Files.delete(table);
    assertEquals("", Console.run("report", folder.toString()).err());
    assertEquals(byAnalyze, Files.readString(table));
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("class=\"broken\">optimizer-most-important</th>"));
    assertTrue(page.contains("<td class=\"holds\">(holds)</td>"));
  }

  private static void assertRefused(String sentence, Console answer) {
    assertEquals("vaescape: " + sentence + "\n", answer.err());
    assertEquals(2, answer.code());
    assertEquals("", answer.out());
  }

  @Test
  void analyzesAStudyFromItsFolderAlone() throws IOException {
    List<Planned> plan = new ArrayList<>();
    List<FinishedTrial> trials = new ArrayList<>();
    for (int repeat = 0; repeat < 2; repeat++) {
      for (String latent : List.of("10", "20")) {
        for (String rate : RATES) {
          String id = "id-" + latent + "-" + rate + "-" + repeat;
          FinishedTrial trial =
              FinishedTrials.learned(id, repeat, 0.01 * trials.size() + Double.parseDouble(rate));
          SequencedMap<String, String> settings = new LinkedHashMap<>(trial.settings());
          settings.put("latent", latent);
          settings.put("learning-rate", rate);
          plan.add(new Planned(id, settings, repeat));
          trials.add(trial);
        }
      }
    }
    StoredStudy study =
        new StoredStudy("planted", 3, "name: planted\n", List.of(), plan, true, List.of());
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      study.keep(store);
      trials.forEach(store::save);
    }
    Console answer = Console.run("analyze", folder.toString());
    assertEquals("", answer.err());
    assertTrue(
        answer
            .out()
            .contains(
                "vae: 12 runs of latent (2) x learning-rate (3); a complete grid, 2 repeats."),
        answer.out());
    String json = Files.readString(folder.resolve("sensitivity.json"));
    assertEquals(json, Console.run("analyze", folder.toString(), "--json").out());
    JsonNode all = JsonMapper.builder().build().readTree(json);
    assertEquals("planted", all.get("study").textValue());
    for (String option : List.of("--outcome=a", "--factors=a", "--log=a", "--repeat=a")) {
      assertRefused(
          "%s is a folder, but %s is for tables: a study says itself what varied and what came out"
              .formatted(folder, option.replace("=a", "")),
          Console.run("analyze", folder.toString(), option));
    }
    assertRefused(
        folder
            + " is a folder, but --log, --higher-is-better are for tables: a study says itself what varied and what came out",
        Console.run("analyze", folder.toString(), "--higher-is-better", "--log", "latent"));
    assertRefused(
        folder + " is a folder, but --out is for tables: sensitivity.json stays in its folder",
        Console.run("analyze", folder.toString(), "--out", "elsewhere"));
  }
}
