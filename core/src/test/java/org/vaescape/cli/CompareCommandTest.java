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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;
import org.vaescape.study.TrialStore;

/// Over 400 lines because the studies that are compared are planted here, beside what has to be
/// said of them.
final class CompareCommandTest {
  private static final List<String> LATENTS = List.of("10", "50");
  private static final List<String> RATES = List.of("0.0001", "0.001", "0.01");
  private static final int REPEATS = 2;

  @TempDir private Path folder;

  /// A mean squared error without noise.
  private interface Landscape {
    double of(int latent, int rate, boolean sgd);
  }

  /// Best at the largest latent and the second rate, for either optimizer.
  private static final Landscape RATE_SECOND =
      (latent, rate, sgd) -> 0.01 * (sgd ? 2 : 1) * (1 + Math.abs(rate - 1)) * (1 - 0.05 * latent);

  /// Best at the smallest latent and the last rate.
  private static final Landscape RATE_LAST =
      (latent, rate, sgd) -> 0.01 * (sgd ? 2 : 1) * (3 - rate) * (1 + 0.05 * latent);

  /// A study of two optimizers, six settings each, two repeats.
  ///
  /// @param constant settings of all trials; `precision` is that of the trials
  /// @param seed of the noise
  private void study(
      String name,
      String yaml,
      List<String> latents,
      SequencedMap<String, String> constant,
      Landscape landscape,
      long seed) {
    SplittableRandom noise = new SplittableRandom(seed);
    List<Planned> plan = new ArrayList<>();
    List<FinishedTrial> trials = new ArrayList<>();
    for (String optimizer : List.of("adam", "sgd")) {
      for (String latent : latents) {
        for (String rate : RATES) {
          for (int repeat = 0; repeat < REPEATS; repeat++) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("model", "vae");
            settings.put("latent", latent);
            settings.put("learning-rate", rate);
            settings.put("optimizer", optimizer);
            settings.putAll(constant);
            settings.remove("precision");
            String id = name.replace("/", "-") + trials.size();
            double error =
                landscape.of(LATENTS.indexOf(latent), RATES.indexOf(rate), optimizer.equals("sgd"));
            plan.add(new Planned(id, settings, repeat));
            trials.add(
                trial(
                    id,
                    settings,
                    repeat,
                    error * Math.exp(0.002 * noise.nextGaussian()),
                    constant.getOrDefault("precision", "fp32")));
          }
        }
      }
    }
    store(name, yaml, plan, trials);
  }

  private void store(String name, String yaml, List<Planned> plan, List<FinishedTrial> trials) {
    Path own = folder.resolve(name);
    assertTrue(own.toFile().mkdirs());
    try (TrialStore store = SqliteStore.open(own.resolve("study.db"))) {
      new StoredStudy("planted", 3, yaml, List.of(), plan, true, List.of()).keep(store);
      trials.forEach(store::save);
    }
  }

  private static FinishedTrial trial(
      String id,
      SequencedMap<String, String> settings,
      int repeat,
      double error,
      String precision) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_mse", error);
    return new FinishedTrial(
        id,
        settings,
        repeat,
        Status.CONVERGED,
        "learned",
        20,
        metrics,
        List.of(),
        List.of(),
        1,
        0.05,
        "plain",
        precision,
        "c0ffee00c0ffee",
        "",
        new LinkedHashMap<>());
  }

  private static SequencedMap<String, String> constant(String... keysAndValues) {
    SequencedMap<String, String> constant = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      constant.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return constant;
  }

  private static String yaml(String matrix, String hash, String compat) {
    return """
    name: planted
    data: {matrix: /data/%s, hash: %s, select: {keep: 5000}}
    validation: {latent: sampled, compat: %s}
    """
        .formatted(matrix, hash, compat);
  }

  private void precisions() {
    String yaml = yaml("tcga.tsv.gz", "aa616b38b2f81aa8", "none");
    study("fp32", yaml, LATENTS, constant("precision", "fp32"), RATE_SECOND, 1);
    study("bf16", yaml, LATENTS, constant("precision", "bf16"), RATE_SECOND, 2);
  }

  private Console compare(String... words) {
    List<String> all = new ArrayList<>(List.of("compare"));
    for (String word : words) {
      all.add(word.startsWith("--") ? word : folder.resolve(word).toString());
    }
    return Console.run(all.toArray(String[]::new));
  }

  @Test
  void drawsBothLandscapesAndTheirDifference() throws IOException {
    precisions();
    Console answer = compare("fp32", "bf16", "--report", "drawn");
    assertEquals(0, answer.code(), answer.err());
    Path page = folder.resolve("drawn/compare.html");
    assertTrue(answer.out().endsWith("Report:  " + page + "\n"), answer.out());
    assertTrue(Files.readString(page).contains("difference, adam</text>"));
    assertTrue(Files.exists(folder.resolve("drawn/figures/compare-1-vae.svg")));
  }

  @Test
  void takesNoFiguresFromAStudy() throws IOException {
    precisions();
    Path figures = Files.createDirectories(folder.resolve("fp32/figures"));
    Files.writeString(figures.resolve("captions.txt"), "dots-vae\n");
    Path figure = Files.writeString(figures.resolve("dots-vae.svg"), "<svg/>");
    Console answer = compare("fp32", "bf16", "--report", "fp32");
    assertEquals(2, answer.code());
    assertEquals(
        "vaescape: %s holds a study, whose figures would be replaced; give --report a folder of its own\n"
            .formatted(folder.resolve("fp32")),
        answer.err());
    assertTrue(Files.exists(figure));
  }

  @Test
  void saysInWhatStudiesAgree() {
    precisions();
    Console answer = compare("fp32", "bf16");
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
    assertEquals(
        """
        fp32: 24 of 24 planned trials have ended; varied: latent (2), learning-rate (3), \
        optimizer (2); 2 repeats.
        bf16: 24 of 24 planned trials have ended; varied: latent (2), learning-rate (3), \
        optimizer (2); 2 repeats.
        Constant in each and different between them: precision fp32 in fp32 and bf16 in bf16.

        Are the same settings good? Rank correlation [95 % interval] of settings that learned in \
        both; that within optimizers decides where there are several. For comparison: \
        hyper-parameter effects on clustering agreed by 0.7 between TCGA and GTEx (Eltager et al. \
        2023).
        [supported] vae by val_mse: 0.99 [0.87, 1] over all 12 settings, 0.97 [0.28, 1] within \
        optimizers (adam 1, sgd 0.94); -0.03 with adam and sgd exchanged; same best setting \
        (latent 50, learning-rate 0.001, optimizer adam).

        Do the same hyper-parameters matter? Shares of the variation of each outcome.
        [supported] vae by val_mse: optimizer is the largest main effect in both (53 % in fp32, \
        53 % in bf16); shares of 7 effects 0.68 [-0.72, 0.99], 0.91 with weight on the largest.

        """,
        answer.out().substring(0, answer.out().indexOf("Of ")));
    assertSays(
        """
          importance (vae: val_mse): optimizer has the largest main effect on val_mse
        """,
        answer);
    assertSays(
        """
          user/closeness (vae: val_mse): 1..2 of 12 settings come within 5 % of the best, val_mse \
        0.0095..0.00951; 1 within 1 %, 2 within 10 %
        """,
        answer);
    assertSays(", 0 flip, ", answer);
    assertFalse(answer.out().contains("Flip:"));
  }

  @Test
  void saysWhatFlipsWithBothSides() {
    study("tcga", yaml("tcga.tsv.gz", "aa616b38b2", "none"), LATENTS, constant(), RATE_SECOND, 1);
    study("gtex", yaml("gtex.csv", "bb00000000", "eltager"), LATENTS, constant(), RATE_LAST, 2);
    Console answer = compare("tcga", "gtex");
    assertEquals("", answer.err());
    assertSays(
        """
        Constant in each and different between them: data tcga.tsv.gz (aa616b38) in tcga and \
        gtex.csv (bb000000) in gtex; validation.compat none in tcga and eltager in gtex.
        """,
        answer);
    assertSays(
        """
        best of tcga in gtex 2.1 times its best; best of gtex in tcga 2.1 times its best.
        """,
        answer);
    assertSays(
        """
        [contradicted] vae by val_mse: optimizer is the largest main effect in tcga (53 %), \
        learning-rate in gtex (63 %); shares of 7 effects 0.64 [-0.58, 0.98], 0.69 with weight on \
        the largest.
        """,
        answer);
    String flips = answer.out().substring(answer.out().indexOf("\nFlip:\n"));
    assertTrue(
        flips.contains(
            """
              importance (vae: val_mse): tcga (supported): optimizer has the largest main effect \
            on val_mse; gtex (supported): learning-rate has the largest main effect on val_mse
            """),
        flips);
    assertTrue(
        flips.contains(
            """
              best-setting (vae: val_mse): tcga (supported): by val_mse the best setting is latent \
            50, learning-rate 0.001, optimizer adam; gtex (supported): by val_mse the best setting \
            is latent 10, learning-rate 0.01, optimizer adam
            """),
        flips);
    String different = flips.substring(flips.indexOf("\nOpen, as studies name different settings"));
    assertTrue(different.contains("\n  first-settings (vae: val_mse): tcga (supported): "), flips);
    flips = flips.substring(0, flips.indexOf("\nOpen, "));
    for (String compatible : List.of("start (", "first-settings (", "safe-region (")) {
      assertFalse(flips.contains(compatible), flips);
    }
  }

  @Test
  void agreesInEverythingWithItself() throws IOException {
    precisions();
    Console answer = compare("fp32", "fp32");
    assertEquals("", answer.err());
    assertSays("\nfp32 (2): 24 of 24 planned trials have ended; ", answer);
    assertSays("Nothing that is constant in each of them differs between them.\n", answer);
    assertSays(
        """
        [supported] vae by val_mse: 1 [0.98, 1] over all 12 settings, 1 [0.92, 1] within \
        optimizers (adam 1, sgd 1); 0.02 with adam and sgd exchanged; same best setting (latent \
        50, learning-rate 0.001, optimizer adam).
        """,
        answer);
    JsonNode all = JsonMapper.builder().build().readTree(compare("fp32", "fp32", "--json").out());
    assertEquals("[\"fp32\",\"fp32 (2)\"]", all.get("studies").toString());
    assertTrue(all.get("claims").size() > 5, "claims: " + all.get("claims").size());
    Set<String> outcomes = new TreeSet<>();
    for (JsonNode claim : all.get("claims")) {
      outcomes.add(claim.get("outcome").textValue());
      JsonNode entries = claim.get("entries");
      assertEquals(entries.get(0).get("claim"), entries.get(1).get("claim"));
    }
    assertEquals(Set.of("holds", "measured", "open"), outcomes);
  }

  @Test
  void printsAndWritesEqualBytesForEqualStudies() throws IOException {
    precisions();
    Path file = folder.resolve("new/agreement.json");
    String json = compare("fp32", "bf16", "--json", "--out=" + file).out();
    assertEquals(json, Files.readString(file));
    assertEquals(json, compare("fp32", "bf16", "--json").out());
    assertSays("\nNumbers: " + file + "\n", compare("fp32", "bf16", "--out=" + file));
    assertEquals(json, Files.readString(file));
    JsonNode setting = JsonMapper.builder().build().readTree(json).get("settings").get(0);
    assertEquals("val_mse", setting.get("metric").textValue());
    assertEquals(12, setting.get("learned_in_both").intValue());
  }

  @Test
  void writesOverNoFileOfSomebodyElse() throws IOException {
    precisions();
    Path thesis = Files.writeString(folder.resolve("thesis.txt"), "mine");
    Console answer = compare("fp32", "bf16", "--out=" + thesis);
    assertEquals(2, answer.code());
    assertEquals(
        "vaescape: %s is no file of an earlier comparison and would be lost; give --out another one\n"
            .formatted(thesis),
        answer.err());
    assertEquals("mine", Files.readString(thesis));
  }

  @Test
  void namesPairsOfSeveralStudiesAndWhatIsNotFinished() {
    precisions();
    study("some", "name: s\n", LATENTS, constant("batch", "64"), RATE_SECOND, 3);
    store(
        "cut",
        "name: s\n",
        List.of(
            new Planned("some0", constant("model", "vae", "latent", "10"), 0),
            new Planned("none", constant("model", "vae", "latent", "10"), 1)),
        List.of(trial("some0", constant("model", "vae", "latent", "10"), 0, 0.01, "fp32")));
    Console answer = compare("fp32", "bf16", "some");
    assertEquals("", answer.err());
    assertSays("\n[supported] fp32 and bf16, vae by val_mse: ", answer);
    assertSays("\n[supported] bf16 and some, vae by val_mse: ", answer);
    assertSays(
        "Constant in each and different between them: data tcga.tsv.gz (aa616b38) in fp32, bf16 and c0ffee00 in some; precision fp32 in fp32, some and bf16 in bf16; batch none in fp32, bf16 and 64 in some.\n",
        answer);
    assertSays(
        """
        Not finished: cut. Settings and repeats that are not complete are left out, \
        and claims can flip for that alone.
        """,
        compare("fp32", "cut"));
  }

  @Test
  void tellsFoldersOfOneNameApart() {
    assertEquals(List.of("tcga", "gtex"), names("/x/tcga", "/x/gtex/"));
    assertEquals(List.of("one/q", "two/q", "one/r"), names("/x/one/q", "/x/two/q", "/x/one/r"));
    assertEquals(List.of("q", "q (2)", "q (3)"), names("/x/q", "/x/y/../q", "/x/./q"));
    assertEquals(List.of("a/q", "b/q", "a/q (2)"), names("/x/a/q", "/x/b/q", "/x/a/q"));
    assertEquals(List.of("/", "q"), names("/", "/q"));
  }

  /// Loss of a decade from the best rate, and of sgd, which each table measures with its own noise.
  private Path table(String name, boolean fast, long seed) throws IOException {
    SplittableRandom noise = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("lr,opt,accuracy"));
    for (int rate = 0; rate < 4; rate++) {
      for (String optimizer : List.of("adam", "sgd")) {
        for (int repeat = 0; repeat < 3; repeat++) {
          double loss = 0.2 * Math.abs(rate - (fast ? 3 : 0)) + (optimizer.equals("sgd") ? 0.1 : 0);
          lines.add("1e-%d,%s,%s".formatted(rate, optimizer, 1 - loss - 0.01 * noise.nextDouble()));
        }
      }
    }
    return Files.write(folder.resolve(name), lines);
  }

  @Test
  void tablesOfAnybodysRunsAreComparedAsStudiesAre() throws IOException {
    String one = table("one.csv", true, 1).toString();
    String other = table("other.csv", true, 2).toString();
    String opposite = table("opposite.csv", false, 3).toString();
    String[] columns = {"--outcome", "accuracy", "--factors", "lr,opt", "--higher-is-better"};
    Console alike = Console.run(concat(columns, "compare", one, other));
    assertEquals("", alike.err());
    assertEquals(0, alike.code());
    assertTrue(
        alike
            .out()
            .startsWith(
                """
                one.csv: a table of 24 runs; varied: lr (4), opt (2); 3 repeats.
                other.csv: a table of 24 runs; varied: lr (4), opt (2); 3 repeats.
                """),
        alike.out());
    assertTrue(alike.out().contains("[supported] all runs by accuracy: "), alike.out());
    Console unlike = Console.run(concat(columns, "compare", one, opposite));
    assertTrue(unlike.out().contains("[contradicted] all runs by accuracy: "), unlike.out());
    assertRefused(
        one
            + " is a table: name its columns by --outcome COL and --factors A,B,...; it has lr, opt, accuracy",
        Console.run("compare", one, other));
  }

  private static String[] concat(String[] last, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(last)).toArray(String[]::new);
  }

  @Test
  void optionsOfTablesAreRefusedWhereAllAreStudies() {
    precisions();
    assertRefused(
        "these are folders, but --higher-is-better is for tables: a study says itself what varied and what came out",
        Console.run(
            "compare",
            folder.resolve("fp32").toString(),
            folder.resolve("bf16").toString(),
            "--higher-is-better"));
  }

  private static List<String> names(String... folders) {
    return CompareCommand.names(Arrays.stream(folders).map(Path::of).toList());
  }

  @Test
  void refusesWhatCannotBeCompared() throws IOException {
    precisions();
    study("other", "name: o\n", List.of("7", "9"), constant(), RATE_SECOND, 3);
    Files.createDirectory(folder.resolve("empty"));
    store("unborn", "name: u\n", List.of(new Planned("a", constant("model", "vae"), 0)), List.of());
    assertRefused(
        "a comparison takes at least 2 folders or tables but got %s alone; name another one"
            .formatted(folder.resolve("fp32")),
        compare("fp32"));
    assertRefused(
        "%s holds no study (no study.db); name one that 'run' wrote"
            .formatted(folder.resolve("empty")),
        compare("fp32", "empty"));
    assertRefused(
        "there is no %s; name a folder that 'run' wrote, or a table of runs"
            .formatted(folder.resolve("none")),
        compare("none", "fp32"));
    assertRefused(
        "%s holds a study of which no trial has ended; run it first"
            .formatted(folder.resolve("unborn")),
        compare("fp32", "unborn"));
    assertRefused(
        "fp32 has no settings in common with other: no model under the same reading with equal values of what varied in both; compare studies that tried the same settings",
        compare("fp32", "other"));
  }

  private static void assertRefused(String sentence, Console answer) {
    assertEquals(new Console(2, "", "vaescape: " + sentence + "\n"), answer);
  }

  private static void assertSays(String sentence, Console answer) {
    assertTrue(answer.out().contains(sentence), answer.out());
  }
}
